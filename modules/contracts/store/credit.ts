import { creditCheck } from '@quancheng/customers'
import { compareDecimal, type Ctx } from '@quancheng/kernel'

export interface Credit { limit: string; open: string; amount: string; over: string }

/**
 * What customers owe or will: open instalments, orders that were confirmed and belong to no plan (theirs or their contract's), less money that
 * came in and settled nothing yet. Decimal text in yuan.
 */
export async function openFor(ctx: Ctx, customerIds: readonly string[]): Promise<string> {
  const [row] = await ctx.query<{ open: string }>(
    `select (coalesce((select sum(i.amount - i.received) from instalment i where i.tenant_id = $1 and i.customer_id = any($2)), 0)
       + coalesce((select sum(o.amount) from sales_order o where o.tenant_id = $1 and o.customer_id = any($2) and o.state in ('confirmed', 'delivering', 'done')
           and not exists (select 1 from instalment i where i.tenant_id = o.tenant_id and (i.order_id = o.id or i.contract_id = o.contract_id))), 0)
       - greatest(0, coalesce((select sum(r.amount) from receipt r where r.tenant_id = $1 and r.customer_id = any($2)), 0) - coalesce((select sum(s.amount) from receipt_share s join receipt r on r.tenant_id = s.tenant_id and r.id = s.receipt_id where s.tenant_id = $1 and r.customer_id = any($2)), 0)))::numeric(16,2)::text as open`, [ctx.tenant.id, customerIds])
  return row!.open
}

/** How far an order would go beyond the customer's limit; null: within it, or no limit is set (CU-08). The customer is held until the act ends. */
export async function overCredit(ctx: Ctx, customerId: string, order: { amount: string; planned: boolean }): Promise<Credit | null> {
  // what its contract has planned is in the open sum already
  const { limit, open, over } = await creditCheck(ctx, customerId, order.planned ? '0.00' : order.amount, { forUpdate: true })
  return limit !== null && compareDecimal(over, '0') > 0 ? { limit, open, amount: order.amount, over } : null
}
