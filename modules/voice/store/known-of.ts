import type { Ctx } from '@quancheng/kernel'

interface Draft { requestId?: unknown; customerId?: unknown; customerName?: unknown; phone?: unknown }

/** A request brings its customer, a customer name and telephone: nobody types again what is known. */
export async function bringKnown(ctx: Ctx, d: Draft & Record<string, unknown>, before: Record<string, unknown> | null): Promise<void> {
  if (d.requestId && d.requestId !== before?.requestId) {
    const [r] = await ctx.query<{ customer_id: string | null; customer_name: string | null; phone: string | null }>('select customer_id, customer_name, phone from service_request where tenant_id = $1 and id = $2', [ctx.tenant.id, d.requestId])
    if (r) { d.customerId ??= r.customer_id; d.customerName ||= r.customer_name; d.phone ||= r.phone }
  }
  if (d.customerId && d.customerId !== before?.customerId) {
    const [c] = await ctx.query<{ name: string; phone: string | null }>('select name, phone from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, d.customerId])
    if (c) { d.customerName ||= c.name; d.phone ||= c.phone }
  }
}
