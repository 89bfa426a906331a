import { IDS, NAMES, plain, TITLES, VALUES } from './dictionary.ts'
import type { FieldRule, Mapping } from './mapping.ts'

export interface TargetField { name: string; labels: readonly string[]; type: string; options?: ReadonlyArray<{ value: string; label: readonly string[] }> }
/** A column of the file with the different values that it holds (at most as many as the reader kept). */
export interface Column { title: string; values: readonly string[] }

/** 1: the field's own name or label; 2: a title that other systems use; in the dictionary earlier words are the likelier ones. */
function fit(entity: string, field: TargetField, title: string): number {
  const t = plain(title)
  if ([field.name, ...field.labels].some(own => plain(own) === t)) return 1
  const at = (TITLES[entity]?.[field.name] ?? []).indexOf(t)
  return at < 0 ? 0 : 2 + at / 100
}

/** Of a choice: what stands in the file → our value, for all that is not one of our words already. */
export function valuesFor(entity: string, field: TargetField, values: readonly string[]): Record<string, string> | undefined {
  if (!field.options) return undefined
  const out: Record<string, string> = {}
  for (const value of values) {
    const known = field.options.find(o => o.value === value || o.label.includes(value))
    if (known) continue
    const near = field.options.find(o => [o.value, ...o.label].some(word => plain(word) === plain(value)))?.value ?? VALUES[`${entity}.${field.name}`]?.[plain(value)]
    if (near) out[value] = near
  }
  return Object.keys(out).length ? out : undefined
}

/** Dates that begin with a number above 12 in one place tell the order; where none does, month first is guessed only for texts with slashes. */
export function orderOf(values: readonly string[]): 'mdy' | 'dmy' | undefined {
  const parts = values.map(v => /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}/.exec(v)).filter(m => m !== null)
  if (!parts.length) return undefined
  if (parts.some(m => Number(m[1]) > 12)) return 'dmy'
  if (parts.some(m => Number(m[2]) > 12)) return 'mdy'
  return parts[0]![0].includes('/') ? 'mdy' : 'dmy'
}

/** A first mapping of a file, for people to look over: each field takes the likeliest column that no other field has. */
export function suggest(entity: string, fields: readonly TargetField[], columns: readonly Column[]): Mapping {
  const free = new Map(columns.map(c => [c.title, c])), mapping: Mapping = { id: null, fields: {} }
  const id = columns.find(c => IDS.includes(plain(c.title)))
  if (id) { mapping.id = id.title; free.delete(id.title) }
  const take = (field: TargetField, titles: string[], rule: Partial<FieldRule> = {}): void => {
    const values = titles.flatMap(t => free.get(t)?.values ?? [])
    for (const t of titles) free.delete(t)
    const words = valuesFor(entity, field, values), order = field.type === 'date' || field.type === 'datetime' ? orderOf(values) : undefined
    mapping.fields[field.name] = { from: titles, ...rule, ...(words ? { values: words } : {}), ...(order ? { order } : {}) }
  }
  const pairs = fields.flatMap(field => columns.map(c => ({ field, title: c.title, score: fit(entity, field, c.title) }))).filter(p => p.score > 0).toSorted((a, b) => a.score - b.score)
  for (const { field, title } of pairs) if (free.has(title) && !mapping.fields[field.name]) take(field, [title], field.type === 'ref' && /id$/i.test(title) ? { old: true } : {})
  const name = fields.find(field => field.name === 'name')
  for (const [first, last] of NAMES) {
    const a = [...free.keys()].find(t => plain(t) === first), b = [...free.keys()].find(t => plain(t) === last)
    if (name && !mapping.fields.name && a && b) take(name, [a, b], { join: 'name' })
  }
  return mapping
}
