import { fenOf } from '@quancheng/kernel/money'

export { fenOf }

/** One line of what a customer pays. Amounts in yuan as decimal text with at most two places, quantities with at most three. */
export interface OrderLine { name: string; qty: string; unit?: string; unitPrice: string; amount: string; /** 保修 and the like, printed beside the name */ note?: string }

/** `¥1,234.50` */
export function yuanText(fen: bigint): string {
  const sign = fen < 0n ? '-' : '', positive = fen < 0n ? -fen : fen
  return `${sign}¥${String(positive / 100n).replace(/\B(?=(\d{3})+$)/g, ',')}.${String(positive % 100n).padStart(2, '0')}`
}

/** The total is the sum of the lines and nothing else, so that paper never contradicts itself. */
export const totalOf = (lines: readonly OrderLine[]): bigint => lines.reduce((sum, l) => sum + fenOf(l.amount), 0n)
