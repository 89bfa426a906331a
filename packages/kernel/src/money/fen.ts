/*
 * Yuan are decimal text everywhere (`"320.00"`), and whole fen as bigint while they are calculated with: money never passes through a binary float.
 */

/** Yuan as text with at most two decimals → fen; throws for what is no amount. */
export function fenOf(yuan: string): bigint {
  const m = /^(-?)(\d{1,16})(?:\.(\d{1,2})0*)?$/.exec(yuan)
  if (!m) throw new Error(`no amount of money: ${yuan}`)
  const fen = BigInt(m[2]!) * 100n + BigInt((m[3] ?? '').padEnd(2, '0'))
  return m[1] ? -fen : fen
}

/** Fen → `"320.00"`. */
export function yuanOf(fen: bigint): string {
  const text = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Quantity × price, rounded half up (away from zero) to the cent. Both are decimal text; the price may have more than two places. */
export function timesPrice(quantity: string, price: string): string {
  const q = scaled(quantity), p = scaled(price)
  return yuanOf(halfUp(q.digits * p.digits * 100n, 10n ** BigInt(q.places + p.places)))
}

/** `part` of `whole` hundredths of an amount: 30 % of 100.01 is 30.00. */
export const shareOf = (fen: bigint, percent: string): bigint => { const p = scaled(percent); return halfUp(fen * p.digits, 100n * 10n ** BigInt(p.places)) }

/** n ÷ d to the nearest whole number, a half away from zero. */
export function halfUp(n: bigint, d: bigint): bigint {
  const positive = n < 0n ? -n : n, whole = (positive * 2n + d) / (d * 2n)
  return n < 0n ? -whole : whole
}

/** Decimal text → its digits and how many of them are behind the point. */
export function scaled(text: string): { digits: bigint; places: number } {
  const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!m) throw new Error(`no decimal number: ${text}`)
  const digits = BigInt(m[2]! + (m[3] ?? ''))
  return { digits: m[1] ? -digits : digits, places: (m[3] ?? '').length }
}

/** -1, 0, 1 as the decimal text `a` is below, equal to or above `b`. */
export function compareDecimal(a: string, b: string): -1 | 0 | 1 {
  const d = sumDecimal([a, b.startsWith('-') ? b.slice(1) : `-${b}`])
  return /^-?0(\.0*)?$/.test(d) ? 0 : d.startsWith('-') ? -1 : 1
}

/** The exact sum of decimal texts, with as many places as the longest of them. */
export function sumDecimal(list: readonly string[]): string {
  const all = list.map(scaled), places = Math.max(0, ...all.map(s => s.places))
  const sum = all.reduce((n, s) => n + s.digits * 10n ** BigInt(places - s.places), 0n)
  const text = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0')
  return `${sum < 0n ? '-' : ''}${places ? `${text.slice(0, -places)}.${text.slice(-places)}` : text}`
}
