import type { Feel } from './ast.ts'
import { FEEL_LIMITS, FeelError } from './errors.ts'
import { tokenize } from './lexer.ts'
import type { Token } from './lexer.ts'

/** A name of several tokens (`monthly salary`, `Pre-Check`): what it looks like in tokens, and how it is called. */
interface LongName {
  words: string[]
  name: string
}

/** The parser's place in the text. */
export interface Cursor {
  text: string
  tokens: Token[]
  next: number
  nodes: number
  depth: number
  /** while the upper end of a range is read, `[` closes it (`[1..5[`) instead of opening a filter */
  rangeEnd: boolean
  /** given by the caller, and introduced in the text so far */
  known: KnownNames
  own: KnownNames
}

/** Names that the parser must know; made once and shared by all texts of a model. */
export interface KnownNames {
  /** names of several tokens, by their first token, the longest first */
  long: Map<string, LongName[]>
  /** names that may be invoked like `f(1)` */
  callable: Set<string>
}

export function knownNames(names: Iterable<string>): KnownNames {
  const known: KnownNames = { long: new Map(), callable: new Set(names) }
  for (const name of [...PARTS, ...known.callable]) addLongName(known, name)
  return known
}

/** Parts of values that have a blank in their names. */
const PARTS = ['time offset', 'start included', 'end included']
const NO_NAMES = knownNames([])

export function openCursor(text: string, known: KnownNames = NO_NAMES): Cursor {
  return { text, tokens: tokenize(text), next: 0, nodes: 0, depth: 0, rangeEnd: false, known, own: { long: new Map(), callable: new Set() } }
}

/** Makes `name` known to the rest of the text. */
export function introduce(c: Cursor, name: string): void {
  c.own.callable.add(name)
  addLongName(c.own, name)
}

export function isCallable(c: Cursor, name: string): boolean {
  return c.known.callable.has(name) || c.own.callable.has(name)
}

function addLongName({ long }: KnownNames, name: string): void {
  if (/^[\p{L}_$?][\p{L}\p{N}\p{M}_$]*$/u.test(name)) return
  const words = wordsOf(name)
  if (!words || words.length < 2) return
  const others = long.get(words[0]!) ?? []
  if (others.some((other) => other.name === name)) return
  long.set(words[0]!, [...others, { words, name }].toSorted((a, b) => b.words.length - a.words.length))
}

/** null for a name that no text can spell without backticks. */
function wordsOf(name: string): string[] | null {
  try {
    return tokenize(name).slice(0, -1).map((token) => token.text)
  } catch {
    return null
  }
}

/** The known name of several tokens that stands here, if any; the longest wins, as the standard demands. */
export function longNameAhead(c: Cursor): { name: string; words: number } | null {
  const first = peek(c).text
  const [given, own] = [c.known.long.get(first), c.own.long.get(first)]
  if (!given && !own) return null
  const here = ({ words }: LongName) => words.every((word, i) => c.tokens[c.next + i]?.text === word)
  const found = [given?.find(here), own?.find(here)].filter((name) => name !== undefined).toSorted((a, b) => b.words.length - a.words.length)[0]
  return found ? { name: found.name, words: found.words.length } : null
}

const NAME_SYMBOLS = new Set(['+', '-', '*', '/', '.'])

/** The name up to `end`, where one is introduced (a key, a loop variable, a parameter): words and signs, blanks as one. */
export function newName(c: Cursor, end: (token: Token) => boolean, what: string): string {
  const first = peek(c)
  if (first.kind === 'quoted' || first.kind === 'string') {
    c.next += 1
    return String(first.value)
  }
  if (first.kind !== 'name' || end(first)) throw unexpected(first, `这里应为${what}`)
  let last = first
  c.next += 1
  while (!end(peek(c))) {
    const token = peek(c)
    const fits = token.kind === 'name' || token.kind === 'number' || (token.kind === 'symbol' && NAME_SYMBOLS.has(token.text))
    if (!fits) break
    last = token
    c.next += 1
  }
  return c.text.slice(first.at, last.end).replace(/\s+/g, ' ')
}

// --- tokens -------------------------------------------------------------------------------------------------------

export function peek(c: Cursor): Token {
  return c.tokens[c.next] ?? c.tokens[c.tokens.length - 1]!
}

export function isSymbol(c: Cursor, text: string): boolean {
  const token = peek(c)
  return token.kind === 'symbol' && token.text === text
}

export function isName(c: Cursor, text: string): boolean {
  const token = peek(c)
  return token.kind === 'name' && token.text === text
}

export function takeSymbol(c: Cursor, text: string): boolean {
  if (!isSymbol(c, text)) return false
  c.next += 1
  return true
}

export function takeName(c: Cursor, text: string): boolean {
  if (!isName(c, text)) return false
  c.next += 1
  return true
}

export function expectSymbol(c: Cursor, text: string): void {
  if (!takeSymbol(c, text)) throw unexpected(peek(c), `这里应为“${text}”`)
}

export function expectName(c: Cursor, text: string): void {
  if (!takeName(c, text)) throw unexpected(peek(c), `这里应为“${text}”`)
}

export function expectEnd(c: Cursor): void {
  if (peek(c).kind !== 'end') throw unexpected(peek(c), '表达式在此之前已经完整')
}

export function unexpected(token: Token, why: string): FeelError {
  const found = token.kind === 'end' ? '表达式提前结束' : `遇到“${token.text}”`
  return new FeelError('FEEL_SYNTAX', `${why}，${found}`, token.at)
}

export function node(c: Cursor, tree: Feel): Feel {
  c.nodes += 1
  if (c.nodes > FEEL_LIMITS.nodes) throw new FeelError('FEEL_TOO_COMPLEX', '表达式过于复杂', peek(c).at)
  return tree
}

export function nested<T>(c: Cursor, read: () => T): T {
  c.depth += 1
  if (c.depth > FEEL_LIMITS.depth) throw new FeelError('FEEL_TOO_COMPLEX', '表达式嵌套过深', peek(c).at)
  const result = read()
  c.depth -= 1
  return result
}
