import { create, elevated, type Ctx } from '@quancheng/kernel'

export interface TicketValues { customerName: string; phone: string; address: string | null; productLineId: string | null; model: string | null; serialNo: string | null; unitId: string }
export interface Matched { customerId: string; deviceId: string | null; productLineId: string | null; how: 'device' | 'phone' | 'new' }

/**
 * Whom a ticket is about: the owner of the device if its number is known, else a customer with this telephone and name, else somebody new. A
 * customer is never matched by telephone alone: a family shares one.
 */
export async function match(ctx: Ctx, t: TicketValues): Promise<Matched> {
  const sys = elevated(ctx, '接单')
  const [device] = t.serialNo ? await ctx.query<{ id: string; customer_id: string; line: string }>('select id, customer_id, product_line_id as line from device where tenant_id = $1 and serial_no = $2', [ctx.tenant.id, t.serialNo]) : []
  if (device) return { customerId: device.customer_id, deviceId: device.id, productLineId: device.line, how: 'device' }
  const [customer] = await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and phone = $2 and name = $3 order by created_at limit 1', [ctx.tenant.id, t.phone, t.customerName])
  const customerId = customer?.id ?? (await create(sys, ctx.entities.get('customer'), { name: t.customerName, phone: t.phone, unitId: t.unitId, source: 'hotline', ...(t.address ? { address: t.address } : {}) })).id
  const deviceId = t.serialNo && t.model && t.productLineId ? (await create(sys, ctx.entities.get('device'), { customerId, productLineId: t.productLineId, model: t.model, serialNo: t.serialNo })).id : null
  return { customerId, deviceId, productLineId: t.productLineId, how: customer ? 'phone' : 'new' }
}
