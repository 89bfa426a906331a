import { AppError, fail, fenOf, type Change, type Ctx } from '@quancheng/kernel'
import type { PriceAct, SpecialPrice } from '@quancheng/quotes'
import { todayOf } from './today.ts'

interface Row { product_id: string; price: string; further: boolean | null; campaign: string }

/** Special prices that hold for a customer (or for a company above it) on a day: of running campaigns with the customer in their target group. The lowest of a product first. */
const rowsFor = (ctx: Ctx, o: { customers: readonly string[]; productIds: readonly string[]; day: string }): Promise<Row[]> => ctx.query<Row & Record<string, unknown>>(
  `select p.product_id, p.price::text, p.further, c.name as campaign from campaign_price p join campaign c on c.tenant_id = p.tenant_id and c.id = p.campaign_id
   where p.tenant_id = $1 and p.product_id = any($2::uuid[]) and c.state = 'running' and coalesce(c.starts_on, $3::date) <= $3::date and coalesce(c.ends_on, $3::date) >= $3::date
     and (exists (select 1 from campaign_audience a where a.tenant_id = c.tenant_id and a.campaign_id = c.id and a.customer_id = any($4::uuid[]) and not a.held_out)
       or exists (select 1 from campaign_member m where m.tenant_id = c.tenant_id and m.campaign_id = c.id and m.customer_id = any($4::uuid[]) and m.side = 'target')) order by p.price, c.id`, [ctx.tenant.id, o.productIds, o.day, o.customers])

export async function specialPrices(ctx: Ctx, o: { customers: readonly string[]; productIds: readonly string[]; day: string }): Promise<ReadonlyMap<string, SpecialPrice>> {
  const found = new Map<string, SpecialPrice>()
  for (const r of await rowsFor(ctx, o)) if (!found.has(r.product_id)) found.set(r.product_id, { unitPrice: r.price, name: `活动特价 ${r.campaign}` })
  return found
}

/** What is sold at a special price is not cut further, unless the campaign says so. */
export async function guardSpecials(ctx: Ctx, act: PriceAct): Promise<void> {
  const productIds = act.changes.flatMap(c => c.productId ?? [])
  if (!productIds.length) return
  const chain = await ctx.query<{ id: string }>('with recursive up as (select id, parent_id, 0 as depth from customer where tenant_id = $1 and id = $2 union all select c.id, c.parent_id, up.depth + 1 from customer c join up on c.id = up.parent_id where c.tenant_id = $1 and up.depth < 10) select id from up', [ctx.tenant.id, act.customerId])
  const rows = await rowsFor(ctx, { customers: chain.map(c => c.id), productIds, day: todayOf(ctx) })
  for (const c of act.changes) {
    const row = rows.find(r => r.product_id === c.productId)
    // where the book is lower still, the special price is not what is cut
    if (!row || row.further || c.listPrice === null || fenOf(c.listPrice) !== fenOf(row.price)) continue
    if (Number(c.discount) > 0 || Number(act.discount) > 0 || fenOf(c.unitPrice) < fenOf(row.price)) fail('CAMPAIGN_PRICE', { item: c.item, campaign: row.campaign, price: row.price })
  }
}

/** A special price below what the books in force allow would never be taken by a quote: told where it is written. */
export async function requireAboveFloor(ctx: Ctx, c: Change): Promise<void> {
  const now = { ...c.before, ...c.draft } as { productId?: string; price?: string }
  if (c.act === 'remove' || !now.productId || now.price === undefined || now.price === null) return
  const [floor] = await ctx.query<{ floor: string | null }>('select max(p.floor_price)::text as floor from price p join price_book b on b.tenant_id = p.tenant_id and b.id = p.price_book_id where p.tenant_id = $1 and p.product_id = $2 and b.standard and b.valid_from <= $3 and coalesce(b.valid_until, $3) >= $3', [ctx.tenant.id, now.productId, todayOf(ctx)])
  if (floor?.floor && fenOf(String(now.price)) < fenOf(floor.floor)) throw new AppError('INVALID', { summary: `特价不能低于最低价 ${floor.floor}`, fields: [{ field: 'price', code: 'FLOOR', message: `不能低于价格表的最低价 ${floor.floor}` }] })
}
