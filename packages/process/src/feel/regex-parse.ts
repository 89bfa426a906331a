/** Patterns of `matches`, `replace`, `split` (XPath's, without backreferences and look-around) as a tree. */

export type Pattern =
  /** `ascii`: the answers for the first 128 characters, once they were asked for */
  | { t: 'set'; test: (point: number) => boolean; ascii?: Uint8Array }
  | { t: 'sequence'; parts: Pattern[] }
  | { t: 'choice'; ways: Pattern[] }
  | { t: 'repeat'; x: Pattern; min: number; max: number; lazy: boolean }
  | { t: 'group'; x: Pattern; index: number }
  | { t: 'begin' | 'end' }

export interface Flags {
  ignoreCase: boolean
  multiline: boolean
  dotAll: boolean
  spaced: boolean
}

/** Thrown inside this file and caught by `compilePattern`; the message is for people. */
export class PatternError extends Error {}

interface Reader {
  points: number[]
  at: number
  depth: number
  groups: number
  flags: Flags
}

type Test = (point: number) => boolean

const BACKSLASH = 92
const CATEGORIES = new Set(['L', 'Lu', 'Ll', 'Lo', 'M', 'N', 'Nd', 'P', 'S', 'Z', 'C'])
// One character at a time and no repetition, so these cannot run away.
const DIGIT = /^\p{Nd}$/u
const WORD = /^[\p{L}\p{M}\p{N}\p{S}_]$/u
const BLANK = /^\s$/u

export function parsePattern(text: string, flags: Flags): { pattern: Pattern; groups: number } {
  const reader: Reader = { points: Array.from(text, (ch) => ch.codePointAt(0)!), at: 0, depth: 0, groups: 0, flags }
  const pattern = choice(reader)
  if (reader.at < reader.points.length) throw new PatternError('多了一个“)”')
  return { pattern, groups: reader.groups }
}

export function literalPattern(text: string, flags: Flags): Pattern {
  return { t: 'sequence', parts: Array.from(text, (ch) => ({ t: 'set', test: one(ch.codePointAt(0)!, flags) })) }
}

function peek(r: Reader): string {
  while (r.flags.spaced && r.at < r.points.length && /^\s$/u.test(String.fromCodePoint(r.points[r.at]!))) r.at += 1
  return r.at < r.points.length ? String.fromCodePoint(r.points[r.at]!) : ''
}

function take(r: Reader, text: string): boolean {
  if (peek(r) !== text) return false
  r.at += 1
  return true
}

function choice(r: Reader): Pattern {
  r.depth += 1
  if (r.depth > 50) throw new PatternError('括号嵌套过深')
  const ways = [sequence(r)]
  while (take(r, '|')) ways.push(sequence(r))
  r.depth -= 1
  return ways.length === 1 ? ways[0]! : { t: 'choice', ways }
}

function sequence(r: Reader): Pattern {
  const parts: Pattern[] = []
  for (let next = peek(r); next !== '' && next !== '|' && next !== ')'; next = peek(r)) parts.push(quantified(r))
  return { t: 'sequence', parts }
}

function quantified(r: Reader): Pattern {
  const x = atom(r)
  const bounds = quantifier(r)
  if (!bounds) return x
  if (x.t === 'begin' || x.t === 'end') throw new PatternError('“^”“$”之后不能写次数')
  const lazy = take(r, '?')
  if (quantifier(r)) throw new PatternError('次数写了两遍')
  return { t: 'repeat', x, ...bounds, lazy }
}

function quantifier(r: Reader): { min: number; max: number } | null {
  if (take(r, '*')) return { min: 0, max: Infinity }
  if (take(r, '+')) return { min: 1, max: Infinity }
  if (take(r, '?')) return { min: 0, max: 1 }
  if (!take(r, '{')) return null
  const min = count(r)
  const max = take(r, ',') ? (peek(r) === '}' ? Infinity : count(r)) : min
  if (!take(r, '}') || max < min) throw new PatternError('“{}”里的次数不对')
  return { min, max }
}

function count(r: Reader): number {
  let digits = ''
  while (/^[0-9]$/.test(peek(r)) && digits.length < 4) {
    digits += peek(r)
    r.at += 1
  }
  if (!digits) throw new PatternError('“{}”里应为数字')
  return Number(digits)
}

function atom(r: Reader): Pattern {
  const next = peek(r)
  r.at += 1
  switch (next) {
    case '^': return { t: 'begin' }
    case '$': return { t: 'end' }
    case '.': return { t: 'set', test: r.flags.dotAll ? () => true : (point) => point !== 10 && point !== 13 }
    case '(': return group(r)
    case '[': return { t: 'set', test: bracket(r) }
    case '\\': return { t: 'set', test: escape(r) }
    case '*':
    case '+':
    case '?':
    case '{': throw new PatternError(`“${next}”前面没有可重复的内容`)
    case ']':
    case '}': throw new PatternError(`“${next}”应写成“\\${next}”`)
    default: return { t: 'set', test: one(next.codePointAt(0)!, r.flags) }
  }
}

