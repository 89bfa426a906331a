import { elevated, storeChange, type Ctx } from '@quancheng/kernel'
import type { StageChange } from './stages.ts'

/** What leaving 报价 says of the estimate that was still open. */
const SAID: Readonly<Record<string, 'accepted' | 'declined'>> = { repair: 'accepted', returned: 'declined', refused: 'declined' }

/** Why the step was finished, where the customer did it: so it stands in the record's history. */
export const BY_CUSTOMER = { link: '客户通过链接答复', code: '客户凭查询码答复' } as const

/**
 * The answer was given over the counter: the estimate says so too, with who wrote it down and when. The customer's own answer
 * writes itself; a request that goes elsewhere (转修, back to 检验) leaves an estimate that nobody can say yes to any more.
 */
export async function closeEstimate(ctx: Ctx, change: StageChange): Promise<void> {
  if (change.from !== 'quote' || Object.values<string | null | undefined>(BY_CUSTOMER).includes(ctx.reason)) return
  const open = await ctx.query<{ id: string; step_id: string }>("select id, step_id from estimate where tenant_id = $1 and request_id = $2 and state = 'open' for update", [ctx.tenant.id, change.id])
  for (const { id, step_id } of open) {
    const state = SAID[change.to] ?? 'dropped'
    const [step] = state === 'declined' ? await ctx.query<{ comment: string | null }>("select data->>'comment' as comment from process_step where tenant_id = $1 and id = $2", [ctx.tenant.id, step_id]) : []
    await storeChange(elevated(ctx, '在服务站答复报价'), ctx.entities.get('estimate'), id, state === 'dropped' ? { state } : { state, answeredAt: ctx.now(), answeredBy: ctx.user?.name.slice(0, 60) ?? null, answeredHow: 'counter', reason: step?.comment ?? null })
  }
}
