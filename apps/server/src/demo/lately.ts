import { storeMany, type Ctx, type NewRow } from '@quancheng/kernel'
import { DAY_MS, type DemoWorld } from './world.ts'

/** A request of the last weeks as the tables have it now, with who finished which of its stages when. */
export interface Lately { id: string; number: string; stage: string; unitId: string; lineId: string; model: string | null; customerId: string | null; phone: string | null; startedAt: Date; endedAt: Date | null; amount: string | null; fault: string | null; steps: Partial<Record<string, { id: string; at: Date; by: string | null; outcome: string | null }>> }

/** What came to the stations in so many days, and what was collected in them; asked for once and shared by the parts that follow. */
export const lately = async (ctx: Ctx, w: DemoWorld, days: number): Promise<Lately[]> => ctx.query<Lately & Record<string, unknown>>(
  `select t.id, t.number, t.stage, t.unit_id as "unitId", t.product_line_id as "lineId", t.model, t.customer_id as "customerId", t.phone, t.started_at as "startedAt", t.ended_at as "endedAt", t.quoted_amount as amount, t.fault_code as fault, x.steps
   from service_request t join process_instance i on i.tenant_id = t.tenant_id and i.entity = 'serviceRequest' and i.record_id = t.id and i.started_by is null
   cross join lateral (select coalesce(jsonb_object_agg(s.node_id, jsonb_build_object('id', s.id, 'at', s.finished_at, 'by', s.finished_by, 'outcome', s.outcome)), '{}') as steps from process_step s where s.tenant_id = t.tenant_id and s.instance_id = i.id and s.state = 'done') x
   where t.tenant_id = $1 and (t.started_at > $2 or t.ended_at > $2) order by t.started_at, t.id`, [ctx.tenant.id, new Date(w.now.getTime() - days * DAY_MS)])

/** Steps come back as JSON: their times are texts there. */
export const finished = (q: Lately, node: string): Date | null => { const at = q.steps[node]?.at; return at ? new Date(at) : null }

const minutes = (from: Date, n: number): Date => new Date(from.getTime() + n * 60_000)
const WORDS: Readonly<Record<number, readonly string[]>> = {
  5: ['修得快，讲得清楚', '师傅很专业', '比说好的早了半天', '前台态度好，下次还来', '数据都还在，谢谢', '机器擦得很干净'], 4: ['整体不错', '停车不太方便', '价格合理'], 3: ['等的时间有点长', '一般', '修好了，就是电话难打'],
  2: ['说好的时间没有做到', '同样的毛病第二次来了', '报价比上次高'], 1: ['跑了三趟才修好', '没有人主动联系我'],
}
const TAGS: Readonly<Record<number, readonly string[]>> = { 5: ['attitude', 'quality', 'speed', 'clear'], 4: ['quality', 'attitude', 'price'], 3: ['speed', 'price', 'place'], 2: ['speed', 'price'], 1: ['speed', 'attitude', 'quality'] }
/** Stations differ, and so do lines of work: figures that are the same everywhere teach nothing. */
const SCORES = [{ 5: 58, 4: 27, 3: 9, 2: 4, 1: 2 }, { 5: 49, 4: 30, 3: 12, 2: 6, 1: 3 }, { 5: 63, 4: 25, 3: 8, 2: 3, 1: 1 }] as const

/** What customers said of what they collected: some four in ten answer, mostly on the same evening. */
export async function storeAnswers(ctx: Ctx, w: DemoWorld, all: readonly Lately[]): Promise<void> {
  const r = w.random('answers'), stations = w.plan.units.filter(u => u.kind === 'station').map(u => w.units[u.code]!)
  const rows: NewRow[] = []
  for (const q of all) {
    if (q.stage !== 'collected' || !q.endedAt || !r.chance(0.38)) continue
    const at = minutes(q.endedAt, r.chance(0.7) ? r.int(8, 300) : r.int(300, 4000)), score = Number(r.weighted(SCORES[Math.max(0, stations.indexOf(q.unitId)) % SCORES.length]!))
    if (at > w.now) continue
    const words = r.chance(score > 3 ? 0.25 : 0.7) ? r.pick(WORDS[score]!) : null, tags = r.chance(0.6) ? [r.pick(TAGS[score]!)] : []
    rows.push({ id: r.id(at), at, by: null, draft: { requestId: q.id, score, tags, words, unitId: q.unitId, personId: q.steps.repair?.by ?? q.steps.pickup?.by ?? null, productLineId: q.lineId, model: q.model, customerId: q.customerId, answeredAt: at } })
  }
  await storeMany(ctx, ctx.entities.get('surveyAnswer'), rows)
}

