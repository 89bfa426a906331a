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

export type LocalProblem = 'required' | 'tooLong' | 'tooSmall' | 'tooLarge' | 'pattern' | 'json'

/** What can be said without the server. The server says the rest. */
export function problemOf(field: FieldMeta, value: unknown, required = field.required): LocalProblem | null {
  const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (typeof value === 'string' && value.trim() === '')
  if (empty) return required && field.type !== 'boolean' ? 'required' : null
  const number = field.type === 'integer' || field.type === 'decimal' || field.type === 'money'
  if (number) {
    if (field.min !== undefined && Number(value) < field.min) return 'tooSmall'
    if (field.max !== undefined && Number(value) > field.max) return 'tooLarge'
  } else if (typeof value === 'string') {
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
