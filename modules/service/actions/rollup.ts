import { defineAction, fail, requireInUnit, visible } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { onTimeRate } from '../rules/on-time.ts'

interface Line { id: string; code: string; name: string; kind: string; open: number; late: number; warn: number; done: number; done_late: number; ended: number; median: number | null; taken: number }

/**
 * The units below one, each with what lies in its whole subtree: open, late, warned, done today. A figure carries the filter that lists its
 * rows; the total of a level is the sum of its lines (SP-19).
 */
export const rollup = defineAction({
  name: 'rollup', label: ['单位汇总', 'Roll-up'], method: 'GET', path: '/api/service/rollup', permission: 'serviceRequest:rollup', readOnly: true, input: z.object({ unitId: z.uuid().optional() }),
  async run(ctx, q) {
    const scopes = ctx.access.grants.get('serviceRequest:rollup')
    const [top] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 and parent_id is null order by position, code limit 1', [ctx.tenant.id])
    const unitId = q.unitId ?? (scopes?.has('all') ? top?.id : scopes?.has('region') ? ctx.access.regionId ?? ctx.user!.unitId : ctx.user!.unitId) ?? fail('NOT_FOUND', {})
    await requireInUnit(ctx, 'serviceRequest:rollup', unitId)
    const scope = visible(ctx, ctx.entities.get('serviceRequest'), 't', 'rollup')!
    const today = sql`(date_trunc('day', ${ctx.now()}::timestamptz at time zone ${ctx.tenant.timeZone}) at time zone ${ctx.tenant.timeZone})`
    const { rows } = await sql<Line>`
      select u.id, u.code, u.name, u.kind, coalesce(o.open, 0)::int as open, coalesce(o.late, 0)::int as late, coalesce(o.warn, 0)::int as warn, coalesce(d.done, 0)::int as done, coalesce(d.done_late, 0)::int as done_late,
        coalesce(e.ended, 0)::int as ended, e.median, coalesce(e.taken, 0)::int as taken
      from unit u
      left join lateral (
        select count(*) as open, count(*) filter (where s.state <> 'paused' and s.due_at < ${ctx.now()}) as late, count(*) filter (where s.state <> 'paused' and s.due_at >= ${ctx.now()} and s.warn_at <= ${ctx.now()}) as warn
        from unit_closure c join process_step s on s.tenant_id = c.tenant_id and s.unit_id = c.descendant_id and s.kind = 'user' and s.state in ('waiting','active','paused')
        join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id and i.entity = 'serviceRequest' and i.started_by is null join service_request t on t.tenant_id = i.tenant_id and t.id = i.record_id
        where c.tenant_id = u.tenant_id and c.ancestor_id = u.id and ${scope}) o on true
      left join lateral (
        select count(*) as done, count(*) filter (where s.late) as done_late from unit_closure c join process_step s on s.tenant_id = c.tenant_id and s.unit_id = c.descendant_id and s.state = 'done' and s.kind = 'user' and s.role is not null and s.finished_at >= ${today}
        where c.tenant_id = u.tenant_id and c.ancestor_id = u.id) d on true
      left join lateral (
        select count(*) filter (where t.ended_at >= ${today}) as ended, count(*) filter (where t.started_at >= ${today}) as taken,
          percentile_cont(0.5) within group (order by extract(epoch from t.ended_at - t.started_at) / 60) filter (where t.ended_at >= ${ctx.now()}::timestamptz - interval '30 days') as median
        from unit_closure c join service_request t on t.tenant_id = c.tenant_id and t.unit_id = c.descendant_id
        where c.tenant_id = u.tenant_id and c.ancestor_id = u.id and ${scope} and (t.ended_at >= ${ctx.now()}::timestamptz - interval '30 days' or t.started_at >= ${today})) e on true
      where u.tenant_id = ${ctx.tenant.id} and u.parent_id = ${unitId} and not coalesce(u.off, false) and u.kind in ('group','hq','region','station') order by u.position, u.code`.execute(ctx.db)
    const [unit] = await ctx.query<{ id: string; code: string; name: string; kind: string; parent_id: string | null }>('select id, code, name, kind, parent_id from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, unitId])
    const lines = rows.map(r => ({
      unitId: r.id, code: r.code, name: r.name, kind: r.kind, open: r.open, late: r.late, warn: r.warn, takenToday: r.taken, endedToday: r.ended, doneToday: r.done,
      onTimeRate: onTimeRate(r.done - r.done_late, r.done, r.late), medianMinutes: r.median === null ? null : Math.round(Number(r.median)), filter: { unitId: { below: r.id }, endedAt: { isNull: true } },
    }))
    const sum = (k: 'open' | 'late' | 'warn' | 'takenToday' | 'endedToday' | 'doneToday'): number => lines.reduce((n, l) => n + l[k], 0)
    const late = rows.reduce((n, r) => n + r.late, 0), done = rows.reduce((n, r) => n + r.done, 0), doneLate = rows.reduce((n, r) => n + r.done_late, 0)
    return { unit: unit ? { id: unit.id, code: unit.code, name: unit.name, kind: unit.kind, parentId: unit.parent_id } : null, at: ctx.now(), lines, totals: { open: sum('open'), late: sum('late'), warn: sum('warn'), takenToday: sum('takenToday'), endedToday: sum('endedToday'), doneToday: sum('doneToday'), onTimeRate: onTimeRate(done - doneLate, done, late) } }
  },
})
