import { fail, type Ctx } from '@quancheng/kernel'
import { missingAnswers } from '@quancheng/sales'

/** No prices before the customer's checklist says what has to be known (SA-21). The system is asked nothing. */
export async function requireAnswers(ctx: Ctx, customerId: string): Promise<void> {
  if (ctx.access.system) return
  const missing = await missingAnswers(ctx, customerId, 'pricing')
  if (missing.length) fail('QUOTE_MISSING_ANSWERS', { missing, names: missing.join('、') })
}
