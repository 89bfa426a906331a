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

export interface CustomerOffers {
  campaigns: Array<{ id: string; name: string; offer: string | null; responded: boolean; prices: Array<{ productId: string; product: string; price: string }> }>
  offers: Array<Offer & { productId: string | null }>
  interests: Array<{ topic: string; value: string; items: Array<{ item: string; quantity: string; customers: number; bought: boolean }> }>
}
/** An interest says more of what somebody buys than when they like to be called. */
const OF_WANTS = /兴趣|爱好|关注|用途|产品|品牌/u
const MOST_INTERESTS = 4

/** What to offer this customer (MK-05): the running campaigns it is in with their prices, what goes with its devices, and what others with the same preferences buy most. Within the caller's rights. */
export async function offersOfCustomer(ctx: Ctx, id: string): Promise<CustomerOffers> {
  const customer = await read(ctx, ctx.entities.get('customer'), id)
  const can = (entity: string): boolean => visible(ctx, ctx.entities.get(entity), 'x') !== null
  const campaigns = can('campaign') ? await ctx.query<CustomerOffers['campaigns'][number] & Record<string, unknown>>(
    `select c.id, c.name, p.offer, bool_or(m.responded_at is not null) as responded, coalesce((select json_agg(json_build_object('productId', x.product_id, 'product', d.name, 'price', x.price::text) order by d.name) from campaign_price x join product d on d.tenant_id = x.tenant_id and d.id = x.product_id where x.tenant_id = c.tenant_id and x.campaign_id = c.id), '[]') as prices
     from campaign_member m join campaign c on c.tenant_id = m.tenant_id and c.id = m.campaign_id left join campaign_plan p on p.tenant_id = c.tenant_id and p.campaign_id = c.id
     where m.tenant_id = $1 and m.customer_id = $2 and m.side = 'target' and c.state = 'running' group by c.tenant_id, c.id, c.name, p.offer order by c.name limit 5`, [ctx.tenant.id, id]) : []
  const preferences = can('preference') ? await preferencesOf(ctx, id) : []
  // who may read the customer may hear what goes with its devices, without reading those
  const rules = can('crossSell') ? await ctx.query<Offer & { productId: string | null; [k: string]: unknown }>(
    'select x.id, x.name, x.words, x.price::text, x.product_id as "productId" from cross_sell x where x.tenant_id = $1 and not coalesce(x.off, false) and exists (select 1 from device d where d.tenant_id = x.tenant_id and d.customer_id = $2 and d.product_line_id = x.product_line_id) order by x.position, x.id limit 10', [ctx.tenant.id, id]) : []
  const offers = rules.map(r => ({ ...r, words: personalise(r.words, { name: String(customer.name), owner: null, offer: r.price, preferences }) }))
  const interests: CustomerOffers['interests'] = []
  if (!can('orderLine')) return { campaigns, offers, interests }
  for (const p of preferences.toSorted((a, b) => Number(OF_WANTS.test(b.topic)) - Number(OF_WANTS.test(a.topic)))) {
    if (interests.length === MOST_INTERESTS) break
    const best = await bestSellers(ctx, p.topic, p.value, 5)
    if (!best.length) continue
    const own = new Set((await ctx.query<{ item: string }>('select distinct item from order_line where tenant_id = $1 and customer_id = $2 and item = any($3)', [ctx.tenant.id, id, best.map(b => b.item)])).map(r => r.item))
    interests.push({ topic: p.topic, value: p.value, items: best.map(b => ({ ...b, bought: own.has(b.item) })) })
  }
  return { campaigns, offers, interests }
}
