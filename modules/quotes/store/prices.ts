import type { Ctx } from '@quancheng/kernel'
import { priceFor, type Book, type BookPrice, type PriceFound } from '../rules/price-for.ts'
import { lower, special } from './special-prices.ts'
import { today } from './day.ts'

export interface PriceList { find(productId: string, quantity: string): PriceFound | null }

/** The prices of some products for one customer today. Three statements, however many products. */
export async function pricesFor(ctx: Ctx, customerId: string, productIds: readonly string[], day = today(ctx)): Promise<PriceList> {
  if (!productIds.length) return { find: () => null }
  const chain = await ctx.query<{ id: string; level: number | null; account_type: string | null }>(
    `with recursive up as (select id, parent_id, level, account_type, 0 as depth from customer where tenant_id = $1 and id = $2
       union all select c.id, c.parent_id, c.level, c.account_type, up.depth + 1 from customer c join up on c.id = up.parent_id where c.tenant_id = $1 and up.depth < 10)
     select id, level, account_type from up order by depth`, [ctx.tenant.id, customerId])
  const customers = chain.map(c => c.id), level = chain[0]?.level ?? null, accountType = chain[0]?.account_type ?? null
  const books = await ctx.query<Book & Record<string, unknown>>(
    `select id, customer_id as "customerId", level, account_type as "accountType", coalesce(standard, false) as standard, valid_from::text as "validFrom", valid_until::text as "validUntil" from price_book
     where tenant_id = $1 and valid_from <= $2 and (valid_until is null or valid_until >= $2) and (customer_id is null or customer_id = any($3::uuid[]))`, [ctx.tenant.id, day, customers])
  const prices = books.length ? await ctx.query<BookPrice & Record<string, unknown>>(
    `select price_book_id as "priceBookId", product_id as "productId", unit, unit_price::text as "unitPrice", floor_price::text as "floorPrice", cost::text as cost, coalesce(from_quantity, 0)::text as "fromQuantity" from price
     where tenant_id = $1 and price_book_id = any($2::uuid[]) and product_id = any($3::uuid[])`, [ctx.tenant.id, books.map(b => b.id), productIds]) : []
  const specials = await special(ctx, { customers, productIds, day })
  return { find: (productId, quantity) => lower(priceFor(books, prices, { productId, quantity, day, customers, level, accountType }), specials.get(productId)) }
}
