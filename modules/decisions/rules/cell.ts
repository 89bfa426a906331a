import type { ValueType } from '@quancheng/process'

/** The forms of a condition that people choose instead of writing; everything else is `text`. Values are FEEL literals. */
export type Test =
  | { kind: 'any' }
  | { kind: 'values'; values: string[]; not: boolean }
  | { kind: 'compare'; op: '<' | '<=' | '>' | '>='; value: string }
  | { kind: 'between'; low: string; high: string; lowOpen: boolean; highOpen: boolean }
  | { kind: 'text' }

const LITERAL = String.raw`"(?:[^"\\]|\\.)*"|@"[^"]*"|(?:date|time|duration|date and time)\("[^"]*"\)|-?\d+(?:\.\d+)?|true|false|null`
const LIST = new RegExp(String.raw`^(?:${LITERAL})(?:\s*,\s*(?:${LITERAL}))*$`)
const EACH = new RegExp(LITERAL, 'g')
const COMPARE = new RegExp(String.raw`^(<=|>=|<|>)\s*(${LITERAL})$`)
const RANGE = new RegExp(String.raw`^([[(\]])\s*(${LITERAL})\s*\.\.\s*(${LITERAL})\s*([\])[])$`)
const NOT = /^not\s*\(([\s\S]*)\)$/

const listOf = (text: string): string[] | null => (LIST.test(text) ? text.match(EACH) : null)

/** Which of the usual forms a condition has. */
export function readTest(given: string): Test {
  const text = given.trim()
  if (text === '' || text === '-') return { kind: 'any' }
  const values = listOf(text)
  if (values) return { kind: 'values', values, not: false }
  const compare = COMPARE.exec(text)
  if (compare) return { kind: 'compare', op: compare[1] as '<', value: compare[2]! }
  const range = RANGE.exec(text)
  if (range) return { kind: 'between', low: range[2]!, high: range[3]!, lowOpen: range[1] !== '[', highOpen: range[4] !== ']' }
  const inside = NOT.exec(text)
  const without = inside ? listOf(inside[1]!.trim()) : null
  return without ? { kind: 'values', values: without, not: true } : { kind: 'text' }
}

/** The condition as FEEL; null for `text`, which only its author can write. */
export function writeTest(test: Test): string | null {
  switch (test.kind) {
    case 'any': return '-'
    case 'values': return test.values.length === 0 ? '-' : test.not ? `not(${test.values.join(', ')})` : test.values.join(', ')
    case 'compare': return `${test.op} ${test.value}`
    case 'between': return `${test.lowOpen ? '(' : '['}${test.low}..${test.high}${test.highOpen ? ')' : ']'}`
    case 'text': return null
  }
}

/** A text or a date as a FEEL literal, a number as it is. */
export function literalOf(value: string, type: ValueType): string {
  const plain = value.trim()
  switch (type) {
    case 'string': return quoted(value)
    case 'date': case 'time': case 'dateTime': case 'dayTimeDuration': case 'yearMonthDuration': return `@"${plain}"`
    case 'boolean': return plain === '是' ? 'true' : plain === '否' ? 'false' : plain
    default: return plain
  }
}

export const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

/** A literal as people read it: without quotes, yes and no in words. */
export function bare(literal: string): string {
  const text = literal.trim()
  if (text === 'true') return '是'
  if (text === 'false') return '否'
  if (text === 'null') return '空'
  const dated = /^(?:@|(?:date|time|duration|date and time)\()"([^"]*)"\)?$/.exec(text)
  if (dated) return dated[1]!
  if (!/^"(?:[^"\\]|\\.)*"$/.test(text)) return text
  return text.slice(1, -1).replace(/\\(n|t|r|"|\\)/g, (_, sign: string) => ({ n: '\n', t: '\t', r: '\r' })[sign] ?? sign)
}

/** At commas outside of quotes and brackets; null when the quotes or brackets do not match. */
export function splitValues(text: string): string[] | null {
  const parts: string[] = []
  let depth = 0, from = 0, quote = false
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]!
    if (quote) { if (sign === '\\') i += 1; else if (sign === '"') quote = false; continue }
    if (sign === '"') quote = true
    else if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
    else if (sign === ',' && depth === 0) { parts.push(text.slice(from, i).trim()); from = i + 1 }
  }
  return quote || depth !== 0 ? null : [...parts, text.slice(from).trim()].filter(part => part !== '')
}

/** A condition in words: `>= 10000` → ≥ 10000. What has no usual form stays as it is. */
export function testWords(text: string): string {
  const test = readTest(text)
  switch (test.kind) {
    case 'any': return '任意'
    case 'values': return test.not ? `除 ${test.values.map(bare).join('、')} 外` : test.values.map(bare).join('、')
    case 'compare': return `${{ '<': '<', '<=': '≤', '>': '>', '>=': '≥' }[test.op]} ${bare(test.value)}`
    case 'between': return `${bare(test.low)}${test.lowOpen ? '（不含）' : ''} ~ ${bare(test.high)}${test.highOpen ? '（不含）' : ''}`
    case 'text': {
      const parts = splitValues(text) ?? []
      return parts.length > 1 && parts.every(part => readTest(part).kind !== 'text') ? parts.map(testWords).join('、') : text.trim()
    }
  }
}

/** A result in words. */
export function outputWords(text: string): string {
  const plain = text.trim()
  return plain === '' || plain === '-' ? '空' : listOf(plain)?.length === 1 ? bare(plain) : plain
}
