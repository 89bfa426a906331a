import { sql } from 'kysely'
import { requirePermission } from '../access/access.ts'
import { all, FALSE, TRUE, visible, type Condition } from '../access/scope.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import type { Verb } from '../entity/define.ts'
import { fail } from '../errors.ts'
import { compileFilter, readableField, type Filter } from '../query/filter.ts'
import { selection, shapeRow, visibleFields, type Row } from '../query/select.ts'
import { afterCursor, cursorColumn, encodeCursor, mayEndEarly, orderBy, parseSort } from '../query/sort.ts'
import { searchCondition } from '../search/search.ts'

export interface ListQuery { filter?: Filter; sort?: string; fields?: readonly string[]; limit?: number; after?: string; q?: string; count?: boolean }
export interface Page { items: Row[]; next: string | null; total?: number }

export const MAX_LIMIT = 200
const COUNT_CAP = 10_000

/** The rows that stand for themselves: none that was merged into another. */
export const notMerged = (entity: CompiledEntity, alias: string): Condition => (entity.mergedInto ? sql<boolean>`${sql.ref(`${alias}.${entity.fields.get(entity.mergedInto)!.column}`)} is null` : TRUE)

/** The condition of a list: tenant, scope, filter, search. Lists, exports, aggregates and bulk acts all start here. `also`: a verb whose scope binds too. */
export function whereOf(ctx: Ctx, entity: CompiledEntity, query: Pick<ListQuery, 'filter' | 'q'>, alias: string, also?: Verb, byId = false): Condition {
  requirePermission(ctx.access, `${entity.name}:read`, entity)
  const scope = visible(ctx, entity, alias)!
  const parts = [scope, compileFilter(ctx, entity, alias, query.filter)]
  if (also) parts.push(visible(ctx, entity, alias, also) ?? FALSE)
  // who asks for the merged ones gets them
  if (entity.mergedInto && !byId && !JSON.stringify(query.filter ?? {}).includes(`"${entity.mergedInto}"`)) parts.push(notMerged(entity, alias))
  if (query.q?.trim()) parts.push(searchCondition(ctx, entity, alias, query.q))
  return all(parts)
}

export function fieldsOf(ctx: Ctx, entity: CompiledEntity, names: readonly string[] | undefined): CompiledField[] {
  if (!names?.length) return visibleFields(ctx, entity)
  const wanted = new Set([...names, 'id', 'version'])
  return [...wanted].map(n => readableField(ctx, entity, n))
}

/** One page of rows. Keyset paging: the position is the last row's sort values, so page 5,000 costs what page 1 does. */
export async function list(ctx: Ctx, entity: CompiledEntity, query: ListQuery = {}, also?: Verb): Promise<Page> {
  const limit = query.limit ?? 20
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) fail('BAD_REQUEST', { reason: `limit 应为 1 至 ${MAX_LIMIT}` })
  const where = whereOf(ctx, entity, query, 't', also)
  const fields = fieldsOf(ctx, entity, query.fields)
  const keys = parseSort(ctx, entity, query.sort)
  const { columns, joins } = selection(ctx, entity, fields, 't')
  keys.forEach((k, i) => columns.push(sql`${cursorColumn(k, 't')} as ${sql.ref(`$k${i}`)}`))
  // the page is cut before the names are joined: twenty rows cost twenty look-ups
  const fetch = async (page: Condition): Promise<Array<Record<string, unknown>>> => (await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from (
      select t.* from ${sql.table(entity.table)} as t where ${page} order by ${orderBy(keys, 't')} limit ${sql.lit(limit + 1)}
    ) as t ${sql.join(joins, sql` `)} order by ${orderBy(keys, 't')}`.execute(ctx.db)).rows
  const after = (whole: boolean): Condition => (query.after ? all([where, afterCursor(keys, 't', query.after, whole)]) : where)
  let rows = await fetch(after(false))
  if (query.after && rows.length <= limit && mayEndEarly(keys)) rows = await fetch(after(true))
  const more = rows.length > limit
  const shown = more ? rows.slice(0, limit) : rows
  const result: Page = { items: shown.map(r => shapeRow(ctx, entity, fields, r)), next: more ? encodeCursor(keys, shown.at(-1)!) : null }
  if (query.count) {
    const { rows: [c] } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${sql.table(entity.table)} as t where ${where} limit ${sql.lit(COUNT_CAP)}) x`.execute(ctx.db)
    result.total = c?.n ?? 0
  }
  return result
}

/** One row by id; NOT_FOUND when it is not there, another tenant's, or out of scope: the three look the same. */
export async function read(ctx: Ctx, entity: CompiledEntity, id: string, names?: readonly string[]): Promise<Row> {
  const where = all([whereOf(ctx, entity, {}, 't', undefined, true), sql<boolean>`t.id = ${id}`])
  const fields = fieldsOf(ctx, entity, names)
  const { columns, joins } = selection(ctx, entity, fields, 't')
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from ${sql.table(entity.table)} as t ${sql.join(joins, sql` `)} where ${where}`.execute(ctx.db)
  return rows[0] ? shapeRow(ctx, entity, fields, rows[0]) : fail('NOT_FOUND', { entity: entity.name, id })
}
