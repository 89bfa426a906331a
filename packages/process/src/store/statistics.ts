import { all, fail, startOfDay, visible, type Condition, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { activityTimes, caseTimes, directlyFollows, filterDfg, variants, type ActivityRow, type Measure } from '../mining/index.ts'

export interface StatisticsQuery { from?: string | undefined; to?: string | undefined; unitId?: string | undefined; activities?: number; paths?: number; measure?: Measure; version?: number | undefined }

const MAX_ROWS = 400_000

interface Raw { case_id: string; activity: string; resource: string | null; entered_at: Date; started_at: Date | null; finished_at: Date | null; basis: string | null }

/** Cases of a process that the caller may see. Cases of records follow the record's scope; an imported log has no unit. */
async function rowsOf(ctx: Ctx, key: string, q: StatisticsQuery): Promise<{ rows: ActivityRow[]; truncated: boolean; name: string; kind: string; version: number }> {
  const definitions = await ctx.query<{ id: string; name: string; kind: string; version: number; entity: string | null }>('select id, name, kind, version, entity from process_definition where tenant_id = $1 and key = $2 and ($3::int is null or version = $3) order by version desc', [ctx.tenant.id, key, q.version ?? null])
  const newest = definitions[0] ?? fail('PROCESS_UNKNOWN', { key })
  const conditions: Condition[] = [sql<boolean>`i.tenant_id = ${ctx.tenant.id}`, sql<boolean>`i.definition_id = any(${definitions.map(d => d.id)}::uuid[])`]
  if (newest.entity) {
    const entity = ctx.entities.get(newest.entity)
    const scope = visible(ctx, entity, 't') ?? fail('FORBIDDEN', { permission: `${entity.name}:read` })
    conditions.push(sql<boolean>`exists (select 1 from ${sql.table(entity.table)} as t where t.id = i.record_id and ${scope})`)
  }
  const day = (text: string, plus = 0): Date => startOfDay(new Date(Date.parse(`${text}T00:00:00Z`) + plus * 86_400_000), ctx.tenant.timeZone)
  if (q.from) conditions.push(sql<boolean>`i.started_at >= ${day(q.from)}`)
  if (q.to) conditions.push(sql<boolean>`i.started_at < ${day(q.to, 1)}`)
  if (q.unitId) conditions.push(sql<boolean>`exists (select 1 from unit_closure c where c.tenant_id = i.tenant_id and c.ancestor_id = ${q.unitId} and c.descendant_id = i.unit_id)`)
  const { rows } = await sql<Raw>`
    select s.instance_id as case_id, s.name as activity, coalesce(s.resource, u.name) as resource, s.entered_at, s.started_at, s.finished_at, s.data->>'basis' as basis
    from process_instance i join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id left join "user" u on u.tenant_id = s.tenant_id and u.id = s.finished_by
    where ${all(conditions)} and s.state <> 'cancelled' order by s.instance_id, s.seq limit ${sql.lit(MAX_ROWS + 1)}`.execute(ctx.db)
  return {
    rows: rows.slice(0, MAX_ROWS).map(r => ({ caseId: r.case_id, activity: r.activity, resource: r.resource, enteredAt: r.entered_at, startedAt: r.started_at, finishedAt: r.finished_at, ...(r.basis ? { basis: r.basis as 'complete-only' } : {}) })),
    truncated: rows.length > MAX_ROWS, name: newest.name, kind: newest.kind, version: newest.version,
  }
}

/** What a process really did: counts, time per activity, the map of what follows what, the commonest courses. */
export async function statistics(ctx: Ctx, key: string, q: StatisticsQuery) {
  const { rows, truncated, ...process } = await rowsOf(ctx, key, q)
  const measure = q.measure ?? 'total'
  const dfg = directlyFollows(rows, { measure })
  const resources = new Set(rows.map(r => r.resource).filter(Boolean))
  const finished = rows.filter(r => r.finishedAt).length
  let first: Date | null = null, last: Date | null = null
  for (const r of rows) {
    if (!first || r.enteredAt < first) first = r.enteredAt
    const end = r.finishedAt ?? r.enteredAt
    if (!last || end > last) last = end
  }
  return {
    process: { key, ...process }, truncated,
    counts: { cases: dfg.cases, steps: rows.length, finished, activities: dfg.nodes.filter(n => n.kind === 'activity').length, people: resources.size, first, last },
    times: activityTimes(rows, { measure }), caseTimes: caseTimes(rows),
    dfg: filterDfg(dfg, { activities: q.activities ?? 1, paths: q.paths ?? 1 }), variants: variants(rows, 12),
  }
}

/** All processes that the caller may look at, with how many cases they may see of each. */
export async function processes(ctx: Ctx) {
  const bound = ctx.entities.all().filter(e => !e.internal && ctx.access.grants.has(`${e.name}:read`))
  const seen = sql.join([sql<boolean>`i.entity is null`, ...bound.map(e => sql<boolean>`(i.entity = ${e.name} and exists (select 1 from ${sql.table(e.table)} as t where t.id = i.record_id and ${visible(ctx, e, 't')!}))`)], sql` or `)
  const { rows } = await sql<{ key: string; version: number; name: string; kind: string; entity: string | null; at: Date; cases: number; open: number }>`
    select d.key, max(d.version) as version, (array_agg(d.name order by d.version desc))[1] as name, (array_agg(d.kind order by d.version desc))[1] as kind, (array_agg(d.entity order by d.version desc))[1] as entity,
      max(d.created_at) as at, coalesce(sum(c.cases), 0)::int as cases, coalesce(sum(c.open), 0)::int as open
    from process_definition d left join lateral (
      select count(*) as cases, count(*) filter (where i.state = 'active') as open from process_instance i where i.tenant_id = d.tenant_id and i.definition_id = d.id and (${seen})) c on true
    where d.tenant_id = ${ctx.tenant.id} group by d.key order by kind, name`.execute(ctx.db)
  return rows
}
