import { defineAction, requireInUnit, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { REPEAT_DAYS, repeatRate, repeatText } from '../rules/repeat.ts'
import { repeatOf } from '../store/repeat.ts'

/** What the desk is told as soon as a serial number is typed: is this device back from a repair, wherever that was? (SP-28) */
export const deskRepeat = defineAction({
  name: 'deskRepeat', label: ['返修识别', 'Repeat repair'], method: 'GET', path: '/api/service/desk/repeat', permission: 'serviceRequest:takeNumber', readOnly: true,
  input: z.object({ serialNo: z.string().trim().min(1).max(40) }),
  async run(ctx, { serialNo }) {
    const was = await repeatOf(ctx, serialNo.toUpperCase(), ctx.now(), null)
    return { repeat: was ? { ...was, text: repeatText(was.days), labourPrice: '0.00' } : null }
  },
})

interface Counted { id: string | null; name: string | null; collected: number; repeats: number }

/** 返修率: of the repairs that were picked up in a span, how many came back within the days; by station and by who repaired. Each figure opens its rows. */
export const repeatRates = defineAction({
  name: 'repeatRates', label: ['返修率', 'Repeat rates'], method: 'GET', path: '/api/service/repeat-rates', permission: 'serviceRequest:rollup', readOnly: true,
  input: z.object({ unitId: z.uuid().optional(), from: z.iso.date().optional(), to: z.iso.date().optional() }),
  async run(ctx, q) {
    if (q.unitId) await requireInUnit(ctx, 'serviceRequest:rollup', q.unitId)
    const zone = ctx.tenant.timeZone
    const { rows: [span] } = await sql<{ from: string; to: string; start: Date; end: Date }>`
      select d.f::text as "from", d.t::text as "to", (d.f::timestamp at time zone ${zone}) as start, ((d.t + 1)::timestamp at time zone ${zone}) as end
      from (select coalesce(${q.from ?? null}::date, (${ctx.now()}::timestamptz at time zone ${zone})::date - 89) as f, coalesce(${q.to ?? null}::date, (${ctx.now()}::timestamptz at time zone ${zone})::date) as t) d`.execute(ctx.db)
    const { from, to, start, end } = span!
    const line = (c: Counted, filter: Record<string, unknown>) => ({ id: c.id, name: c.name, collected: c.collected, repeats: c.repeats, rate: repeatRate(c.repeats, c.collected), filter: { ...filter, 'repeatOfId.endedAt': { gte: start, lt: end } } })
    const { units, engineers } = await count(ctx, { unitId: q.unitId ?? null, start, end })
    const sum = (k: 'collected' | 'repeats') => units.reduce((n, u) => n + u[k], 0)
    return {
      from, to, days: REPEAT_DAYS, total: { collected: sum('collected'), repeats: sum('repeats'), rate: repeatRate(sum('repeats'), sum('collected')) },
      units: units.map(c => line(c, { 'repeatOfId.unitId': c.id })), engineers: engineers.filter(c => c.id).map(c => line(c, { repeatEngineerId: c.id })),
    }
  },
})

/**
 * Both tables from one statement that takes what was picked up as a set: who repaired it is joined, not looked up row by row, which at a million
 * requests touched ten times as many pages. A repeat of something picked up in the span came in after the span began, so only those are read.
 */
async function count(ctx: Ctx, o: { unitId: string | null; start: Date; end: Date }): Promise<{ units: Counted[]; engineers: Counted[] }> {
  const scope = visible(ctx, ctx.entities.get('serviceRequest'), 't', 'rollup')!, tenant = sql`${ctx.tenant.id}::uuid`
  const inUnit = o.unitId ? sql`and exists (select 1 from unit_closure c where c.tenant_id = t.tenant_id and c.ancestor_id = ${o.unitId} and c.descendant_id = t.unit_id)` : sql``
  const { rows } = await sql<Counted & { of: 'unit' | 'engineer' }>`
    with picked as materialized (select t.id, t.unit_id from service_request t where ${scope} and t.stage = 'collected' and t.ended_at >= ${o.start} and t.ended_at < ${o.end} ${inUnit}),
    back as (select distinct b.repeat_of_id as id from service_request b where b.tenant_id = ${tenant} and b.repeat_of_id is not null and b.started_at >= ${o.start}),
    repaired as (select distinct on (p.id) p.id, s.finished_by from picked p
      join process_instance i on i.tenant_id = ${tenant} and i.entity = 'serviceRequest' and i.record_id = p.id and i.started_by is null
      join process_step s on s.tenant_id = ${tenant} and s.instance_id = i.id and s.node_id = 'repair' and s.state = 'done' order by p.id, s.finished_at desc),
    counted as (select case when grouping(p.unit_id) = 0 then 'unit' else 'engineer' end as of, coalesce(p.unit_id, r.finished_by) as id, count(*)::int as collected, count(b.id)::int as repeats
      from picked p left join repaired r on r.id = p.id left join back b on b.id = p.id group by grouping sets ((p.unit_id), (r.finished_by)))
    select c.of, c.id, coalesce(u.name, e.name) as name, c.collected, c.repeats from counted c
    left join unit u on c.of = 'unit' and u.tenant_id = ${tenant} and u.id = c.id left join "user" e on c.of = 'engineer' and e.tenant_id = ${tenant} and e.id = c.id
    order by c.repeats desc, c.collected desc`.execute(ctx.db)
  const most = (of: 'unit' | 'engineer'): Counted[] => rows.filter(r => r.of === of).slice(0, SHOWN)
  return { units: most('unit'), engineers: most('engineer') }
}

const SHOWN = 300
