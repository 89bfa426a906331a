import { type Ctx, type OutboxEvent, type WatchedChange } from '@quancheng/kernel'
import { EVENT_OF_STAGE } from '../entities/kinds.ts'
import { aboutRequest, makeNotices } from './make.ts'
import { watchPromise } from './promise.ts'

/** A request has entered a stage, or an estimate is there. The version of the record names the occasion: told again, it is the same one. */
export async function onChange(ctx: Ctx, e: OutboxEvent & { change: WatchedChange }): Promise<void> {
  if (e.entity === 'estimate') return onEstimate(ctx, e.recordId)
  const about = await aboutRequest(ctx, e.recordId)
  if (!about) return
  const [was] = await ctx.query<{ stage: string | null }>("select payload->'after'->>'stage' as stage from audit where tenant_id = $1 and entity = 'serviceRequest' and record_id = $2 and seq = $3", [ctx.tenant.id, e.recordId, e.change.version])
  const event = EVENT_OF_STAGE[was?.stage ?? '']
  // what is over by now is not told any more
  if (event && about.stage === was?.stage) await makeNotices(ctx, about, { event, occasion: `${e.recordId}/${e.change.version}` })
  await watchPromise(ctx, about)
}

interface EstimateRow { request_id: string; total: string; valid_until: Date | string | null; state: string }

async function onEstimate(ctx: Ctx, id: string): Promise<void> {
  const [estimate] = await ctx.query<EstimateRow & Record<string, unknown>>('select request_id, total, valid_until::text as valid_until, state from estimate where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  const about = estimate?.state === 'open' ? await aboutRequest(ctx, estimate.request_id) : null
  if (about) await makeNotices(ctx, about, { event: 'quote', occasion: id, values: { 报价金额: `¥${Number(estimate!.total).toFixed(2)}`, 报价有效期: String(estimate!.valid_until ?? '') } })
}
