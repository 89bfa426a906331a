import type { EntityMeta, FieldMeta, Row } from '../core/types.ts'

export type Values = Record<string, unknown>

/** The fields a person can fill in at creation or at change. */
export function editable(entity: EntityMeta, creating: boolean): FieldMeta[] {
  return entity.fields.filter(field => canEdit(field, creating))
}

export function canEdit(field: FieldMeta, creating: boolean): boolean {
  if (field.readOnly || field.access !== 'edit' || field.type === 'serial') return false
  return creating || !field.immutable
}

/** Fields in their groups, in the order in which the groups first appear. */
export function grouped(fields: FieldMeta[]): Array<{ group: string, fields: FieldMeta[] }> {
  const groups = new Map<string, FieldMeta[]>()
  for (const field of fields) groups.set(field.group ?? '', [...groups.get(field.group ?? '') ?? [], field])
  return [...groups].map(([group, inside]) => ({ group, fields: inside }))
}

/** What a new record starts with: the fields' defaults, then the values given. */
export function startValues(fields: FieldMeta[], given: Values = {}): Values {
  const values: Values = {}
  for (const field of fields) {
    if (field.name in given) values[field.name] = fromText(field, given[field.name])
    else if (field.default !== undefined && field.default !== null) values[field.name] = field.default
  }
  return values
}

/** Values from an address are texts. */
function fromText(field: FieldMeta, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (field.type === 'boolean') return value === 'true'
  if (field.type === 'integer') return Number(value)
  if (field.type === 'refs' || field.type === 'choices') return value.split(',')
  return value
}

/** What the server is sent: empty becomes null, texts lose the blanks around them. */
export function clean(field: FieldMeta, value: unknown): unknown {
  if (value === undefined || value === '') return null
  if (typeof value === 'string' && !field.multiline) return value.trim() === '' ? null : value.trim()
  if (field.type === 'json' && typeof value === 'string') return JSON.parse(value)
  return value
}

/** Only what differs from the record; so two people may change different fields. Masked values that were not touched stay away. */
export function changes(fields: FieldMeta[], before: Row | undefined, values: Values): Values {
  const body: Values = {}
  for (const field of fields) {
    if (!(field.name in values)) continue
    const after = clean(field, values[field.name])
    const old = before?.[field.name] ?? null
    if (before ? !same(old, after) : after !== null) body[field.name] = after
  }
  return body
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)
}

/** The decimal that somebody wrote, as the server reads it: `１，２００.50`, `¥1,200.50` → `1200.50`; null when it is no number. */
export function numberOf(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[,\s¥]/g, '')
  return /^-?\d{1,30}(\.\d+)?$/.test(plain) ? plain : null
}

/** A day or a moment as people write it: `2026-1-2`, `2026/01/02`, `20260102`, `2026年1月2日 9:30`; null when there is no such day or time. */
export function dayOf(text: string): { day: string, time: string | null } | null {
  const m = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2})?)?$/.exec(text.normalize('NFKC').trim())
  if (!m) return null
  const two = (part: string | undefined): string => (part ?? '').padStart(2, '0'), day = `${m[1]}-${two(m[2] ?? m[4])}-${two(m[3] ?? m[5])}`, date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day || Number(m[6] ?? 0) > 23 || Number(m[7] ?? 0) > 59) return null
  return { day, time: m[6] ? `${two(m[6])}:${m[7]}` : null }
}

/** Years outside are a slip of the finger; the server has the same two. */
export const FIRST_YEAR = 1900
export const LAST_YEAR = 2200

export type LocalProblem = 'required' | 'tooLong' | 'tooSmall' | 'tooLarge' | 'pattern' | 'json' | 'notNumber' | 'notWhole' | 'decimals' | 'notDay' | 'year'

function numberProblem(field: FieldMeta, value: unknown): LocalProblem | null {
  const plain = numberOf(String(value)), n = Number(plain), decimals = (plain?.split('.')[1] ?? '').replace(/0+$/, '').length
  if (plain === null) return field.type === 'integer' ? 'notWhole' : 'notNumber'
  if (field.type === 'integer' && decimals > 0) return 'notWhole'
  if (decimals > (field.scale ?? (field.type === 'money' ? 2 : 4)) && field.type !== 'integer') return 'decimals'
  return field.min !== undefined && n < field.min ? 'tooSmall' : field.max !== undefined && n > field.max ? 'tooLarge' : null
}

function dayProblem(value: string): LocalProblem | null {
  const year = Number(/^(\d{4})-\d{2}-\d{2}/.exec(value)?.[1]), real = !Number.isNaN(new Date(value).getTime())
  return !year || !real ? 'notDay' : year < FIRST_YEAR || year > LAST_YEAR ? 'year' : null
}

/** Ends before their starts, each with the label of the start. Only what lies in the form is judged. */
export function orderProblems(fields: FieldMeta[], valueOf: (field: FieldMeta) => unknown): Array<{ field: FieldMeta, start: FieldMeta }> {
  return fields.flatMap(field => {
    const start = field.after ? fields.find(each => each.name === field.after) : undefined, [from, to] = start ? [valueOf(start), valueOf(field)] : []
    return start && typeof from === 'string' && typeof to === 'string' && from !== '' && to !== '' && new Date(to) < new Date(from) ? [{ field, start }] : []
  })
}

/** The unit of somebody who has one: what the server would fill in is not asked. People of several units choose. */
export function ownUnit(fields: FieldMeta[], unitId: string | null, scopes: readonly string[] | undefined): Values {
  const field = fields.find(each => each.name === 'unitId' && each.type === 'ref' && each.ref === 'unit' && each.required)
  return field && unitId && scopes?.length && scopes.every(scope => scope === 'self' || scope === 'unit' || scope === 'unitBelow') ? { unitId } : {}
}

/** What can be said without the server. The server says the rest. */
export function problemOf(field: FieldMeta, value: unknown, required = field.required): LocalProblem | null {
  const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (typeof value === 'string' && value.trim() === '')
  if (empty) return required && field.type !== 'boolean' ? 'required' : null
  if (field.type === 'integer' || field.type === 'decimal' || field.type === 'money') return numberProblem(field, value)
  if ((field.type === 'date' || field.type === 'datetime') && typeof value === 'string') return dayProblem(value)
  if (typeof value === 'string') {
    if (field.max !== undefined && [...value].length > field.max) return 'tooLong'
    // the server knows every form of a number; that it has no letters can be said at once
    if (field.type === 'phone' && /\p{L}/u.test(value)) return 'pattern'
    if (field.pattern && field.type !== 'serial' && !matches(field.pattern, value.trim())) return 'pattern'
    if (field.type === 'json') try { JSON.parse(value) } catch { return 'json' }
  }
  return null
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value)
  } catch {
    return true // a pattern the browser cannot read is left to the server
  }
}
