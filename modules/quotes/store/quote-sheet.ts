import { preferencesOf } from '@quancheng/customers'
import { can, elevated, list, read, type Ctx } from '@quancheng/kernel'
import { difference, type Difference } from '../rules/difference.ts'
import { dressLines } from './dress.ts'
import { linesOf } from './lines.ts'
import { verdictOf } from './sums.ts'

/** Everything that the page of a quote shows beside its own values. */
export async function quoteSheet(ctx: Ctx, id: string) {
  const quote = await read(ctx, ctx.entities.get('quote'), id)
  const lines = await linesOf(ctx, id), whole = (quote.discount as string | null) ?? '0'
  const draft = quote.state === 'draft'
  // what is being looked at may be read whatever is still missing: the checklist stops pricing, not reading
  const verdict = draft ? await verdictOf(ctx, await dressLines(elevated(ctx, '报价页'), { id, customerId: quote.customerId as string, unitId: quote.unitId as string, discount: whole }, lines), whole, quote.ownerId as string | null) : null
  const versions = await list(ctx, ctx.entities.get('quote'), { filter: { number: quote.number }, sort: '-revision', limit: 50, fields: ['number', 'revision', 'state', 'amount', 'createdAt'] } as never)
  return {
    quote, lines, versions: versions.items,
    verdict: verdict && { ask: verdict.ask.map(({ rule, ...x }) => ({ ...x, rule: rule?.name ?? null })), most: verdict.most.map(({ rule: _, ...x }) => x), floor: verdict.floor },
    difference: await differenceFrom(ctx, quote, lines),
    // what is to be known before one offers them something (CU-17)
    preferences: can(ctx.access, 'preference:read', ctx.entities.get('preference')) ? await preferencesOf(ctx, quote.customerId as string) : [],
    margin: can(ctx.access, 'quote:margin') ? { amount: quote.margin ?? null, rate: quote.marginRate ?? null, listRate: quote.listMarginRate ?? null } : null,
  }
}

/** Against the version before; null for the first, and where the caller may not see the other. */
async function differenceFrom(ctx: Ctx, quote: Record<string, unknown>, lines: Awaited<ReturnType<typeof linesOf>>): Promise<(Difference & { revision: number }) | null> {
  if (!quote.previousId) return null
  const [before] = await ctx.query<{ revision: number; amount: string }>('select revision, amount::text as amount from quote where tenant_id = $1 and id = $2', [ctx.tenant.id, quote.previousId])
  if (!before) return null
  return { revision: before.revision, ...difference({ lines: await linesOf(ctx, String(quote.previousId)), amount: before.amount }, { lines, amount: String(quote.amount) }) }
}
