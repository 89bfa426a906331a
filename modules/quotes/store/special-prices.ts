import type { Ctx, Runtime } from '@quancheng/kernel'
import { cents } from '../rules/amount.ts'
import type { PriceFound } from '../rules/price-for.ts'

/** A price beside the books, for some days and some customers: a campaign's. In yuan, decimal text; `name`: whose it is, for the screen. */
export interface SpecialPrice { unitPrice: string; name: string }
/** By product; `customers`: the customer, then the companies above it. */
export type SpecialPrices = (ctx: Ctx, o: { customers: readonly string[]; productIds: readonly string[]; day: string }) => Promise<ReadonlyMap<string, SpecialPrice>>

const SERVICE = 'quotes.specialPrices'

/** In a module's `start(runtime)`. Of several the lowest price counts. */
export function registerSpecialPrices(runtime: Runtime, find: SpecialPrices): void {
  runtime.services.set(SERVICE, [...((runtime.services.get(SERVICE) as SpecialPrices[] | undefined) ?? []), find])
}

export async function special(ctx: Ctx, o: Parameters<SpecialPrices>[1]): Promise<ReadonlyMap<string, SpecialPrice>> {
  const all = new Map<string, SpecialPrice>()
  for (const find of (ctx.runtime.services.get(SERVICE) as SpecialPrices[] | undefined) ?? []) for (const [id, p] of await find(ctx, o)) { const known = all.get(id); if (!known || cents(p.unitPrice) < cents(known.unitPrice)) all.set(id, p) }
  return all
}

/** A special price counts where it is below the book's, never below the book's lowest price. */
export const lower = (found: PriceFound | null, s: SpecialPrice | undefined): PriceFound | null =>
  (found && s && cents(s.unitPrice) < cents(found.unitPrice) && (found.floorPrice === null || cents(s.unitPrice) >= cents(found.floorPrice)) ? { ...found, unitPrice: s.unitPrice, by: 'campaign', special: s.name } : found)
