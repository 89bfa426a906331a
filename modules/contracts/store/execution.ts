import { lock, type Ctx } from '@quancheng/kernel'
import { today } from './today.ts'
import { executionOf, type Execution } from '../rules/execution.ts'

/** Where a contract stands now, from its orders, receipts, invoices and approved changes (CE-01). */
export async function executionFor(ctx: Ctx, id: string): Promise<Execution & { orders: number; ordered: string; planned: string; milestonesLate: number }> {
  await lock(ctx, ctx.entities.get('contract'), id, 'read', { forUpdate: false })
  const [row] = await ctx.query<{ amount: string; changed: string; delivered: string; paid: string; invoiced: string; orders: number; ordered: string; planned: string; late: number }>(
    `select c.amount::text, c.changed::text,
       (select coalesce(sum(d.amount), 0)::text from delivery d where d.tenant_id = c.tenant_id and d.contract_id = c.id) as delivered,
       (select coalesce(sum(r.amount), 0)::text from receipt r where r.tenant_id = c.tenant_id and r.contract_id = c.id) as paid,
       (select coalesce(sum(i.amount), 0)::text from invoice i where i.tenant_id = c.tenant_id and i.contract_id = c.id) as invoiced,
       (select count(*)::int from sales_order o where o.tenant_id = c.tenant_id and o.contract_id = c.id and o.state <> 'cancelled') as orders,
       (select coalesce(sum(o.amount), 0)::text from sales_order o where o.tenant_id = c.tenant_id and o.contract_id = c.id and o.state in ('confirmed', 'delivering', 'done')) as ordered,
       (select coalesce(sum(i.amount), 0)::text from instalment i where i.tenant_id = c.tenant_id and i.contract_id = c.id) as planned,
       (select count(*)::int from milestone m where m.tenant_id = c.tenant_id and m.contract_id = c.id and m.done_on is null and m.due_on < $3) as late
     from contract c where c.tenant_id = $1 and c.id = $2`, [ctx.tenant.id, id, today(ctx)])
  const { orders, ordered, planned, late, changed, ...r } = row!
  return { ...executionOf({ ...r, changes: [changed] }), orders, ordered, planned, milestonesLate: late }
}
