import { fail, type Ctx } from '@quancheng/kernel'
import { cents, lineAmount, percentOf, totals, yuan } from '../rules/amount.ts'
import { judge, type Verdict } from '../rules/discount.ts'
import type { Dressed } from './dress.ts'
import { rulesInForce, sellerOf } from './rules.ts'

/** What the lines come to: the readable sums, and the margin of those whose cost is known (null where none is). */
export function sumsOf(lines: ReadonlyArray<Pick<Dressed, 'quantity' | 'unitPrice' | 'discount' | 'listPrice' | 'cost' | 'priceBookId'>>, whole: string | null) {
  const { listAmount, amount, rate } = totals(lines, whole)
  const costed = lines.filter(l => l.cost !== null), cost = costed.reduce((sum, l) => sum + cents(lineAmount({ quantity: l.quantity, unitPrice: l.cost! })), 0n)
  const known = totals(costed, whole), percent = (value: string): string | null => percentOf(cents(value) - cost, cents(value))
  return {
    listAmount, amount, rate, priceBookId: lines.find(l => l.priceBookId)?.priceBookId ?? null,
    margin: costed.length ? yuan(cents(known.amount) - cost) : null, marginRate: costed.length ? percent(known.amount) : null, listMarginRate: costed.length ? percent(known.listAmount) : null,
  }
}

/** What the discounts of a quote need, in the eyes of the rules in force. */
export async function verdictOf(ctx: Ctx, lines: readonly Dressed[], whole: string | null, ownerId: string | null): Promise<Verdict> {
  return judge(lines, whole, await rulesInForce(ctx), await sellerOf(ctx, ownerId))
}

/** The lowest price holds for everybody, approval or not. */
export function refuseFloor(v: Verdict): void {
  if (v.floor.length) fail('QUOTE_FLOOR', { items: v.floor.map(x => `${x.item}（最低 ¥${x.floorPrice}）`).join('、'), lines: v.floor })
}
