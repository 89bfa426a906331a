import { AppError, defineAction, elevated, fail, lock, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { completeStep, resume, save } from '@quancheng/process'
import { z } from 'zod'
import { TRACK_TRIES, TRACK_WINDOW_MINUTES } from '../rules/limits.ts'
import { addUp } from '../rules/estimate.ts'
import { CODE_LIMIT } from './track.ts'
import { BY_CUSTOMER } from '../store/answered.ts'
import { answerable, estimateShown, expired, lastEstimate, today } from '../store/estimates.ts'

const PRICE = z.string().trim().regex(/^\d{1,9}(\.\d{1,2})?$/, '金额最多两位小数')
const LINE = z.object({ name: z.string().trim().min(1).max(80), quantity: z.coerce.number().int().min(1).max(999), price: PRICE })

/** The step in which a price is named, while it is open. */
const quoteStep = async (ctx: Ctx, requestId: string): Promise<{ id: string; state: string } | undefined> => (await ctx.query<{ id: string; state: string }>(
  `select s.id, s.state from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
   where s.tenant_id = $1 and i.entity = 'serviceRequest' and i.record_id = $2 and i.started_by is null and s.node_id = 'quote' and s.kind = 'user' and s.state in ('waiting','active','paused') order by s.seq desc limit 1`, [ctx.tenant.id, requestId]))[0]

/** Writes the estimate of a request in 报价. The customer is told by whoever listens; what was written before is replaced, not changed. */
export const saveEstimate = defineAction({
  name: 'saveEstimate', label: ['写报价单', 'Write an estimate'], method: 'POST', path: '/api/service-requests/:id/estimate', permission: 'serviceRequest:move', status: 201,
  input: z.object({ id: z.uuid(), lines: z.array(LINE).min(1).max(50), validUntil: z.iso.date().nullish(), note: z.string().trim().max(500).nullish() }),
  async run(ctx, input) {
    const step = await quoteStep(ctx, input.id)
    if (!step) return fail('ESTIMATE_NO_QUOTE')
    if (input.validUntil && input.validUntil < today(ctx)) return fail('ESTIMATE_DATE')
    const { lines, total } = addUp(input.lines)
    // the guards of the step itself: only who may do it names the price; a price of the record is the estimate's sum
    await save(ctx, step.id, { quotedAmount: total })
    const sys = elevated(ctx, '报价'), entity = ctx.entities.get('estimate')
    for (const { id } of await ctx.query<{ id: string }>("select id from estimate where tenant_id = $1 and request_id = $2 and state = 'open' for update", [ctx.tenant.id, input.id])) await storeChange(sys, entity, id, { state: 'replaced' })
    const row = await storeNew(sys, entity, { requestId: input.id, stepId: step.id, lines, total, validUntil: input.validUntil ?? null, note: input.note ?? null, state: 'open' })
    return { id: row.id, total, lines }
  },
})

export const estimateOf = defineAction({
  name: 'estimate', label: ['报价单', 'Estimate'], method: 'GET', path: '/api/service-requests/:id/estimate', permission: 'serviceRequest:read', readOnly: true, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    await lock(ctx, ctx.entities.get('serviceRequest'), id, 'read', { forUpdate: false })
    const [e, step] = await Promise.all([lastEstimate(ctx, id), quoteStep(ctx, id)])
    return { quoting: Boolean(step), estimate: e ? { ...estimateShown(ctx, e), answeredBy: e.answered_by, answeredHow: e.answered_how } : null }
  },
})

const ANSWER = { estimateId: z.uuid(), answer: z.enum(['accept', 'decline']), reason: z.string().trim().max(500).optional() }
const answered = z.object(ANSWER)
interface Asked { id: string; customer_name: string | null }

/**
 * The customer's own answer, by the link that only they have or by the number and code of their voucher (SP-32). It finishes 报价 by the same road as
 * everybody: what must be filled in is (the amount is the estimate's, the page has explained it, the answer is this one). Asked again, or after the
 * counter was faster: 410.
 */
