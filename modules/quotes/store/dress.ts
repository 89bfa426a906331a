import { fail, type Ctx } from '@quancheng/kernel'
import { cents, lineAmount, MOST_FEN, yuan } from '../rules/amount.ts'
import type { Judged } from '../rules/discount.ts'
import { requireAnswers } from './answers.ts'
import { guardPrices } from './price-guard.ts'
import { pricesFor } from './prices.ts'

/** A line as it is typed: everything but the quantity may come from the product and its price. */
export interface LineInput { productId?: string | null; item?: string | null; unit?: string | null; quantity: string; unitPrice?: string | null; listPrice?: string | null; discount?: string | null }
export interface Dressed extends Judged { productId: string | null; unit: string; discount: string; listPrice: string | null; amount: string; cost: string | null; priceBookId: string | null }
export interface OfQuote { id: string; customerId: string; unitId: string; discount: string | null }

interface ProductRow { id: string; name: string; product_line_id: string }

/**
 * Lines with their price: list price, unit and name from the product and the price book in force for the customer, the amount by the one rule.
 * Whoever offers another price than the book's is held against the guards; before any price the customer's checklist must be filled in.
 */
export async function dressLines(ctx: Ctx, quote: OfQuote, lines: readonly LineInput[], whole = quote.discount ?? '0'): Promise<Dressed[]> {
  if (lines.length) await requireAnswers(ctx, quote.customerId)
  const ids = [...new Set(lines.flatMap(l => l.productId ?? []))]
  const [products, prices] = [
    ids.length ? new Map((await ctx.query<ProductRow & Record<string, unknown>>('select id, name, product_line_id from product where tenant_id = $1 and id = any($2::uuid[])', [ctx.tenant.id, ids])).map(p => [p.id, p])) : new Map<string, ProductRow>(),
    await pricesFor(ctx, quote.customerId, ids),
  ]
  const dressed = lines.map((l, i) => {
    const product = l.productId ? products.get(l.productId) : undefined
    if (l.productId && !product) return fail('QUOTE_LINE', { line: i + 1, reason: '没有这个产品' })
    const found = product ? prices.find(product.id, l.quantity) : null
    const listPrice = found?.unitPrice ?? l.listPrice ?? null, unitPrice = l.unitPrice ?? listPrice, item = (l.item ?? '').trim() || product?.name || ''
    if (!item) return fail('QUOTE_LINE', { line: i + 1, reason: '请选产品或写名称' })
    if (unitPrice === null) return fail('QUOTE_LINE', { line: i + 1, reason: `“${item}”在价格表里没有价格，请填单价` })
    const discount = l.discount ?? '0', money = yuan(cents(unitPrice))
    if (cents(lineAmount({ quantity: l.quantity, unitPrice: money })) > MOST_FEN) return fail('QUOTE_LINE', { line: i + 1, reason: '数量和单价乘起来太大，一行要少于 100 亿元' })
    return {
      productId: product?.id ?? null, productLineId: product?.product_line_id ?? null, item, unit: (l.unit ?? '').trim() || found?.unit || '台', quantity: l.quantity, unitPrice: money, listPrice: listPrice === null ? null : yuan(cents(listPrice)),
      discount, amount: lineAmount({ quantity: l.quantity, unitPrice: money, discount }), floorPrice: found?.floorPrice ?? null, cost: found?.cost ?? null, priceBookId: found?.priceBookId ?? null,
    }
  })
  const off = (d: Dressed): boolean => d.unitPrice !== d.listPrice || Number(d.discount) > 0 || Number(whole) > 0
  await guardPrices(ctx, { entity: 'quote', recordId: quote.id, customerId: quote.customerId, unitId: quote.unitId, discount: whole, changes: dressed.filter(off) })
  return dressed
}
