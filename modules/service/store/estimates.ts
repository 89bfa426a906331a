import { dayOf, type Ctx } from '@quancheng/kernel'
import type { EstimateLine } from '../entities/estimate.ts'

export interface EstimateRow { id: string; request_id: string; step_id: string; state: string; lines: EstimateLine[]; total: string; valid_until: string | null; note: string | null; answered_at: Date | null; answered_by: string | null; answered_how: string | null; step_state: string | null }

/** The last estimate of a request, with the state of the step that it belongs to. */
export const lastEstimate = async (ctx: Ctx, requestId: string): Promise<EstimateRow | null> => (await ctx.query<EstimateRow & Record<string, unknown>>(
  `select e.id, e.request_id, e.step_id, e.state, e.lines, e.total::text as total, e.valid_until::text as valid_until, e.note, e.answered_at, e.answered_by, e.answered_how, s.state as step_state
   from estimate e left join process_step s on s.tenant_id = e.tenant_id and s.id = e.step_id::uuid where e.tenant_id = $1 and e.request_id = $2 order by e.created_at desc, e.id desc limit 1`, [ctx.tenant.id, requestId]))[0] ?? null

const LIVE = new Set(['waiting', 'active', 'paused'])
export const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)

export const expired = (ctx: Ctx, e: EstimateRow): boolean => e.valid_until !== null && e.valid_until < today(ctx)
/** May the customer answer it now? The step must still be open: an answer over the counter closes it too. */
export const answerable = (ctx: Ctx, e: EstimateRow): boolean => e.state === 'open' && LIVE.has(e.step_state ?? '') && !expired(ctx, e)

/** What the customer's page shows of it. */
export const estimateShown = (ctx: Ctx, e: EstimateRow) => ({
  id: e.id, lines: e.lines, total: e.total, validUntil: e.valid_until, note: e.note, answeredAt: e.answered_at, open: answerable(ctx, e),
  state: e.state === 'open' && !LIVE.has(e.step_state ?? '') ? 'closed' : e.state === 'open' && expired(ctx, e) ? 'expired' : e.state,
})
