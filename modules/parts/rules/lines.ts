import { fen, sum } from './money.ts'

export type LineState = 'reserved' | 'waiting' | 'used' | 'released' | 'returned' | 'agreed'
export interface LineView { kind: 'part' | 'labour'; name: string; quantity: number; amount: string; state: LineState }

/** Lines that the customer pays for: what was given back is not. */
export const counts = (l: Pick<LineView, 'state'>): boolean => l.state !== 'released' && l.state !== 'returned'
export const totalOf = (lines: readonly LineView[]): string => sum(lines.filter(counts).map(l => l.amount))

/** Stages in which lines may be written, and those in which a part may be put in or taken out again. */
export const QUOTING = ['inspect', 'quote', 'repair'] as const
export const WORKING = ['repair', 'quality'] as const
/** Ends at which nothing of ours stays in the customer's device. */
export const UNREPAIRED = ['refused', 'returned', 'transferred'] as const

/** What stands between a step and an outcome, in sentences: each part is decided before 修好, and the quote is the sum of its lines. */
export function missingOf(lines: readonly LineView[], o: { nodeId: string; outcome: string | null; quoted: string | null }): string[] {
  if (!lines.length) return []
  const total = totalOf(lines)
  if (o.nodeId === 'quote') return o.outcome === 'agree' && o.quoted !== null && fen(o.quoted) !== fen(total) ? [`报价金额与明细合计 ${total} 元一致`] : []
  if (o.nodeId !== 'repair' || o.outcome !== 'fixed') return []
  const open = lines.filter(l => l.kind === 'part' && (l.state === 'waiting' || l.state === 'reserved')).map(l => (l.state === 'waiting' ? `配件“${l.name}”缺货，到货后用上或取消` : `配件“${l.name}”用上或退回`))
  return o.quoted !== null && fen(total) > fen(o.quoted) ? [...open, `明细合计 ${total} 元超过报价 ${o.quoted} 元，请重新报价`] : open
}
