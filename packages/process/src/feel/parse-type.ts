import type { FeelType } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { expectSymbol, nested, newName, peek, takeName, takeSymbol, unexpected } from './cursor.ts'

/** Longest first: `date and time` before `date`. */
const NAMES: [string, Exclude<FeelType['k'], 'list' | 'range' | 'context'>][] = [
  ['years and months duration', 'years and months duration'], ['days and time duration', 'days and time duration'], ['date and time', 'date and time'],
  ['Any', 'Any'], ['Null', 'Null'], ['number', 'number'], ['string', 'string'], ['boolean', 'boolean'], ['date', 'date'], ['time', 'time'],
]

/** `number`, `date and time`, `list<string>`, `context<a: number>`, `function<number, number> -> string` … */
export function parseType(c: Cursor): FeelType {
  return nested(c, () => readType(c))
}

function readType(c: Cursor): FeelType {
  if (takeName(c, 'list')) return { k: 'list', of: parameterOf(c) }
  if (takeName(c, 'range')) return { k: 'range', of: parameterOf(c) }
  if (takeName(c, 'context')) return { k: 'context', entries: contextEntries(c) }
  if (takeName(c, 'function')) return functionType(c)
  for (const [name, k] of NAMES) {
    const words = name.split(' ')
    if (!words.every((word, i) => c.tokens[c.next + i]?.kind === 'name' && c.tokens[c.next + i]?.text === word)) continue
    c.next += words.length
    return { k }
  }
  throw unexpected(peek(c), '这里应为类型名，例如 number、date and time、list<string>')
}

function parameterOf(c: Cursor): FeelType | null {
  if (!takeSymbol(c, '<')) return null
  const of = parseType(c)
  expectSymbol(c, '>')
  return of
}

function contextEntries(c: Cursor): { name: string; type: FeelType }[] {
  const entries: { name: string; type: FeelType }[] = []
  if (!takeSymbol(c, '<')) return entries
  do {
    const name = newName(c, (token) => token.text === ':', '名称')
    expectSymbol(c, ':')
    entries.push({ name, type: parseType(c) })
  } while (takeSymbol(c, ','))
  expectSymbol(c, '>')
  return entries
}

/** What a function takes and gives cannot be seen from outside, so the types are read and forgotten. */
function functionType(c: Cursor): FeelType {
  if (takeSymbol(c, '<')) {
    if (!takeSymbol(c, '>')) {
      do parseType(c)
      while (takeSymbol(c, ','))
      expectSymbol(c, '>')
    }
    if (takeSymbol(c, '->')) parseType(c)
  }
  return { k: 'function' }
}

export function printType(type: FeelType): string {
  if (type.k === 'list' || type.k === 'range') return type.of ? `${type.k}<${printType(type.of)}>` : type.k
  if (type.k !== 'context') return type.k
  return type.entries.length ? `context<${type.entries.map((e) => `${JSON.stringify(e.name)}: ${printType(e.type)}`).join(', ')}>` : 'context'
}