function group(r: Reader): Pattern {
  if (take(r, '?')) {
    if (!take(r, ':')) throw new PatternError('只支持“(?:…)”，不支持前后查找与命名分组')
    const inner = choice(r)
    if (!take(r, ')')) throw new PatternError('缺少“)”')
    return inner
  }
  r.groups += 1
  const index = r.groups
  const x = choice(r)
  if (!take(r, ')')) throw new PatternError('缺少“)”')
  return { t: 'group', x, index }
}

function one(point: number, flags: Flags): Test {
  if (!flags.ignoreCase) return (other) => other === point
  const cases = casesOf(point)
  return (other) => cases.includes(other)
}

function casesOf(point: number): number[] {
  const text = String.fromCodePoint(point)
  return [text, text.toLowerCase(), text.toUpperCase()].filter((s) => [...s].length === 1).map((s) => s.codePointAt(0)!)
}

function byCharacter(expression: RegExp, wanted: boolean): Test {
  return (point) => expression.test(String.fromCodePoint(point)) === wanted
}

/** After a backslash. */
function escape(r: Reader): Test {
  const point = r.points[r.at]
  if (point === undefined) throw new PatternError('“\\”之后没有内容')
  const next = String.fromCodePoint(point)
  r.at += 1
  switch (next) {
    case 'd': return byCharacter(DIGIT, true)
    case 'D': return byCharacter(DIGIT, false)
    case 'w': return byCharacter(WORD, true)
    case 'W': return byCharacter(WORD, false)
    case 's': return byCharacter(BLANK, true)
    case 'S': return byCharacter(BLANK, false)
    case 'p': return category(r, true)
    case 'P': return category(r, false)
  }
  return one(escapedPoint(next), r.flags)
}

function escapedPoint(next: string): number {
  if (next === 'n') return 10
  if (next === 'r') return 13
  if (next === 't') return 9
  if (/^[0-9]$/.test(next)) throw new PatternError('不支持反向引用（\\1 之类）')
  if (/^[A-Za-z]$/.test(next)) throw new PatternError(`不支持“\\${next}”`)
  return next.codePointAt(0)!
}

function category(r: Reader, wanted: boolean): Test {
  const rest = String.fromCodePoint(...r.points.slice(r.at, r.at + 30))
  const name = /^\{([A-Za-z]+)\}/.exec(rest)?.[1]
  if (!name || !(CATEGORIES.has(name) || name === 'IsCJKUnifiedIdeographs' || name === 'Han')) throw new PatternError('“\\p{…}”只支持 L、Lu、Ll、Lo、M、N、Nd、P、S、Z、C、Han')
  r.at += name.length + 2
  const property = CATEGORIES.has(name) ? name : 'Script=Han'
  return byCharacter(new RegExp(`^\\p{${property}}$`, 'u'), wanted)
}

/** `[a-z0-9_]`, `[^…]`; ranges by code point. */
function bracket(r: Reader): Test {
  const negated = r.points[r.at] === 94
  if (negated) r.at += 1
  const tests: Test[] = []
  for (;;) {
    const point = r.points[r.at]
    if (point === undefined) throw new PatternError('缺少“]”')
    r.at += 1
    if (point === 93 && tests.length) break
    if (point === 93 || point === 91) throw new PatternError('“[]”里的方括号应写成“\\[”“\\]”')
    tests.push(member(r, point))
  }
  const any: Test = (point) => tests.some((test) => test(point))
  const folded: Test = r.flags.ignoreCase ? (point) => casesOf(point).some(any) : any
  return negated ? (point) => !folded(point) : folded
}

function member(r: Reader, point: number): Test {
  const classAhead = point === BACKSLASH && 'dDwWsSpP'.includes(String.fromCodePoint(r.points[r.at] ?? 32))
  if (classAhead) return escape(r)
  const low = point === BACKSLASH ? escapedMember(r) : point
  if (r.points[r.at] !== 45 || r.points[r.at + 1] === 93 || r.points[r.at + 1] === undefined) return (other) => other === low
  r.at += 1
  const next = r.points[r.at]!
  r.at += 1
  const high = next === BACKSLASH ? escapedMember(r) : next
  if (high < low) throw new PatternError('“[]”里的范围前大后小')
  return (other) => other >= low && other <= high
}

function escapedMember(r: Reader): number {
  const point = r.points[r.at]
  if (point === undefined) throw new PatternError('“\\”之后没有内容')
  r.at += 1
  return escapedPoint(String.fromCodePoint(point))
}
