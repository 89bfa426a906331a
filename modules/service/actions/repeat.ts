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
    const by = (what: 'unit' | 'engineer') => count(ctx, what, { unitId: q.unitId ?? null, start, end })
    const line = (c: Counted, filter: Record<string, unknown>) => ({ id: c.id, name: c.name, collected: c.collected, repeats: c.repeats, rate: repeatRate(c.repeats, c.collected), filter: { ...filter, 'repeatOfId.endedAt': { gte: start, lt: end } } })
    const [units, engineers] = [await by('unit'), await by('engineer')]
    const sum = (k: 'collected' | 'repeats') => units.reduce((n, u) => n + u[k], 0)
    return {
      from, to, days: REPEAT_DAYS, total: { collected: sum('collected'), repeats: sum('repeats'), rate: repeatRate(sum('repeats'), sum('collected')) },
      units: units.map(c => line(c, { 'repeatOfId.unitId': c.id })), engineers: engineers.filter(c => c.id).map(c => line(c, { repeatEngineerId: c.id })),
    }
  },
})

async function count(ctx: Ctx, by: 'unit' | 'engineer', o: { unitId: string | null; start: Date; end: Date }): Promise<Counted[]> {
  const scope = visible(ctx, ctx.entities.get('serviceRequest'), 't', 'rollup')!
  const of = by === 'unit' ? sql`t.unit_id` : sql`(select s.finished_by from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
    where i.tenant_id = t.tenant_id and i.entity = 'serviceRequest' and i.record_id = t.id and i.started_by is null and s.node_id = 'repair' and s.state = 'done' order by s.finished_at desc limit 1)`
  const inUnit = o.unitId ? sql`and exists (select 1 from unit_closure c where c.tenant_id = t.tenant_id and c.ancestor_id = ${o.unitId} and c.descendant_id = t.unit_id)` : sql``
  const { rows } = await sql<Counted>`
    select x.who as id, ${by === 'unit' ? sql`(select name from unit where tenant_id = ${ctx.tenant.id} and id = x.who)` : sql`(select name from "user" where tenant_id = ${ctx.tenant.id} and id = x.who)`} as name, count(*)::int as collected, count(*) filter (where x.back)::int as repeats
    from (select ${of} as who, exists (select 1 from service_request b where b.tenant_id = t.tenant_id and b.repeat_of_id = t.id) as back
          from service_request t where ${scope} and t.stage = 'collected' and t.ended_at >= ${o.start} and t.ended_at < ${o.end} ${inUnit}) x
    group by x.who order by 4 desc, 3 desc limit 300`.execute(ctx.db)
  return rows
}