async function answer(ctx: Ctx, r: Asked, input: z.infer<typeof answered>, how: keyof typeof BY_CUSTOMER) {
  if (input.answer === 'decline' && !input.reason) return fail('ESTIMATE_REASON')
  // the case is held first, as by everybody who finishes a step: the counter and a second click wait here and find the answer
  await ctx.query("select 1 from process_instance where tenant_id = $1 and entity = 'serviceRequest' and record_id = $2 and ended_at is null order by id for update", [ctx.tenant.id, r.id])
  const e = await lastEstimate(ctx, r.id)
  if (!e) return fail('ESTIMATE_CLOSED')
  // what they say yes to is what they saw
  if (e.id !== input.estimateId) return fail(e.state === 'open' ? 'ESTIMATE_OTHER' : 'ESTIMATE_CLOSED')
  if (!answerable(ctx, e)) return fail(expired(ctx, e) && e.state === 'open' ? 'ESTIMATE_EXPIRED' : 'ESTIMATE_CLOSED')
  const by = `客户${r.customer_name ? ` ${r.customer_name}` : ''}`.slice(0, 60), accept = input.answer === 'accept'
  const reason = BY_CUSTOMER[how], sys: Ctx = { ...elevated({ ...ctx, user: null }, reason), reason }
  try {
    if (e.step_state === 'paused') await resume(sys, e.step_id)
    await completeStep(sys, e.step_id, { outcome: accept ? 'agree' : 'decline', fields: { quotedAmount: e.total, customerAnswer: accept ? 'agreed' : 'declined' }, ticked: ['explained', 'recorded'], ...(accept ? {} : { comment: `${by}：${input.reason!}` }) })
  } catch (error) {
    if (error instanceof AppError && ['TASK_DONE', 'TASK_NOT_PAUSED', 'NOT_FOUND'].includes(error.code)) return fail('ESTIMATE_CLOSED')
    throw error
  }
  await ctx.query("update process_step set data = data || jsonb_build_object('actor', $3::text) where tenant_id = $1 and id = $2", [ctx.tenant.id, e.step_id, by])
  await storeChange(sys, ctx.entities.get('estimate'), e.id, { state: accept ? 'accepted' : 'declined', answeredAt: ctx.now(), answeredBy: by, answeredHow: 'customer', reason: input.reason ?? null })
  return { state: accept ? 'accepted' : 'declined', at: ctx.now() }
}

export const answerEstimate = defineAction({
  name: 'answerEstimate', label: ['客户答复报价', 'Answer an estimate'], method: 'POST', path: '/api/public/track/:token/estimate', relay: true, permission: 'public', status: 200, tries: { name: 'track', max: TRACK_TRIES, minutes: TRACK_WINDOW_MINUTES, count: 'failed' },
  input: z.object({ token: z.string().max(40), ...ANSWER }),
  async run(ctx, input) {
    const [r] = await ctx.query<Asked & Record<string, unknown>>('select id, customer_name from service_request where tenant_id = $1 and track_token = $2', [ctx.tenant.id, input.token])
    return r ? answer(ctx, r, input, 'link') : fail('TRACK_NOT_FOUND')
  },
})

/** Who has the number and the code has the voucher: the same person as who has its QR code. */
export const answerEstimateByCode = defineAction({
  name: 'answerEstimateByCode', label: ['客户凭查询码答复报价', 'Answer an estimate by code'], method: 'POST', path: '/api/public/track/estimate', relay: true, permission: 'public', status: 200, tries: CODE_LIMIT,
  input: z.object({ number: z.string().trim().min(1).max(60), code: z.string().trim().min(1).max(8), ...ANSWER }),
  async run(ctx, input) {
    const [r] = await ctx.query<Asked & { track_code: string }>('select id, customer_name, track_code from service_request where tenant_id = $1 and number = $2', [ctx.tenant.id, input.number.toUpperCase()])
    return r && r.track_code === input.code ? answer(ctx, r, input, 'code') : fail('TRACK_NOT_FOUND')
  },
})
