import { halfUp, yuanOf } from '@quancheng/kernel/money'

/*
 * Money without binary floats: texts in, whole numbers (bigint) between, texts out. Yuan have two places, quantities three, percents two.
 * Everything is rounded half-up to the cent, once a line and once a total, so that what is printed always adds up.
 */

const scaled = (text: string | null | undefined, places: number): bigint => {
  const m = /^(-?)(\d{1,24})(?:\.(\d+))?$/.exec((text ?? '0').trim() || '0')
  const part = (m?.[3] ?? '').replace(/0+$/, '')
  if (!m || part.length > places) throw new RangeError(`no number with ${places} places: ${text}`)
  const whole = BigInt(m[2]! + part.padEnd(places, '0'))
  return m[1] ? -whole : whole
}

/** `"100000"` → 10000000n fen. Throws a RangeError for what is no amount. */
export const cents = (yuan: string | null | undefined): bigint => scaled(yuan, 2)
/** 9200000n fen → `"92000.00"` */
export const yuan = yuanOf

/** A percent of an amount: `share("150000", "2.5")` is `"3750.00"`. */
export const share = (amount: string, percent: string): string => yuan(halfUp(cents(amount) * scaled(percent, 2), 10_000n))

/** A part in percent of a whole, two places; null where there is no whole. */
export const percentOf = (part: bigint, whole: bigint): string | null => (whole > 0n ? yuan(halfUp(part * 10_000n, whole)) : null)

export interface Amounted { quantity: string; unitPrice: string; discount?: string | null; listPrice?: string | null }

/** quantity × unit price × (1 − discount %). */
export const lineAmount = (l: Pick<Amounted, 'quantity' | 'unitPrice' | 'discount'>): string =>
  yuan(halfUp(scaled(l.quantity, 3) * cents(l.unitPrice) * (10_000n - scaled(l.discount, 2)), 10_000_000n))

/** The largest amount of a line, a quote: under ten thousand million yuan, in fen. */
export const MOST_FEN = 999_999_999_999n

export interface Totals {
  /** of the list prices; a line without one counts with its own price */
  listAmount: string
  /** of the lines' amounts, before the discount on the whole */
  subtotal: string
  amount: string
  /** what the whole is below its list price, in percent with two places; 0 where nothing has a price */
  rate: string
}

/** The sums of a quote; `discount` is the percent off the whole, after the lines' own. */
export function totals(lines: readonly Amounted[], discount: string | null = '0'): Totals {
  let list = 0n, sum = 0n
  for (const l of lines) {
    list += cents(lineAmount({ quantity: l.quantity, unitPrice: l.listPrice ?? l.unitPrice }))
    sum += cents(lineAmount(l))
  }
  const amount = halfUp(sum * (10_000n - scaled(discount, 2)), 10_000n)
  return { listAmount: yuan(list), subtotal: yuan(sum), amount: yuan(amount), rate: percentOf(list - amount, list) ?? '0.00' }
}

/** What one piece costs the customer in the end, in fen × 10 000 × 10 000: not rounded, for comparisons only. */
const net = (l: Pick<Amounted, 'unitPrice' | 'discount'>, whole: string | null): bigint => cents(l.unitPrice) * (10_000n - scaled(l.discount, 2)) * (10_000n - scaled(whole, 2))

/** Is this line, with the discount on the whole, further below its list price than so many percent? Exactly the limit is not. */
export const beyond = (l: Amounted, whole: string | null, percent: string): boolean =>
  net(l, whole) < cents(l.listPrice ?? l.unitPrice) * 10_000n * (10_000n - scaled(percent, 2))

/** Does a piece go for less than so much? */
export const under = (l: Amounted, whole: string | null, floor: string): boolean => net(l, whole) < cents(floor) * 100_000_000n

/** The percent by which a line stays below its list price, two places; negative where it costs more. */
export function lineRate(l: Amounted, whole: string | null = '0'): string {
  const list = cents(l.listPrice ?? l.unitPrice) * 100_000_000n
  return list > 0n ? yuan(halfUp((list - net(l, whole)) * 10_000n, list)) : '0.00'
}
