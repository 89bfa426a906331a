import { all, fail, requireInUnit, visible, type Condition, type Ctx } from '@quancheng/kernel'
import { latenessOf } from '@quancheng/process'
import { onTimeRate } from '@quancheng/service'
import { sql, type RawBuilder } from 'kysely'
import { aimOf, kept, type Target } from '../rules/targets.ts'

interface Scope { unitId: string; inUnit: (column: string) => Condition; seen: Condition }
const STEPS = sql`process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id and i.entity = 'serviceRequest' and i.started_by is null join service_request t on t.tenant_id = i.tenant_id and t.id = i.record_id`
const OPEN = sql<boolean>`s.state in ('waiting', 'active', 'paused')`

async function scopeOf(ctx: Ctx, unit: string | undefined): Promise<Scope> {
  // where one begins: everything, one's region, one's station, as far as one may look
  const scopes = ctx.access.grants.get('serviceRequest:board')
  const [top] = !unit && scopes?.has('all') ? await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 and parent_id is null order by position, code limit 1', [ctx.tenant.id]) : []
  const unitId = unit ?? top?.id ?? (scopes?.has('region') ? ctx.access.regionId : null) ?? ctx.user!.unitId ?? fail('NOT_FOUND', {})
  await requireInUnit(ctx, 'serviceRequest:board', unitId)
  const entity = ctx.entities.get('serviceRequest'), seen = visible(ctx, entity, 't', 'board') ?? fail('FORBIDDEN', { permission: 'serviceRequest:board' })
  return { unitId, seen, inUnit: column => sql<boolean>`${sql.ref(column)} in (select c.descendant_id from unit_closure c where c.tenant_id = ${ctx.tenant.id} and c.ancestor_id = ${unitId})` }
}

const midnight = (ctx: Ctx, back: number | RawBuilder<unknown> = 0) => sql`((date_trunc('day', ${ctx.now()}::timestamptz at time zone ${ctx.tenant.timeZone}) - make_interval(days => ${typeof back === 'number' ? sql.lit(back) : back})) at time zone ${ctx.tenant.timeZone})`
const dayIn = (ctx: Ctx, column: string) => sql`to_char(${sql.ref(column)} at time zone ${ctx.tenant.timeZone}, 'YYYY-MM-DD')`

interface Worker { id: string; name: string; unit: string; posts: string[]; open: number; late: number; warn: number; paused: number; done: number; doneLate: number; days: Array<{ day: string; done: number; late: number; minutes: number }> | null }
interface Task { id: string; taskId: string; number: string; model: string | null; stage: string; state: 'waiting' | 'active' | 'paused'; ownerId: string | null; enteredAt: Date; dueAt: Date | null; warnAt: Date | null }

/**
 * 站长视图: everybody who works in a unit with what they have in hand, today's work, the last days and their target (SP-18). Three statements, however
 * many people and requests there are.
 */
