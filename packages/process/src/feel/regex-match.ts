import { FEEL_LIMITS } from './errors.ts'
import { compilePattern } from './regex.ts'
import type { CompiledPattern } from './regex.ts'
import { boundedText, spend } from './values.ts'
import type { Env } from './values.ts'

const MEMORY = 100
const compiled = new Map<string, CompiledPattern | null>()

/** A pattern compiled once and remembered, since compiling costs many steps; null for what is no pattern. */
export function patternOf(pattern: unknown, flags: unknown, env: Env): CompiledPattern | null {
  const signs = flags ?? ''
  if (typeof pattern !== 'string' || typeof signs !== 'string') return null
  const key = `${signs}/${pattern}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  spend(env, 20 + 4 * Math.min(pattern.length, FEEL_LIMITS.pattern))
  const made = compilePattern(pattern, signs)
  const result = typeof made === 'string' ? null : made
  if (pattern.length > FEEL_LIMITS.pattern) return result
  if (compiled.size >= MEMORY) compiled.clear()
  compiled.set(key, result)
  return result
}

/** Where the groups of a way through the pattern begin and end, in UTF-16 units; -1 for a group that took no part. */
type Places = Int32Array

interface Thread {
  at: number
  places: Places
}

interface Run {
  pattern: CompiledPattern
  text: string
  env: Env
  /** the position at which an instruction was last entered: each only once, so the work is bounded */
  seen: Int32Array
  work: number
}

/** One step of the budget pays for this many instructions. */
const WORK_PER_STEP = 64

function newRun(pattern: CompiledPattern, text: string, env: Env): Run {
  return { pattern, text, env, seen: new Int32Array(pattern.program.length).fill(-1), work: 0 }
}

function work(run: Run): void {
  run.work += 1
  if (run.work < WORK_PER_STEP) return
  run.work = 0
  spend(run.env, 1)
}

/** Follows the instructions that read nothing; threads earlier in the list are preferred. */
function enter(run: Run, list: Thread[], at: number, position: number, places: Places): void {
  work(run)
  if (run.seen[at] === position) return
  run.seen[at] = position
  const instruction = run.pattern.program[at]!
  switch (instruction.op) {
    case 'jump': return enter(run, list, instruction.to, position, places)
    case 'split':
      enter(run, list, instruction.first, position, places)
      return enter(run, list, instruction.second, position, places)
    case 'save': {
      const copy = places.slice()
      copy[instruction.slot] = position
      return enter(run, list, at + 1, position, copy)
    }
    case 'begin': {
      const here = position === 0 || (run.pattern.multiline && run.text[position - 1] === '\n')
      if (here) enter(run, list, at + 1, position, places)
      return
    }
    case 'end': {
      const here = position === run.text.length || (run.pattern.multiline && run.text[position] === '\n')
      if (here) enter(run, list, at + 1, position, places)
      return
    }
    case 'set':
    case 'match':
      list.push({ at, places })
  }
}

/** The first, leftmost way through the pattern from `start` on. `quick`: any will do, only whether there is one is asked. */
function search(run: Run, start: number, quick: boolean): Places | null {
  const { program, slots } = run.pattern
  const nothing = new Int32Array(slots).fill(-1)
  let threads: Thread[] = []
  let found: Places | null = null
  run.seen.fill(-1)
  let position = start
  for (;;) {
    if (!found) enter(run, threads, 0, position, nothing)
    if (!threads.length && (found || position >= run.text.length)) return found
    const point = run.text.codePointAt(position)
    const next = position + (point !== undefined && point > 0xffff ? 2 : 1)
    const following: Thread[] = []
    for (const thread of threads) {
      const instruction = program[thread.at]!
      if (instruction.op === 'match') {
        found = thread.places
        break // later threads are less preferred
      }
      work(run)
      if (instruction.op !== 'set' || point === undefined) continue
      if (point < 128 ? instruction.ascii[point] === 1 : instruction.test(point)) enter(run, following, thread.at + 1, next, thread.places)
    }
    if ((found && quick) || point === undefined) return found
    threads = following
    position = next
  }
}

export function findFirst(pattern: CompiledPattern, text: string, env: Env): boolean {
  return search(newRun(pattern, text, env), 0, true) !== null
}

/** All places that do not overlap; null for a pattern that fits the empty text (it would be everywhere). */
export function findAll(pattern: CompiledPattern, text: string, env: Env): Places[] | null {
  if (findEmpty(pattern, env)) return null
  const run = newRun(pattern, text, env)
  const all: Places[] = []
  for (let from = 0; from < text.length;) {
    const places = search(run, from, false)
    if (!places) break
    spend(env, 1)
    all.push(places)
    from = Math.max(places[1]!, from + 1)
  }
  return all
}

function findEmpty(pattern: CompiledPattern, env: Env): boolean {
  return search(newRun(pattern, '', env), 0, true) !== null
}

/** In the replacement `$1` … `$9` are groups, `$0` the whole, `\$` and `\\` the signs themselves; null for other uses. */
export function replaceAll(pattern: CompiledPattern, text: string, replacement: string, env: Env): string | null {
  const pieces = piecesOf(replacement, pattern.slots / 2)
  const hits = pieces && findAll(pattern, text, env)
  if (!pieces || !hits) return null
  let result = ''
  let from = 0
  for (const places of hits) {
    result += text.slice(from, places[0])
    for (const piece of pieces) {
      if (typeof piece === 'string') result += piece
      else if (places[2 * piece]! >= 0) result += text.slice(places[2 * piece], places[2 * piece + 1])
    }
    boundedText(result)
    spend(env, pieces.length)
    from = places[1]!
  }
  return boundedText(result + text.slice(from))
}

function piecesOf(replacement: string, groups: number): (string | number)[] | null {
  const pieces: (string | number)[] = []
  for (let at = 0; at < replacement.length; at += 1) {
    const character = replacement[at]!
    const next = replacement[at + 1] ?? ''
    if (character !== '\\' && character !== '$') {
      const last = pieces.at(-1)
      if (typeof last === 'string') pieces[pieces.length - 1] = last + character
      else pieces.push(character)
      continue
    }
    if (character === '\\' ? !'\\$'.includes(next) || !next : !/^[0-9]$/.test(next)) return null
    if (character === '\\') pieces.push(next)
    else if (Number(next) < groups) pieces.push(Number(next))
    at += 1
  }
  return pieces
}
