import type { EstimateLine } from '../entities/estimate.ts'

/** Fen of an amount written with at most two decimals; exact, where a number is not. */
export const fen = (text: string): bigint => { const [yuan = '0', part = ''] = text.split('.'); return BigInt(yuan) * 100n + BigInt(part.padEnd(2, '0')) }
export const yuan = (n: bigint): string => `${n / 100n}.${String(n % 100n).padStart(2, '0')}`

/** Lines with what each comes to, and their sum. */
export function addUp(lines: ReadonlyArray<{ name: string; quantity: number; price: string }>): { lines: EstimateLine[]; total: string } {
  let sum = 0n
  const made = lines.map(l => {
    const amount = fen(l.price) * BigInt(l.quantity)
    sum += amount
    return { name: l.name, quantity: l.quantity, price: yuan(fen(l.price)), amount: yuan(amount) }
  })
  return { lines: made, total: yuan(sum) }
}
