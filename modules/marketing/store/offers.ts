import { preferencesOf } from '@quancheng/customers'
import { fail, read, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { personalise } from '../rules/personalise.ts'

export interface Offer { id: string; name: string; words: string; price: string | null }

/** What to offer at the counter: the rules for the line of the device, at the stage the request is in now (MK-05). */
export async function offersFor(ctx: Ctx, requestId: string): Promise<Offer[]> {
  await read(ctx, ctx.entities.get('serviceRequest'), requestId)
  const rows = await ctx.query<Offer & { customer_id: string | null; customer: string | null; [k: string]: unknown }>(
    `select x.id, x.name, x.words, x.price::text, r.customer_id, r.customer_name as customer from service_request r join cross_sell x on x.tenant_id = r.tenant_id and x.product_line_id = r.product_line_id and x.stage = r.stage and not coalesce(x.off, false) where r.tenant_id = $1 and r.id = $2 order by x.position, x.id`, [ctx.tenant.id, requestId])
  if (!rows.length) return []
  const preferences = rows[0]!.customer_id ? await preferencesOf(ctx, rows[0]!.customer_id) : []
  return rows.map(r => ({ id: r.id, name: r.name, price: r.price, words: personalise(r.words, { name: r.customer ?? '', owner: null, offer: r.price, preferences }) }))
}

/** What customers with such a preference buy most: by quantity, then by how many of them. Within the caller's orders and customers. */
export async function bestSellers(ctx: Ctx, topic: string, value: string, limit = 10): Promise<Array<{ item: string; quantity: string; customers: number }>> {
  const line = visible(ctx, ctx.entities.get('orderLine'), 't'), preference = visible(ctx, ctx.entities.get('preference'), 'p')
  if (!line || !preference) return fail('FORBIDDEN', { permission: 'orderLine:read' })
  return (await sql<{ item: string; quantity: string; customers: number }>`select t.item, sum(t.quantity)::text as quantity, count(distinct t.customer_id)::int as customers from order_line t join sales_order o on o.tenant_id = t.tenant_id and o.id = t.order_id and o.state in ('confirmed', 'delivering', 'done')
    where ${line} and exists (select 1 from preference p where ${preference} and p.customer_id = t.customer_id and p.off is not true and p.topic = ${topic} and p.value ilike ${`%${value.replace(/[\\%_]/g, c => `\\${c}`)}%`})
    group by t.item order by sum(t.quantity) desc, 3 desc, t.item limit ${limit}`.execute(ctx.db)).rows
}
