import { lock, read, type Ctx } from '@quancheng/kernel'
import { clean, fenOf, orderLines, type OrderDocument, type OrderLine } from '@quancheng/paper'
import { lastEstimate } from '../store/estimates.ts'
import { requestFacts, wallText } from './facts.ts'

interface Step { name: string; who: string | null; begun: Date; finished: Date | null; minutes: string | null }

/** Standing in the queue is no activity of anybody's. */
const QUEUE = 'waiting'

/**
 * 维修单 of a request from its record and its course: what was done, by whom and when, what it costs (SP-13). For who may print it; what a role
 * may not see of the customer is hidden as on the screen.
 */
export async function repairOrder(ctx: Ctx, id: string, origin: string | null): Promise<OrderDocument> {
  const entity = ctx.entities.get('serviceRequest')
  await lock(ctx, entity, id, 'print', { forUpdate: false })
  const seen = await read(ctx, entity, id)
  const f = await requestFacts(ctx, id, origin), text = (name: string): string => (typeof seen[name] === 'string' ? clean(seen[name]) : '')
  const lines = await linesOf(ctx, id, text('quotedAmount'))
  const steps = await ctx.query<Step>(
    `select s.name, u.name as who, s.entered_at as begun, s.finished_at as finished, s.minutes from process_step s
     join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id left join "user" u on u.tenant_id = s.tenant_id and u.id = coalesce(s.finished_by, s.assignee_id)
     where s.tenant_id = $1 and i.entity = 'serviceRequest' and i.record_id = $2 and i.started_by is null and s.kind = 'user' and s.state <> 'cancelled' and s.node_id <> $3 and (s.started_at is not null or s.finished_at is not null) order by s.seq`, [ctx.tenant.id, id, QUEUE])
  return {
    company: f.words.company, title: '维修单', number: f.number, qr: f.link, site: f.site,
    facts: ([['客户', text('customerName')], ['电话', text('phone')], ['设备', f.model], ['序列号', f.serialNo], ['送修时间', f.takenAt], ['办结时间', f.endedAt], ['外观', f.appearance], ['随机配件', f.accessories], ['故障', f.fault], ['检验结论', f.inspection], ['维修措施', f.repair]] as const).filter(([, value]) => value !== ''),
    activities: steps.map(s => ({ name: s.name, who: s.who ?? '', from: wallText(ctx, s.begun), to: wallText(ctx, s.finished), minutes: s.minutes === null ? '' : String(Math.round(Number(s.minutes))) })),
    lines, terms: f.words.orderTerms, signatures: ['客户签字', '维修工程师', '接待员'], made: [wallText(ctx, ctx.now()), ctx.user?.name ?? ''].filter(Boolean).join(' '),
  }
}

/** The lines that a module keeps (配件); else those of the estimate that the customer said yes to; else the quoted amount is the one line. */
async function linesOf(ctx: Ctx, id: string, quoted: string): Promise<OrderLine[]> {
  const kept = await orderLines(ctx, 'serviceRequest', id)
  if (kept.length) return kept.map(l => ({ ...l, name: clean(l.name) }))
  const estimate = await lastEstimate(ctx, id)
  if (estimate?.state === 'accepted') return estimate.lines.map(l => ({ name: clean(l.name), qty: String(l.quantity), unitPrice: twoPlaces(l.price), amount: twoPlaces(l.amount) }))
  return quoted ? [{ name: '维修费（按报价）', qty: '1', unitPrice: twoPlaces(quoted), amount: twoPlaces(quoted) }] : []
}

const twoPlaces = (yuan: string): string => { const fen = fenOf(yuan); return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}` }
