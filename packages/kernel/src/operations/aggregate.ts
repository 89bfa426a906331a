import { sql, type RawBuilder } from 'kysely'
import { fieldLevel } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { fail } from '../errors.ts'
import { expression } from '../query/expression.ts'
import { readableField, type Filter } from '../query/filter.ts'
import { displayExpression } from '../query/select.ts'
import { startOfDay } from '../query/within.ts'
import { whereOf } from './list.ts'

export interface AggregateQuery { group: readonly string[]; measures: readonly string[]; filter?: Filter; q?: string; limit?: number }
export interface AggregateRow { group: Record<string, unknown>; labels: Record<string, string>; values: Record<string, unknown>; filter: Filter }

const FUNCTIONS = new Set(['sum', 'avg', 'min', 'max'])
const BUCKETS = new Set(['day', 'week', 'month'])

interface Axis { key: string; field: CompiledField; bucket: string | null; sql: RawBuilder<unknown> }

function axisOf(ctx: Ctx, entity: CompiledEntity, key: string): Axis {
  const [name, bucket] = key.split(':')
  const field = readableField(ctx, entity, name!)
  if (fieldLevel(ctx.access, entity, field) === 'mask') fail('FIELD_FORBIDDEN', { field: field.label[0] })
  const x = expression(field, 't')
  if (bucket !== undefined) {
    if (!BUCKETS.has(bucket) || !['date', 'datetime'].includes(field.type)) fail('BAD_FILTER', { reason: `不能按 ${key} 分组` })
    const local = field.type === 'datetime' ? sql`(${x} at time zone ${ctx.tenant.timeZone})` : x
    return { key, field, bucket, sql: sql`date_trunc(${sql.lit(bucket)}, ${local})::date` }
  }
  if (!['choice', 'ref', 'boolean', 'text', 'code', 'integer', 'date'].includes(field.type)) fail('BAD_FILTER', { reason: `不能按“${field.label[0]}”分组` })
  return { key, field, bucket: null, sql: x }
}

/** The filter that lists the rows behind a cell: drilling down is opening a list. */
function cellFilter(ctx: Ctx, axes: readonly Axis[], row: Record<string, unknown>, base: Filter | undefined): Filter {
  const parts: Filter[] = base && Object.keys(base).length ? [base] : []
  axes.forEach((a, i) => {
    const v = row[`g${i}`]
    if (!a.bucket || v === null) { parts.push({ [a.field.name]: v === null ? { isNull: true } : v }); return }
    const from = new Date(`${String(v)}T00:00:00Z`)
    const to = new Date(from)
    if (a.bucket === 'month') to.setUTCMonth(to.getUTCMonth() + 1)
    else to.setUTCDate(to.getUTCDate() + (a.bucket === 'week' ? 7 : 1))
    parts.push({ [a.field.name]: a.field.type === 'date'
      ? { gte: from.toISOString().slice(0, 10), lt: to.toISOString().slice(0, 10) }
      : { gte: startOfDay(from, ctx.tenant.timeZone).toISOString(), lt: startOfDay(to, ctx.tenant.timeZone).toISOString() } })
  })
  return parts.length === 1 ? parts[0]! : { and: parts }
}

/** Counts and sums by up to three axes, over exactly the rows that the caller's list would show. */
export async function aggregate(ctx: Ctx, entity: CompiledEntity, query: AggregateQuery): Promise<AggregateRow[]> {
  if (query.group.length > 3) fail('BAD_FILTER', { reason: '最多三个分组' })
  const axes = query.group.map(g => axisOf(ctx, entity, g))
  const measures = (query.measures.length ? query.measures : ['count']).map(m => {
    if (m === 'count') return { key: m, sql: sql`count(*)::int` }
    const [fn, name] = m.split(':')
    const field = readableField(ctx, entity, name ?? '')
    if (!FUNCTIONS.has(fn!) || !['integer', 'decimal', 'money'].includes(field.type)) return fail('BAD_FILTER', { reason: `没有指标 ${m}` })
    if (fieldLevel(ctx.access, entity, field) === 'mask') return fail('FIELD_FORBIDDEN', { field: field.label[0] })
    return { key: m, sql: sql`${sql.raw(fn!)}(${expression(field, 't')})` }
  })
  const columns = [...axes.map((a, i) => sql`${a.sql} as ${sql.ref(`g${i}`)}`), ...measures.map((m, i) => sql`${m.sql} as ${sql.ref(`m${i}`)}`)]
  const grouping = axes.length ? sql`group by ${sql.join(axes.map((_, i) => sql.raw(String(i + 1))))} order by ${sql.raw(String(axes.length + 1))} desc` : sql``
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from ${sql.table(entity.table)} as t where ${whereOf(ctx, entity, query, 't')} ${grouping} limit ${sql.lit(Math.min(query.limit ?? 1000, 5000))}`.execute(ctx.db)
  const names = await Promise.all(axes.map((a, i) => refNames(ctx, a, rows.map(r => r[`g${i}`]))))
  return rows.map(row => ({
    group: Object.fromEntries(axes.map((a, i) => [a.key, row[`g${i}`]])),
    labels: Object.fromEntries(axes.flatMap((a, i) => {
      const v = row[`g${i}`]
      const label = names[i]!.get(v) ?? a.field.options?.find(o => o.value === v)?.label[ctx.locale === 'en' ? 1 : 0]
      return label === undefined ? [] : [[a.key, label]]
    })),
    values: Object.fromEntries(measures.map((m, i) => [m.key, row[`m${i}`]])),
    filter: cellFilter(ctx, axes, row, query.filter),
  }))
}

async function refNames(ctx: Ctx, axis: Axis, ids: unknown[]): Promise<Map<unknown, string>> {
  if (!axis.field.target) return new Map()
  const target = ctx.entities.get(axis.field.target)
  const { rows } = await sql<{ id: string; label: string }>`
    select r.id, ${displayExpression(ctx, target, 'r')} as label from ${sql.table(target.table)} as r
    where r.tenant_id = ${ctx.tenant.id} and r.id = any(${[...new Set(ids.filter(Boolean))]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(r => [r.id, r.label]))
}
