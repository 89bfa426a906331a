import type { Feel } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { expectSymbol, isSymbol, newName, node, peek, takeSymbol, unexpected } from './cursor.ts'
import { FeelError } from './errors.ts'
import { FUNCTIONS } from './functions/index.ts'
import type { FunctionSpec, Signature } from './functions/spec.ts'
import type { Token } from './lexer.ts'
import { expression } from './parser.ts'
import { compilePattern } from './regex.ts'

const LONGEST_FUNCTION_NAME = 4

/** Built-in names contain blanks (`date and time`), so the longest run of words before a bracket wins. */
export function functionAhead(c: Cursor): { name: string; words: number; spec: FunctionSpec } | null {
  for (let words = LONGEST_FUNCTION_NAME; words >= 1; words -= 1) {
    const run = c.tokens.slice(c.next, c.next + words)
    if (run.length < words || run.some((t) => t.kind !== 'name') || c.tokens[c.next + words]?.text !== '(') continue
    const name = run.map((t) => t.text).join(' ')
    const spec = FUNCTIONS.get(name)
    if (spec) return { name, words, spec }
  }
  return null
}

interface Arguments {
  args: Feel[]
  /** null: by position */
  names: string[] | null
}

export function readCall(c: Cursor, name: string, spec: FunctionSpec, at: number): Feel {
  const given = readArguments(c)
  const args = given.names ? inPlace(given.args, given.names, spec.signatures) : fits(given.args.length, spec.signatures) ? given.args : null
  if (!args) {
    const what = given.names ? '参数名不对' : '参数个数不对'
    throw new FeelError('FEEL_SYNTAX', `函数“${name}”的${what}，写法是 ${spec.signatures.map((s) => `${name}(${s.text})`).join(' 或 ')}`, at)
  }
  checkPattern(name, args, at)
  return node(c, { t: 'call', name, args })
}

/** Functions with a pattern as their second argument, and where their flags would be. */
const FLAGS_AT: Partial<Record<string, number>> = { matches: 2, replace: 3, split: 2, extract: 2 }

function literalText(x: Feel | undefined): string | undefined {
  return x?.t === 'literal' && typeof x.value === 'string' ? x.value : undefined
}

/** A pattern that is written out is judged now, with its place, instead of giving null for ever after. */
function checkPattern(name: string, args: Feel[], at: number): void {
  const flagsAt = FLAGS_AT[name]
  const [pattern, flags] = flagsAt === undefined ? [] : [literalText(args[1]), args[flagsAt] ? literalText(args[flagsAt]) : '']
  if (pattern === undefined || flags === undefined) return
  const compiled = compilePattern(pattern, flags)
  if (typeof compiled === 'string') throw new FeelError('FEEL_SYNTAX', `函数“${name}”的模式有误：${compiled}`, at)
}

export function readInvocation(c: Cursor, fn: Feel): Feel {
  return node(c, { t: 'invoke', fn, ...readArguments(c) })
}

function readArguments(c: Cursor): Arguments {
  expectSymbol(c, '(')
  const args: Feel[] = []
  const names: string[] = []
  if (!isSymbol(c, ')')) {
    const named = namedAhead(c)
    do {
      if (named) {
        const at = peek(c)
        const name = newName(c, (token) => token.text === ':', '参数名')
        if (names.includes(name)) throw unexpected(at, '参数名重复')
        names.push(name)
        expectSymbol(c, ':')
      }
      args.push(expression(c))
    } while (takeSymbol(c, ','))
  }
  expectSymbol(c, ')')
  return { args, names: names.length ? names : null }
}

/** `f(start position: 1)`: words, then a colon. Nothing else in an argument begins like that. */
function namedAhead(c: Cursor): boolean {
  let at = c.next
  const word = (token: Token | undefined) => token?.kind === 'name' || token?.kind === 'quoted' || token?.kind === 'number'
  if (!word(c.tokens[at]) || c.tokens[at]?.kind === 'number') return false
  while (word(c.tokens[at])) at += 1
  return c.tokens[at]?.text === ':'
}

function fits(count: number, signatures: readonly Signature[]): boolean {
  return signatures.some((s) => count >= s.min && count <= s.max)
}

/** Puts named arguments into their places; null where no signature has these names. Left out in between: null. */
function inPlace(args: Feel[], names: string[], signatures: readonly Signature[]): Feel[] | null {
  const signature = signatures.find((s) => names.every((name) => s.names.includes(name)) && s.names.slice(0, s.min).every((name) => names.includes(name)))
  if (!signature) return null
  const last = Math.max(...names.map((name) => signature.names.indexOf(name)))
  return signature.names.slice(0, last + 1).map((name) => {
    const given = names.indexOf(name)
    return given < 0 ? { t: 'literal', value: null } : args[given]!
  })
}
