import { defineAction, fail, requireInUnit, visible, type Ctx } from '@quancheng/kernel'
import { definitionByKey, foreseeSteps, latenessOf, minutesUsed, plannedPath, type StepPause } from '@quancheng/process'
import { sql } from 'kysely'
import { z } from 'zod'
import { onTimeRate } from '../rules/on-time.ts'

interface Card { id: string; task_id: string; number: string; model: string | null; customer: string | null; node_id: string; name: string; state: 'waiting' | 'active' | 'paused'; role: string | null; owner_id: string | null; owner: string | null; unit_id: string; repeat_days: number | null; law_rights: string[] | null; entered_at: Date; warn_at: Date | null; due_at: Date | null; clock: 'business' | 'clock' | null; pauses: StepPause[] }
interface Person { id: string; name: string; roles: string[]; unit: string; done: number; done_late: number }

const MAX_CARDS = 500

/** Midnight of today in the tenant's zone, for what was done today. */
const TODAY = (ctx: Ctx) => sql`(date_trunc('day', ${ctx.now()}::timestamptz at time zone ${ctx.tenant.timeZone}) at time zone ${ctx.tenant.timeZone})`

/** The station as it is this minute: every open request in its lane, every person with what they have in hand (SP-18, SP-30). */
export const board = defineAction({
  name: 'board', label: ['站点看板', 'Station board'], method: 'GET', path: '/api/service/board', permission: 'serviceRequest:board', readOnly: true, input: z.object({ unitId: z.uuid().optional() }),
  async run(ctx, q) {
    const unitId = q.unitId ?? ctx.user!.unitId ?? fail('NOT_FOUND', {})
    await requireInUnit(ctx, 'serviceRequest:board', unitId)
    const [unit] = await ctx.query<{ id: string; code: string; name: string; kind: string }>('select id, code, name, kind from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, unitId])
    if (!unit) return fail('NOT_FOUND', { id: unitId })
    const entity = ctx.entities.get('serviceRequest')
    const inUnit = (column: string) => sql<boolean>`exists (select 1 from unit_closure c where c.tenant_id = ${ctx.tenant.id} and c.ancestor_id = ${unitId} and c.descendant_id = ${sql.ref(column)})`
    const { rows: cards } = await sql<Card>`
      select t.id, s.id as task_id, t.number, t.model, t.customer_name as customer, s.node_id, s.name, s.state, s.role, s.assignee_id as owner_id, u.name as owner, s.unit_id, t.repeat_days, t.law_rights, s.entered_at, s.warn_at, s.due_at, s.clock, s.pauses
      from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id and i.entity = 'serviceRequest' and i.started_by is null
      join service_request t on t.tenant_id = s.tenant_id and t.id = i.record_id left join "user" u on u.tenant_id = s.tenant_id and u.id = s.assignee_id
      where s.tenant_id = ${ctx.tenant.id} and s.kind = 'user' and s.state in ('waiting','active','paused') and ${inUnit('s.unit_id')} and ${visible(ctx, entity, 't', 'board')!}
      order by s.due_at nulls last limit ${sql.lit(MAX_CARDS)}`.execute(ctx.db)
    const { rows: people } = await sql<Person>`
      select u.id, u.name, un.name as unit, array(select r.code from role r where r.tenant_id = u.tenant_id and (r.id = any(u.role_ids) or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))) as roles,
        coalesce(d.done, 0)::int as done, coalesce(d.done_late, 0)::int as done_late
      from "user" u join unit un on un.tenant_id = u.tenant_id and un.id = u.unit_id
      left join lateral (select count(*) as done, count(*) filter (where s.late) as done_late from process_step s where s.tenant_id = u.tenant_id and s.finished_by = u.id and s.state = 'done' and s.kind = 'user' and s.role is not null and s.finished_at >= ${TODAY(ctx)}) d on true
      where u.tenant_id = ${ctx.tenant.id} and not coalesce(u.off, false) and ${inUnit('u.unit_id')} order by u.name limit 300`.execute(ctx.db)
    const now = ctx.now(), etas = await foreseeSteps(ctx, cards.map(c => c.task_id))
    const shown = await Promise.all(cards.map(async c => ({
      id: c.id, taskId: c.task_id, number: c.number, title: c.model ?? '', customer: c.customer, nodeId: c.node_id, stage: c.name, state: c.state, role: c.role, ownerId: c.owner_id, ownerName: c.owner, unitId: c.unit_id, repeatDays: c.repeat_days, lawRights: c.law_rights ?? [], enteredAt: c.entered_at, dueAt: c.due_at,
      lateness: latenessOf({ dueAt: c.due_at, warnAt: c.warn_at, state: c.state, late: null }, now), minutes: Math.round(await minutesUsed(ctx, c.clock ?? 'business', c.entered_at, now, c.pauses)), pausedFor: c.state === 'paused' ? c.pauses.at(-1)?.reason ?? null : null, eta: etas.get(c.task_id) ?? null,
    })))
    const order = await laneOrder(ctx)
    for (const c of shown) if (!order.has(c.nodeId)) order.set(c.nodeId, c.stage)
    const roles = new Set(shown.map(c => c.role).concat(['receptionist', 'inspector', 'engineer', 'qc']))
    const { figures, byOwner } = await countOpen(ctx, sql`${inUnit('s.unit_id')} and ${visible(ctx, entity, 't', 'board')!}`)
    const workers = people.filter(p => p.roles.some(r => roles.has(r)) || byOwner.has(p.id)).map(p => {
      const current = shown.filter(c => c.ownerId === p.id)
      const { open, late } = byOwner.get(p.id) ?? { open: 0, late: 0 }
      return { userId: p.id, name: p.name, unitName: p.unit, roles: p.roles, open, late, doneToday: p.done, onTimeRate: onTimeRate(p.done - p.done_late, p.done, late), current: current.map(c => ({ id: c.id, number: c.number, stage: c.stage, lateness: c.lateness, minutes: c.minutes })) }
    })
    const { rows: alarms } = ctx.access.grants.has('alarm:read') ? await sql`select a.id, a.kind, a.title, a.stage, case when a.entity = 'serviceRequest' then a.record_id end as "recordId", a.raised_at as "raisedAt", a.level from alarm a where a.tenant_id = ${ctx.tenant.id} and a.closed_at is null and ${inUnit('a.unit_id')} order by a.raised_at desc limit 50`.execute(ctx.db) : { rows: [] }
    const done = people.reduce((n, p) => n + p.done, 0), doneLate = people.reduce((n, p) => n + p.done_late, 0)
    return {
      unit, at: now, truncated: cards.length === MAX_CARDS,
      likely: shown.filter(c => c.eta?.likely).length, lanes: [...order].map(([nodeId, name]) => ({ nodeId, name, cards: shown.filter(c => c.nodeId === nodeId) })),
      people: workers, alarms,
      totals: { ...figures, doneToday: done, onTimeRate: onTimeRate(done - doneLate, done, figures.late) },
    }
  },
})

interface Figures { open: number; late: number; warn: number; paused: number; pool: number }

/** What is open, in all and by person: counted over every row, also where the board shows only the most urgent. */
async function countOpen(ctx: Ctx, where: ReturnType<typeof sql>): Promise<{ figures: Figures; byOwner: Map<string, Figures> }> {
  const now = ctx.now()
  const { rows } = await sql<Figures & { owner: string | null }>`
    select s.assignee_id as owner, count(*)::int as open, (count(*) filter (where s.state <> 'paused' and s.due_at < ${now}))::int as late, (count(*) filter (where s.state <> 'paused' and s.due_at >= ${now} and s.warn_at <= ${now}))::int as warn,
      (count(*) filter (where s.state = 'paused'))::int as paused, (count(*) filter (where s.state = 'waiting' and s.assignee_id is null))::int as pool
    from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id and i.entity = 'serviceRequest' and i.started_by is null join service_request t on t.tenant_id = s.tenant_id and t.id = i.record_id
    where s.tenant_id = ${ctx.tenant.id} and s.kind = 'user' and s.state in ('waiting','active','paused') and ${where} group by s.assignee_id`.execute(ctx.db)
  const sum = (k: keyof Figures): number => rows.reduce((n, r) => n + r[k], 0)
  return { figures: { open: sum('open'), late: sum('late'), warn: sum('warn'), paused: sum('paused'), pool: sum('pool') }, byOwner: new Map(rows.flatMap(({ owner, ...f }) => (owner ? [[owner, f] as const] : []))) }
}

/** Lanes in the order of the standard process; stages of other processes follow as they occur. */
async function laneOrder(ctx: Ctx): Promise<Map<string, string>> {
  const definition = await definitionByKey(ctx, 'repair').catch(() => null)
  return new Map((definition?.process ? plannedPath(definition.process, {}) : []).filter(p => !p.end).map(p => [p.nodeId, p.name]))
}