export async function team(ctx: Ctx, q: { unitId?: string | undefined; days: number }) {
  const { unitId, inUnit, seen } = await scopeOf(ctx, q.unitId), now = ctx.now()
  const [unit] = await ctx.query<{ id: string; code: string; name: string; kind: string }>('select id, code, name, kind from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, unitId])
  if (!unit) return fail('NOT_FOUND', { id: unitId })
  const { rows: people } = await sql<Worker>`
    with o as (
      select s.assignee_id as who, count(*)::int as open, (count(*) filter (where s.state <> 'paused' and s.due_at < ${now}))::int as late, (count(*) filter (where s.state <> 'paused' and s.due_at >= ${now} and s.warn_at <= ${now}))::int as warn, (count(*) filter (where s.state = 'paused'))::int as paused
      from ${STEPS} where s.tenant_id = ${ctx.tenant.id} and s.kind = 'user' and ${OPEN} and s.assignee_id is not null and ${inUnit('s.unit_id')} and ${seen} group by 1),
    d as (
      select s.finished_by as who, ${dayIn(ctx, 's.finished_at')} as day, count(*)::int as done, (count(*) filter (where s.late))::int as late, coalesce(sum(s.minutes), 0)::float8 as minutes
      from ${STEPS} where s.tenant_id = ${ctx.tenant.id} and s.kind = 'user' and s.state = 'done' and s.role is not null and s.finished_by is not null and s.finished_at >= ${midnight(ctx, q.days - 1)} and ${inUnit('s.unit_id')} and ${seen} group by 1, 2),
    today as (select ${dayIn(ctx, 'n.now')} as day from (select ${now}::timestamptz as now) n)
    select u.id, u.name, un.name as unit, array(select r.code from role r where r.tenant_id = u.tenant_id and (r.id = any(u.role_ids) or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))) as posts,
      coalesce(o.open, 0) as open, coalesce(o.late, 0) as late, coalesce(o.warn, 0) as warn, coalesce(o.paused, 0) as paused, coalesce((select d.done from d, today where d.who = u.id and d.day = today.day), 0) as done, coalesce((select d.late from d, today where d.who = u.id and d.day = today.day), 0) as "doneLate",
      (select jsonb_agg(jsonb_build_object('day', d.day, 'done', d.done, 'late', d.late, 'minutes', d.minutes) order by d.day) from d where d.who = u.id) as days
    from "user" u join unit un on un.tenant_id = u.tenant_id and un.id = u.unit_id left join o on o.who = u.id
    where u.tenant_id = ${ctx.tenant.id} and (${inUnit('u.unit_id')} or o.who is not null) and (not coalesce(u.off, false) or o.who is not null) order by u.name limit 500`.execute(ctx.db)
  const { rows: tasks } = await sql<Task>`
    select t.id, s.id as "taskId", t.number, t.model, s.name as stage, s.state, s.assignee_id as "ownerId", s.entered_at as "enteredAt", s.due_at as "dueAt", s.warn_at as "warnAt"
    from ${STEPS} where s.tenant_id = ${ctx.tenant.id} and s.kind = 'user' and ${OPEN} and s.assignee_id is not null and ${inUnit('s.unit_id')} and ${seen} order by s.due_at nulls last limit 1000`.execute(ctx.db)
  const targets = await targetsFor(ctx, unitId)
  const { rows: standing } = await sql<{ open: number; pool: number; late: number; warn: number }>`select count(*)::int as open, (count(*) filter (where s.state = 'waiting' and s.assignee_id is null))::int as pool, (count(*) filter (where s.state <> 'paused' and s.due_at < ${now}))::int as late,
    (count(*) filter (where s.state <> 'paused' and s.due_at >= ${now} and s.warn_at <= ${now}))::int as warn from ${STEPS} where s.tenant_id = ${ctx.tenant.id} and s.kind = 'user' and ${OPEN} and ${inUnit('s.unit_id')} and ${seen}`.execute(ctx.db)
  const workers = people.filter(p => p.open > 0 || p.days || p.posts.some(post => WORKSHOP.has(post))).map(p => {
    const rate = onTimeRate(p.done - p.doneLate, p.done, p.late), target = aimOf(targets, p)
    return {
      userId: p.id, name: p.name, unitName: p.unit, posts: p.posts, open: p.open, late: p.late, warn: p.warn, paused: p.paused, doneToday: p.done, onTimeRate: rate, target, kept: kept(target, { open: p.open, doneToday: p.done, onTimeRate: rate }), days: p.days ?? [],
      current: tasks.filter(t => t.ownerId === p.id).map(({ ownerId: _, warnAt, ...t }) => ({ ...t, lateness: latenessOf({ dueAt: t.dueAt, warnAt, state: t.state, late: null }, now) })),
    }
  })
  const standingNow = standing[0]!, done = people.reduce((n, p) => n + p.done, 0), doneLate = people.reduce((n, p) => n + p.doneLate, 0)
  return { unit, at: now, days: q.days, people: workers, totals: { ...standingNow, doneToday: done, onTimeRate: onTimeRate(done - doneLate, done, standingNow.late) } }
}

/** Posts that are looked for at a station even when they have nothing in hand. */
const WORKSHOP = new Set(['receptionist', 'inspector', 'engineer', 'qc'])

/** Targets that may count in a unit: its own and those of the units above. A target is no secret of whoever wrote it. */
async function targetsFor(ctx: Ctx, unitId: string): Promise<Target[]> {
  return ctx.query<Target>(`select w.id, w.user_id as "userId", p.code as post, c.depth, w.done_a_day as "doneADay", w.on_time_percent as "onTimePercent", w.most_open as "mostOpen"
    from work_target w join unit_closure c on c.tenant_id = w.tenant_id and c.ancestor_id = w.unit_id and c.descendant_id = $2 left join post p on p.tenant_id = w.tenant_id and p.id = w.post_id where w.tenant_id = $1`, [ctx.tenant.id, unitId])
}

export const WHAT = ['open', 'late', 'warn', 'paused', 'pool', 'done', 'doneLate', 'onTime'] as const
export interface TeamRows { unitId?: string | undefined; userId?: string | undefined; what: typeof WHAT[number]; day?: string | undefined; days?: number | undefined; limit: number }

/** The steps behind a figure of the view: whose, which, of which day; `done…` without a day is today, with `days` the last so many. */
export async function teamRows(ctx: Ctx, q: TeamRows) {
  const { inUnit, seen } = await scopeOf(ctx, q.unitId), now = ctx.now()
  const finished = q.what === 'done' || q.what === 'doneLate' || q.what === 'onTime'
  const when: Record<TeamRows['what'], Condition[]> = {
    open: [OPEN], late: [OPEN, sql<boolean>`s.state <> 'paused' and s.due_at < ${now}`], warn: [OPEN, sql<boolean>`s.state <> 'paused' and s.due_at >= ${now} and s.warn_at <= ${now}`], paused: [sql<boolean>`s.state = 'paused'`], pool: [sql<boolean>`s.state = 'waiting' and s.assignee_id is null`],
    done: [], doneLate: [sql<boolean>`s.late`], onTime: [sql<boolean>`not coalesce(s.late, false)`],
  }
  const span = q.day ? [sql<boolean>`s.finished_at >= (${q.day}::timestamp at time zone ${ctx.tenant.timeZone})`, sql<boolean>`s.finished_at < ((${q.day}::date + 1)::timestamp at time zone ${ctx.tenant.timeZone})`] : [sql<boolean>`s.finished_at >= ${midnight(ctx, (q.days ?? 1) - 1)}`]
  const { rows } = await sql<{ id: string; taskId: string; number: string; model: string | null; stage: string; state: string; who: string | null; station: string; enteredAt: Date; finishedAt: Date | null; dueAt: Date | null; late: boolean | null; minutes: number | null; total: number }>`
    select t.id, s.id as "taskId", t.number, t.model, s.name as stage, s.state, w.name as who, un.name as station, s.entered_at as "enteredAt", s.finished_at as "finishedAt", s.due_at as "dueAt", case when s.state = 'done' then s.late else s.state <> 'paused' and s.due_at < ${now} end as late, s.minutes::float8 as minutes, count(*) over ()::int as total
    from ${STEPS} left join "user" w on w.tenant_id = s.tenant_id and w.id = ${finished ? sql`s.finished_by` : sql`s.assignee_id`} join unit un on un.tenant_id = s.tenant_id and un.id = s.unit_id
    where s.tenant_id = ${ctx.tenant.id} and s.kind = 'user' and ${inUnit('s.unit_id')} and ${seen} and ${all([...when[q.what], ...(finished ? [sql<boolean>`s.state = 'done' and s.role is not null`, ...span] : []), ...(q.userId ? [sql<boolean>`${sql.ref(finished ? 's.finished_by' : 's.assignee_id')} = ${q.userId}`] : [])])}
    order by ${finished ? sql`s.finished_at desc` : sql`s.due_at nulls last`}, s.id limit ${q.limit}`.execute(ctx.db)
  return { total: rows[0]?.total ?? 0, items: rows.map(({ total: _, ...row }) => row) }
}
