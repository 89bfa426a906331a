/** Yuan as text with two decimals → fen. Money never passes through a binary float. */
export function fen(yuan: string): bigint {
  const m = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(yuan)
  if (!m) throw new Error(`not an amount: ${yuan}`)
  const n = BigInt(m[2]!) * 100n + BigInt((m[3] ?? '').padEnd(2, '0'))
  return m[1] ? -n : n
}

export function yuan(n: bigint): string {
  const text = (n < 0n ? -n : n).toString().padStart(3, '0')
  return `${n < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

export const times = (price: string, quantity: number): string => yuan(fen(price) * BigInt(quantity))
export const sum = (amounts: readonly string[]): string => yuan(amounts.reduce((n, a) => n + fen(a), 0n))
