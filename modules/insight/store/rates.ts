import type { Ctx } from '@quancheng/kernel'
import { rateSpans, type Rate, type RateSpan } from '../rules/rates.ts'

/** The rates of the company, resolved for each unit. Costs are shown to whoever may see the figures; the rates themselves are not. */
export async function ratesOf(ctx: Ctx): Promise<RateSpan[]> {
  const rates = await ctx.query<Rate>('select p.code as post, r.unit_id as "unitId", r.hourly::text as hourly, r.valid_from::text as "from" from labour_rate r join post p on p.tenant_id = r.tenant_id and p.id = r.post_id where r.tenant_id = $1', [ctx.tenant.id])
  if (!rates.length) return []
  const units = await ctx.query<{ id: string; above: string[] }>('select descendant_id as id, array_agg(ancestor_id order by depth) as above from unit_closure where tenant_id = $1 group by descendant_id', [ctx.tenant.id])
  return rateSpans(rates, new Map(units.map(u => [u.id, u.above])))
}
