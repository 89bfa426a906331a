import { sql } from 'kysely'
import { fieldLevel } from '../access/access.ts'
import { any, all, type Condition } from '../access/scope.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { fail } from '../errors.ts'
import { expression } from './expression.ts'
import { readableField } from './filter.ts'

export interface SortKey { field: CompiledField; desc: boolean }

/**
 * `-createdAt,number` → keys that end with the id, so that the order is total. Ids are made by time, so the order of creation is
 * the order of the primary key: no index of its own is needed for the commonest list.
 */
export function parseSort(ctx: Ctx, entity: CompiledEntity, sort: string | undefined): SortKey[] {
  const keys: SortKey[] = []
  for (const part of (sort || entity.sort).split(',').map(s => s.trim()).filter(Boolean)) {
    const desc = part.startsWith('-')
    const name = part.replace(/^[-+]/, '')
    const field = readableField(ctx, entity, name === 'createdAt' ? 'id' : name)
    if (field.name !== 'id' && !field.kind.sortable) fail('BAD_FILTER', { reason: `不能按“${field.label[0]}”排序` })
    if (fieldLevel(ctx.access, entity, field) === 'mask') fail('FIELD_FORBIDDEN', { field: field.label[0] })
    keys.push({ field, desc })
    if (field.name === 'id') return keys
  }
  if (keys.length > 3) fail('BAD_FILTER', { reason: '最多按三列排序' })
  keys.push({ field: entity.fields.get('id')!, desc: keys.at(-1)?.desc ?? true })
  return keys
}

/**
 * A column that is required holds no null, unless it was added to a table that had rows already; a tenant's own field may be required
 * today and absent from the rows of yesterday. Such a column is sorted as its index is (nulls as the largest), the others with nulls last.
 */
const asIndexed = (k: SortKey): boolean => k.field.name === 'id' || Boolean(k.field.required && k.field.column)

const sqlType = (k: SortKey): string => k.field.kind.column(k.field as never).replace(/\(.*\)/, '')

/** The key as the cursor keeps it: PostgreSQL's own text, so that no digit and no microsecond is lost on the way. */
export const cursorColumn = (k: SortKey, alias: string) => sql`(${expression(k.field, alias)})::text`

export const orderBy = (keys: readonly SortKey[], alias: string) =>
  sql.join(keys.map(k => sql`${expression(k.field, alias)} ${sql.raw(k.desc ? 'desc' : 'asc')}${sql.raw(asIndexed(k) ? '' : ' nulls last')}`))

export const encodeCursor = (keys: readonly SortKey[], row: Record<string, unknown>): string =>
  Buffer.from(JSON.stringify(keys.map((_, i) => row[`$k${i}`] ?? null))).toString('base64url')

/** What the text of each SQL type looks like. The cursor comes from outside: nothing else may reach a cast. */
const FORM: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, integer: /^-?\d{1,10}$/, numeric: /^-?\d{1,30}(\.\d{1,20})?$/, boolean: /^(true|false)$/,
  date: /^\d{4}-\d\d-\d\d$/, timestamptz: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/, text: /^[^\0]*$/u,
}

function decodeCursor(keys: readonly SortKey[], cursor: string): Array<string | null> {
  let values: unknown
  try { values = JSON.parse(Buffer.from(cursor, 'base64url').toString()) } catch { return fail('BAD_CURSOR') }
  if (!Array.isArray(values) || values.length !== keys.length) return fail('BAD_CURSOR')
  return values.map((v: unknown, i) => {
    const k = keys[i]!
    if (v === null && k.field.name !== 'id') return null
    return typeof v === 'string' && FORM[sqlType(k)]?.test(v) ? v : fail('BAD_CURSOR')
  })
}

/** May the rows after a cursor be read as one range of an index? Going up, the rows without a value (if any) come after its end. */
const isRange = (keys: readonly SortKey[]): boolean =>
  keys.every(k => k.desc === keys[0]!.desc && asIndexed(k)) && (keys[0]!.desc || keys.length <= 2)

/** The range may have ended before rows without a value: a page that is not full is then read again by the whole condition. */
export const mayEndEarly = (keys: readonly SortKey[]): boolean => isRange(keys) && keys.length === 2 && !keys[0]!.desc

/** Rows after the cursor, in the order of the keys. */
export function afterCursor(keys: readonly SortKey[], alias: string, cursor: string, whole = false): Condition {
  const values = decodeCursor(keys, cursor)
  const cast = (k: SortKey) => sql.raw(`::${sqlType(k)}`)
  if (!whole && isRange(keys) && values.every(v => v !== null)) {
    const left = sql.join(keys.map(k => expression(k.field, alias)))
    const right = sql.join(keys.map((k, i) => sql`${values[i]}${cast(k)}`))
    return keys[0]!.desc ? sql<boolean>`(${left}) < (${right})` : sql<boolean>`(${left}) > (${right})`
  }
  const steps = keys.map((k, i): Condition => {
    const equal = keys.slice(0, i).map((e, j): Condition => (values[j] === null ? sql`${expression(e.field, alias)} is null` : sql`${expression(e.field, alias)} = ${values[j]}${cast(e)}`))
    const x = expression(k.field, alias)
    const nullsFirst = asIndexed(k) && k.desc
    const beyond: Condition = values[i] === null ? (nullsFirst ? sql`${x} is not null` : sql`false`)
      : nullsFirst ? sql`${x} < ${values[i]}${cast(k)}` : sql`(${x} ${sql.raw(k.desc ? '<' : '>')} ${values[i]}${cast(k)} or ${x} is null)`
    return all([...equal, beyond])
  })
  return any(steps)
}
