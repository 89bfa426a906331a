import { dayOf, fenOf, yuanOf, type Ctx } from '@quancheng/kernel'
import { overCredit, standingOf, type CreditAnswer, type Standing } from '../rules/credit.ts'
import { exposures, paymentRecords } from '../timeline/registry.ts'
import { survivorOf } from './merged.ts'

/** What the customer owes or will, of all modules that registered an exposure; decimal text in yuan. */
export async function openAmount(ctx: Ctx, customerId: string): Promise<{ total: string; parts: Array<{ key: string; label: string; amount: string }> }> {
  const ids = await idsOf(ctx, customerId), parts = []
  for (const e of exposures(ctx.runtime)) parts.push({ key: e.key, label: e.label[ctx.locale === 'en' ? 1 : 0], amount: await e.open(ctx, ids) })
  return { total: yuanOf(parts.reduce((n, p) => n + fenOf(p.amount), 0n)), parts }
}

/** The customer and those merged into it, whose late rows count too. */
const idsOf = async (ctx: Ctx, customerId: string): Promise<string[]> => (await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and (id = $2 or merged_into_id = $2)', [ctx.tenant.id, customerId])).map(r => r.id)

/**
 * Would `amount` (decimal text, yuan) more be too much for the customer (CU-08)? `over` is `0.00` when it is not, and always where no limit was
 * set. With `forUpdate` the customer's row is held until the act ends, so that two orders confirmed at once do not both fit.
 */
export async function creditCheck(ctx: Ctx, customerId: string, amount: string, o: { forUpdate?: boolean } = {}): Promise<CreditAnswer> {
  const id = await survivorOf(ctx, customerId)
  const [c] = await ctx.query<{ limit: string | null }>(`select credit_limit::text as limit from customer where tenant_id = $1 and id = $2${o.forUpdate ? ' for no key update' : ''}`, [ctx.tenant.id, id])
  const { total } = await openAmount(ctx, id)
  return overCredit(c?.limit ?? null, total, amount)
}

/** Grade, score and what they rest on, from the payment record of all modules that registered one. */
export async function standing(ctx: Ctx, customerId: string): Promise<Standing> {
  const ids = await idsOf(ctx, await survivorOf(ctx, customerId))
  const rows = (await Promise.all(paymentRecords(ctx.runtime).map(p => p.rows(ctx, ids)))).flat()
  return standingOf(rows, dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10))
}
