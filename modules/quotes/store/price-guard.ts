import type { Ctx, Runtime } from '@quancheng/kernel'

/** A price that is not the one of the price book, as somebody wants to offer it. Percents and amounts as texts. */
export interface PriceChange { productId: string | null; item: string; quantity: string; /** of the book in force; null: there is none */ listPrice: string | null; unitPrice: string; discount: string }
export interface PriceAct { entity: 'quote' | 'contract' | 'salesOrder'; recordId: string; customerId: string; unitId: string; changes: readonly PriceChange[]; /** percent off the whole */ discount: string }

/** Refuses by throwing its own error (``PRICE_HQ` of key accounts`, 403); returns when the change may be made. */
export type PriceGuard = (ctx: Ctx, act: PriceAct) => Promise<void>

const SERVICE = 'quotes.priceGuards'

/** Who sells under an agreement of a group may not set its prices alone (SA-15): the module that knows such agreements says so here. */
export function registerPriceGuard(runtime: Runtime, guard: PriceGuard): void {
  runtime.services.set(SERVICE, [...((runtime.services.get(SERVICE) as PriceGuard[] | undefined) ?? []), guard])
}

/** Asks every guard before a price that differs from the book is kept. The system is asked nothing. */
export async function guardPrices(ctx: Ctx, act: PriceAct): Promise<void> {
  if (ctx.access.system || !act.changes.length) return
  for (const guard of (ctx.runtime.services.get(SERVICE) as PriceGuard[] | undefined) ?? []) await guard(ctx, act)
}
