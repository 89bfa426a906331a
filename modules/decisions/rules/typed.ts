import type { ValueType } from '@quancheng/process'
import { literalOf, quoted, splitValues } from './cell.ts'

/*
 * What people type or paste is turned into FEEL where only one thing can be meant: text gets its quotes, ≥ becomes >=, 100~200 a range.
 * A leading = says: this is an expression, leave it alone.
 */

const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/
const NUMBER = String.raw`-?\d+(?:\.\d+)?`
const TEMPORAL: readonly ValueType[] = ['date', 'dateTime', 'time', 'dayTimeDuration', 'yearMonthDuration']
/** letters, digits and what stands inside ordinary words; no operator of FEEL */
const WORDS = /^[\p{L}\p{N}_·（）%．/#&-][\p{L}\p{N}_·（）%．/#& .-]*$/u
const KEPT = /^(?:true|false|null|-)$/

const halfWidth = (text: string): string => text.replace(/[＜＞＝，（）［］＂“”]/g, sign => ({ '＜': '<', '＞': '>', '＝': '=', '，': ',', '（': '(', '）': ')', '［': '[', '］': ']', '＂': '"', '“': '"', '”': '"' })[sign] ?? sign)
/** outside of quotes only, for what is inside is somebody's text */
const outside = (text: string, change: (part: string) => string): string => (text.match(/"(?:[^"\\]|\\.)*"?|[^"]+/g) ?? []).map(part => (part.startsWith('"') ? part : change(part))).join('')

function asDate(text: string): string | null {
  const [, year, month, day] = DATE.exec(text.trim()) ?? []
  return year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : null
}

/** One value as a literal of the column's type, where it can only be that; otherwise as it came. */
function value(text: string, type: ValueType): string {
  const plain = text.trim()
  if (KEPT.test(plain) || /^@?"/.test(plain)) return plain
  if (type === 'string') return WORDS.test(plain) ? quoted(plain) : plain
  if (type === 'boolean') return /^(?:是|对|有|√|yes|y)$/i.test(plain) ? 'true' : /^(?:否|不|无|×|no|n)$/i.test(plain) ? 'false' : plain
  if (TEMPORAL.includes(type)) {
    const date = type === 'date' || type === 'dateTime' ? asDate(plain) : null
    if (date) return literalOf(date, type)
    return /^(?:\d{4}-\d\d-\d\dT[\d:.+Z-]+|\d\d:\d\d(?::\d\d)?|-?P[\dYMDTHS.]+)$/.test(plain) ? literalOf(/^\d\d:\d\d$/.test(plain) ? `${plain}:00` : plain, type) : plain
  }
  if (type === 'number') return /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain
  return plain
}

/** A condition as typed → FEEL. */
export function typedTest(given: string, type: ValueType): string {
  let text = given.trim().replace(/\s*\n\s*/g, ' ')
  if (/^=(?!=)/.test(text)) return text.slice(1).trim()
  if (text === '' || /^(?:任意|不限|全部|所有|—|－|-)$/.test(text)) return '-'
  if (type === 'number' && /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return value(text, type)
  text = outside(text, part => (type === 'string' && WORDS.test(part) ? part : halfWidth(part)).replaceAll('≥', '>=').replaceAll('≤', '<=').replaceAll('≠', '!=').replace(/=</g, '<=').replace(/、/g, ','))
  if (type === 'number') {
    const range = new RegExp(String.raw`^(${NUMBER})\s*(?:~|～|至|到|-|—)\s*(${NUMBER})$`).exec(text)
    if (range) return `[${range[1]}..${range[2]}]`
    const word = new RegExp(String.raw`^(大于等于|不低于|不少于|至少|大于|超过|高于|小于等于|不超过|不高于|至多|小于|低于|不足)\s*(${NUMBER})$`).exec(text)
    if (word) return `${/^(?:大于等于|不低于|不少于|至少)$/.test(word[1]!) ? '>=' : /^(?:大于|超过|高于)$/.test(word[1]!) ? '>' : /^(?:小于等于|不超过|不高于|至多)$/.test(word[1]!) ? '<=' : '<'} ${word[2]}`
    const tail = new RegExp(String.raw`^(${NUMBER})\s*(以上|及以上|以下|及以下|以内)$`).exec(text)
    if (tail) return `${tail[2]!.endsWith('上') ? '>=' : '<='} ${tail[1]}`
  }
  const range = /^([[(])\s*([^,]+?)\s*\.\.\s*([^,]+?)\s*([\])])$/.exec(text)
  if (range) return `${range[1]}${value(range[2]!, type)}..${value(range[3]!, type)}${range[4]}`
  if (TEMPORAL.includes(type)) {
    const dates = /^(.+?)\s*(?:~|～|至|到)\s*(.+)$/.exec(text)
    if (dates && asDate(dates[1]!) && asDate(dates[2]!)) return `[${value(dates[1]!, type)}..${value(dates[2]!, type)}]`
  }
  const compare = /^(<=|>=|<|>|!=)\s*(.+)$/.exec(text)
  if (compare) return compare[1] === '!=' ? `not(${value(compare[2]!, type)})` : `${compare[1]} ${value(compare[2]!, type)}`
  const not = /^(?:not\s*\((.*)\)|不是\s*(.+)|除了?\s*(.+?)\s*外)$/s.exec(text)
  if (not) return `not(${list(not[1] ?? not[2] ?? not[3]!, type)})`
  return list(text, type)
}

/** Values between commas, each for itself; where a part is more than a value, nothing is changed. */
function list(text: string, type: ValueType): string {
  const parts = splitValues(text)
  return parts === null ? text : parts.map(part => value(part, type)).join(', ')
}

/** A result as typed → FEEL. */
export function typedOutput(given: string, type: ValueType): string {
  const text = given.trim().replace(/\s*\n\s*/g, ' ')
  if (/^=(?!=)/.test(text)) return text.slice(1).trim()
  if (text === '' || /^(?:空|—)$/.test(text)) return ''
  return value(/^[“＂].*[”＂]$/.test(text) ? `"${text.slice(1, -1)}"` : text, type)
}

/** The list of allowed values as typed, one FEEL test each. */
export function typedValues(given: string, type: ValueType): string[] {
  const text = outside(given.replace(/\s*\n\s*/g, ','), part => halfWidth(part).replace(/[、；;]/g, ','))
  return (splitValues(text) ?? [text]).map(part => typedTest(part, type)).filter(part => part !== '' && part !== '-')
}
