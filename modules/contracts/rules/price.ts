import { compareDecimal, sumDecimal } from '@quancheng/kernel'

/** What a contract fixes for one thing. Without a product the name counts. */
export interface Fixed { productId: string | null; item: string; unitPrice: string; quantity: string | null }
export interface Wanted { productId: string | null; item: string; unitPrice: string; quantity: string }

export const fixedFor = (lines: readonly Fixed[], w: Pick<Wanted, 'productId' | 'item'>): Fixed | null =>
  lines.find(l => l.productId !== null && l.productId === w.productId) ?? lines.find(l => l.item.trim() === w.item.trim()) ?? null

/** Is it above the price that the contract fixed? Equal and below are fine; what the contract does not name is free (SA-06). */
export function abovePrice(lines: readonly Fixed[], w: Wanted): { item: string; price: string; contractPrice: string } | null {
  const fixed = fixedFor(lines, w)
  return fixed && compareDecimal(w.unitPrice, fixed.unitPrice) > 0 ? { item: w.item, price: w.unitPrice, contractPrice: fixed.unitPrice } : null
}

/** Does it go beyond the agreed volume, with what was ordered before? */
export function beyondVolume(agreed: string | null, ordered: string, quantity: string): boolean {
  return agreed !== null && compareDecimal(sumDecimal([ordered, quantity]), agreed) > 0
}
