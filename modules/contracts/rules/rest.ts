/** What is still to go of a quantity, both with at most three places, without needless zeros: `restOf("10.000", "2.5")` is `"7.5"`; below zero it is too much. */
export function restOf(quantity: string, delivered: string): string {
  const thousandths = (text: string): bigint => { const [whole = '0', part = ''] = text.split('.'); return BigInt(whole + part.padEnd(3, '0').slice(0, 3)) }
  const rest = thousandths(quantity) - thousandths(delivered), positive = rest < 0n ? -rest : rest, part = String(positive % 1000n).padStart(3, '0').replace(/0+$/, '')
  return `${rest < 0n ? '-' : ''}${positive / 1000n}${part ? `.${part}` : ''}`
}
