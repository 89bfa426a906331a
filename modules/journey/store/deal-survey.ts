import { elevated, fail, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import { pageLink, tellInOwnWords, tellsOf } from '@quancheng/notices'
import { holdersAbove } from '@quancheng/process'
import { mayTell } from './care-message.ts'

/** A customer who orders every week is not asked every week. */
const REST_DAYS = 30
/** So long the link takes an answer. */
export const OPEN_DAYS = 30
/** So few points and somebody calls back, within a working day. */
const FOLLOW_UP_TO = 2, FOLLOW_UP_MINUTES = 450
const DAY_MS = 86_400_000

interface Order { number: string; state: string; customer_id: string; name: string; unit_id: string; owner_id: string | null; line: string | null }

/** An order was delivered in full: its customer is asked how it went, where the company asks at all, once an order and not again within a month. */
export async function askAfterDeal(ctx: Ctx, orderId: string): Promise<void> {
  const [o] = await ctx.query<Order & Record<string, unknown>>(
    `select o.number, o.state, o.customer_id, c.name, o.unit_id, o.owner_id, (select p.product_line_id from order_line l join product p on p.tenant_id = l.tenant_id and p.id = l.product_id where l.tenant_id = o.tenant_id and l.order_id = o.id order by l.amount desc, l.id limit 1) as line
     from sales_order o join customer c on c.tenant_id = o.tenant_id and c.id = o.customer_id where o.tenant_id = $1 and o.id = $2 for update of c`, [ctx.tenant.id, orderId])
  if (o?.state !== 'done' || !(await tellsOf(ctx, 'survey'))) return
  const [asked] = await ctx.query('select 1 from deal_survey where tenant_id = $1 and (order_id = $2 or (customer_id = $3 and asked_at > $4)) limit 1', [ctx.tenant.id, orderId, o.customer_id, new Date(ctx.now().getTime() - REST_DAYS * DAY_MS)])
  if (asked) return
  const sys = elevated(ctx, '成交评价'), entity = ctx.entities.get('dealSurvey')
  const row = await storeNew(sys, entity, { orderId, orderNumber: o.number, customerId: o.customer_id, unitId: o.unit_id, personId: o.owner_id, productLineId: o.line, askedAt: ctx.now() })
  const told = await tellInOwnWords(ctx, {
    event: 'survey', occasion: `order/${orderId}`, customerId: o.customer_id, unitId: o.unit_id, by: 'usual', subject: `订单${o.number}您满意吗`, text: `${o.name}您好，订单${o.number}已经交付，这次合作您满意吗？一分钟评价：${pageLink(`/deal/${row.token as string}`)}`,
    may: kind => mayTell(ctx, o.customer_id, 'service', kind),
  })
  if ('id' in told) await storeChange(sys, entity, row.id as string, { noticeId: told.id })
}

export interface Asked { id: string; number: string; customer: string; unitId: string; personId: string | null; customerId: string; score: number | null; over: boolean }

/** Whose link it is. DEAL_SURVEY_LINK for one that leads nowhere. */
export async function askedBy(ctx: Ctx, token: string, lock = false): Promise<Asked> {
  const [r] = await ctx.query<Asked & { at: Date } & Record<string, unknown>>(
    `select s.id, s.order_number as number, c.name as customer, s.unit_id as "unitId", s.person_id as "personId", s.customer_id as "customerId", s.score, s.asked_at as at from deal_survey s join customer c on c.tenant_id = s.tenant_id and c.id = s.customer_id where s.tenant_id = $1 and s.token = $2${lock ? ' for update of s' : ''}`, [ctx.tenant.id, token])
  return r ? { ...r, over: ctx.now().getTime() - r.at.getTime() > OPEN_DAYS * DAY_MS } : fail('DEAL_SURVEY_LINK')
}

/** The answer, once; a bad one becomes a to-do of the head of the block, or of whoever sold. */
export async function answerDeal(ctx: Ctx, token: string, a: { score: number; tags?: readonly string[] | undefined; words?: string | undefined }): Promise<void> {
  const s = await askedBy(ctx, token, true)
  if (s.score !== null) fail('DEAL_SURVEY_ANSWERED')
  if (s.over) fail('DEAL_SURVEY_OVER', { days: OPEN_DAYS })
  const sys = elevated(ctx, '客户评价')
  await storeChange(sys, ctx.entities.get('dealSurvey'), s.id, { score: a.score, tags: [...new Set(a.tags)], words: a.words?.trim() || null, answeredAt: ctx.now() })
  if (a.score > FOLLOW_UP_TO) return
  const toId = (await holdersAbove(sys, s.unitId, 'blockLead'))[0] ?? s.personId
  if (toId) await openTodo(sys, { title: `回访：订单 ${s.number} 客户评 ${a.score} 分`, details: a.words?.trim() || null, toId, minutes: FOLLOW_UP_MINUTES, unitId: s.unitId, about: { entity: 'customer', recordId: s.customerId, label: `客户 ${s.customer}` }, source: '成交评价' })
}
