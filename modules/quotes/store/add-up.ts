import { elevated, storeChange, type Ctx } from '@quancheng/kernel'
import { dressLines } from './dress.ts'
import { linesOf } from './lines.ts'
import { sumsOf } from './sums.ts'

/** The quote's sums from its lines, after one of them has changed. */
export async function addUp(ctx: Ctx, quoteId: string): Promise<void> {
  const sys = elevated(ctx, '报价合计')
  const [q] = await ctx.query<{ customer_id: string; unit_id: string; discount: string | null }>('select customer_id, unit_id, discount::text as discount from quote where tenant_id = $1 and id = $2', [ctx.tenant.id, quoteId])
  if (!q) return
  const lines = await dressLines(sys, { id: quoteId, customerId: q.customer_id, unitId: q.unit_id, discount: q.discount }, await linesOf(ctx, quoteId))
  await storeChange(sys, ctx.entities.get('quote'), quoteId, sumsOf(lines, q.discount))
}
