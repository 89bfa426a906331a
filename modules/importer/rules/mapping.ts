import { z } from 'zod'
import type { TableCell } from '@quancheng/kernel'

/** How one field of ours is filled from the columns of a foreign file. */
export interface FieldRule {
  /** titles of columns; several are joined */
  from: string[]
  /** how several are joined: with blanks, or as a person's name (first, last) */
  join?: 'blank' | 'name'
  /** what the other system writes → what we write; anything else is taken as it stands */
  values?: Record<string, string>
  /** what an empty cell means */
  otherwise?: string
  /** the column holds the other system's id of a record that was imported before */
  old?: boolean
  /** the order of numbers in a date, where it is not year-month-day */
  order?: 'mdy' | 'dmy'
}

/** A file's way into an entity: `id` is the column with the other system's own id. */
export interface Mapping { id: string | null; fields: Record<string, FieldRule> }

const TITLE = z.string().min(1).max(200)
export const MAPPING = z.strictObject({
  id: TITLE.nullable().default(null),
  fields: z.record(z.string().max(60), z.strictObject({
    from: z.array(TITLE).max(5).default([]),
    join: z.enum(['blank', 'name']).optional(),
    values: z.record(z.string().max(200), z.string().max(200)).optional(),
    otherwise: z.string().max(500).optional(),
    old: z.boolean().optional(),
    order: z.enum(['mdy', 'dmy']).optional(),
  })),
})

const CJK = /\p{Script=Han}/u

/** First and last name as one: Chinese names are written last name first, without a blank. */
export function nameOf(first: string, last: string): string {
  if (!first || !last) return first || last
  return CJK.test(first + last) ? last + first : `${first} ${last}`
}

/** `12/31/2026` → `2026-12-31`; what is no such date stays as it is and is refused by its field. A time behind it is kept. */
export function reorder(text: string, order: 'mdy' | 'dmy'): string {
  const m = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)$/.exec(text)
  if (!m) return text
  const [, a, b, year, rest] = m as unknown as [string, string, string, string, string]
  const [month, day] = order === 'mdy' ? [a, b] : [b, a]
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}`
}

const blank = (cell: TableCell | undefined): boolean => cell === null || cell === undefined || cell === ''

/** What a row says for a field; null where it says nothing. */
export function cellOf(rule: FieldRule, at: ReadonlyMap<string, number>, cells: readonly TableCell[]): TableCell {
  const found = rule.from.map(title => cells[at.get(title) ?? -1] ?? null)
  let cell: TableCell
  if (rule.join === 'name') cell = nameOf(String(found[0] ?? ''), String(found[1] ?? '')) || null
  else if (found.length > 1) cell = found.filter(c => !blank(c)).map(String).join(' ') || null
  else cell = found[0] ?? null
  if (blank(cell)) return rule.otherwise ?? null
  if (typeof cell !== 'string' && !rule.values) return cell
  if (cell instanceof Date) return cell
  const text = String(cell).trim()
  const mapped = rule.values?.[text]
  if (mapped !== undefined) return mapped === '' ? null : mapped
  return typeof cell === 'string' ? (rule.order ? reorder(text, rule.order) : text) : cell
}