/** The calls that the counter made, and the estimates that customers saw, of the last days. */
export async function storeTries(ctx: Ctx, w: DemoWorld, all: readonly Lately[]): Promise<void> {
  const r = w.random('tries'), since = w.now.getTime() - 6 * DAY_MS
  const tries: NewRow[] = [], estimates: NewRow[] = []
  for (const q of all) {
    const ready = finished(q, 'quality'), quoted = finished(q, 'quote'), clerk = q.steps.reception?.by ?? null
    if (ready && ready.getTime() > since) {
      if (r.chance(0.2)) tries.push({ id: r.id(minutes(ready, 4)), at: minutes(ready, 4), by: clerk, draft: { requestId: q.id, channel: 'call', succeeded: false, note: '无人接听' } })
      const at = minutes(ready, r.int(6, 40))
      if (at <= w.now) tries.push({ id: r.id(at), at, by: clerk, draft: { requestId: q.id, channel: r.chance(0.8) ? 'call' : 'sms', succeeded: true, note: '已告知可以取机' } })
    }
    const step = q.steps.quote ?? null, asked = q.stage === 'quote' ? finished(q, 'inspect') : quoted
    if (!asked || asked.getTime() < since || (!q.amount && q.stage !== 'quote') || r.chance(0.3)) continue
    const total = q.amount ?? `${r.int(12, 60) * 10}.00`, labour = Math.min(Number(total), r.int(6, 16) * 10), rest = Number(total) - labour, open = q.stage === 'quote'
    const [current] = open ? await ctx.query<{ id: string }>("select s.id from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and i.record_id = $2 and s.node_id = 'quote' and s.state <> 'done'", [ctx.tenant.id, q.id]) : []
    const stepId = open ? current?.id : step?.id, declined = step?.outcome === 'decline', at = minutes(asked, open ? 12 : -r.int(20, 70))
    if (!stepId || at > w.now) continue
    const line = (name: string, amount: number) => ({ name, quantity: 1, price: amount.toFixed(2), amount: amount.toFixed(2) })
    estimates.push({ id: r.id(at), at, by: clerk, draft: { requestId: q.id, stepId, lines: [line('检修工时', labour), ...(rest > 0 ? [line('配件', rest)] : [])], total, state: open ? 'open' : declined ? 'declined' : 'accepted', ...(open ? {} : { answeredAt: asked, answeredBy: '客户', ...(declined ? { reason: '价格超出预期' } : {}) }) } })
  }
  await storeMany(ctx, ctx.entities.get('contactAttempt'), tries)
  await storeMany(ctx, ctx.entities.get('estimate'), estimates)
}

/** The numbers that were called on the last day on which somebody came, as the screen on the wall shows them. */
export async function storeCalls(ctx: Ctx, w: DemoWorld, all: readonly Lately[]): Promise<void> {
  const r = w.random('calls')
  const rows: NewRow[] = []
  for (const unitId of new Set(all.map(q => q.unitId))) {
    const called = all.filter(q => q.unitId === unitId && finished(q, 'waiting')), last = called.at(-1)?.startedAt
    const clerks = w.people.filter(p => p.unitId === unitId && p.post === 'receptionist').map(p => p.userId)
    for (const q of called) {
      if (q.startedAt.getTime() < last!.getTime() - 14 * 3_600_000) continue
      const at = minutes(finished(q, 'waiting')!, -1), by = q.steps.waiting?.by ?? null
      rows.push({ id: r.id(at), at, by, draft: { requestId: q.id, unitId, number: q.number, counter: String(Math.max(0, clerks.indexOf(by ?? '')) + 1), state: 'calling', times: r.chance(0.1) ? 2 : 1, calledAt: at } })
    }
  }
  await storeMany(ctx, ctx.entities.get('queueCall'), rows)
}
