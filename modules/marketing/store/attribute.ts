import { elevated, storeChange, type Ctx } from '@quancheng/kernel'

/**
 * Closes the loop: a confirmed order that names no campaign is counted for the one whose target group its customer is in, while that lasts; of several the one
 * that began last. What somebody wrote themselves stays.
 */
export async function attribute(ctx: Ctx, orderId: string): Promise<void> {
  const [found] = await ctx.query<{ campaign_id: string }>(
    `select a.campaign_id from sales_order o join campaign_audience a on a.tenant_id = o.tenant_id and a.customer_id = o.customer_id and not a.held_out join campaign c on c.tenant_id = a.tenant_id and c.id = a.campaign_id
     where o.tenant_id = $1 and o.id = $2 and o.campaign_id is null and o.state in ('confirmed', 'delivering', 'done') and o.ordered_on >= c.starts_on and (c.ends_on is null or o.ordered_on <= c.ends_on) order by c.starts_on desc, c.id desc limit 1`, [ctx.tenant.id, orderId])
  if (found) await storeChange(elevated(ctx, '订单归到营销活动'), ctx.entities.get('salesOrder'), orderId, { campaignId: found.campaign_id }, { act: 'attribute' })
}
