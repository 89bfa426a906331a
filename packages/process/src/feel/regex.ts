import { FEEL_LIMITS } from './errors.ts'
import { PatternError, literalPattern, parsePattern } from './regex-parse.ts'
import type { Flags, Pattern } from './regex-parse.ts'

/**
 * A pattern as a little program, run by `regex-match.ts` on all its ways at once (Thompson 1968, with the places of groups
 * after Pike): the time grows with text × program and never explodes, whatever the pattern.
 */
export type Instruction =
  | { op: 'set'; ascii: Uint8Array; test: (point: number) => boolean }
  | { op: 'split'; first: number; second: number }
  | { op: 'jump'; to: number }
  | { op: 'save'; slot: number }
  | { op: 'begin' | 'end' | 'match' }

type Split = Extract<Instruction, { op: 'split' }>

export interface CompiledPattern {
  program: Instruction[]
  /** two for each group, and two for the whole */
  slots: number
  multiline: boolean
}

/** The compiled pattern, or a Chinese sentence about what is wrong with it. `flags`: any of s, m, i, x, q. */
export function compilePattern(text: string, flags: string): CompiledPattern | string {
  if (!/^[smixq]*$/.test(flags)) return '标志只能是 s、m、i、x、q'
  if (text.length > FEEL_LIMITS.pattern) return `模式超过 ${FEEL_LIMITS.pattern} 个字符`
  const has: Flags = { ignoreCase: flags.includes('i'), multiline: flags.includes('m'), dotAll: flags.includes('s'), spaced: flags.includes('x') }
  try {
    const { pattern, groups } = flags.includes('q') ? { pattern: literalPattern(text, has), groups: 0 } : parsePattern(text, has)
    const program: Instruction[] = []
    emit(program, { t: 'group', x: pattern, index: 0 })
    add(program, { op: 'match' })
    return { program, slots: 2 * (groups + 1), multiline: has.multiline }
  } catch (error) {
    if (error instanceof PatternError) return error.message
    throw error
  }
}

function add(program: Instruction[], instruction: Instruction): number {
  if (program.length >= FEEL_LIMITS.pattern) throw new PatternError('模式过于复杂')
  return program.push(instruction) - 1
}

function emit(program: Instruction[], x: Pattern): void {
  switch (x.t) {
    case 'set': {
      // the same set stands in the program many times when it is repeated
      x.ascii ??= Uint8Array.from({ length: 128 }, (_, point) => Number(x.test(point)))
      add(program, { op: 'set', ascii: x.ascii, test: x.test })
      return
    }
    case 'begin':
    case 'end':
      add(program, { op: x.t })
      return
    case 'sequence':
      for (const part of x.parts) emit(program, part)
      return
    case 'group':
      add(program, { op: 'save', slot: 2 * x.index })
      emit(program, x.x)
      add(program, { op: 'save', slot: 2 * x.index + 1 })
      return
    case 'choice': return emitChoice(program, x.ways)
    case 'repeat': {
      for (let i = 0; i < x.min; i += 1) {
        const before = program.length
        emit(program, x.x)
        if (program.length === before) break // nothing, however often
      }
      if (x.max === Infinity) return emitLoop(program, x.x, x.lazy)
      const exits: Split[] = []
      for (let i = x.min; i < x.max; i += 1) {
        exits.push(fork(program))
        emit(program, x.x)
      }
      for (const split of exits) close(split, program.length, x.lazy)
    }
  }
}

/** A split whose first way is the next instruction. */
function fork(program: Instruction[]): Split {
  const split = { op: 'split' as const, first: program.length + 1, second: -1 }
  add(program, split)
  return split
}

/** Sets the way out; a lazy repetition tries it first. */
function close(split: Split, exit: number, lazy: boolean): void {
  split.second = exit
  if (lazy) [split.first, split.second] = [split.second, split.first]
}

function emitLoop(program: Instruction[], x: Pattern, lazy: boolean): void {
  const split = fork(program)
  const start = program.length - 1
  emit(program, x)
  add(program, { op: 'jump', to: start })
  close(split, program.length, lazy)
}

function emitChoice(program: Instruction[], ways: Pattern[]): void {
  const jumps: Extract<Instruction, { op: 'jump' }>[] = []
  for (const [i, way] of ways.entries()) {
    const last = i === ways.length - 1
    const split = last ? null : fork(program)
    emit(program, way)
    if (last) break
    const jump = { op: 'jump' as const, to: -1 }
    add(program, jump)
    jumps.push(jump)
    split!.second = program.length
  }
  for (const jump of jumps) jump.to = program.length
}
