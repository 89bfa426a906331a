/** What a station has of a part: pieces on the shelf, and how many of them are promised to a request. */
export interface Balance { onHand: number; reserved: number }
export type MoveKind = 'receive' | 'reserve' | 'release' | 'use' | 'return' | 'adjust'

/** What each kind of move does to a balance, a piece at a time. */
const EFFECT: Record<MoveKind, { onHand: number; reserved: number }> = {
  receive: { onHand: 1, reserved: 0 }, reserve: { onHand: 0, reserved: 1 }, release: { onHand: 0, reserved: -1 },
  use: { onHand: -1, reserved: -1 }, return: { onHand: 1, reserved: 0 }, adjust: { onHand: 1, reserved: 0 },
}

export const available = (b: Balance): number => b.onHand - b.reserved

/** The balance after a move, or null where it would promise or take pieces that are not there. Only an adjustment may be negative. */
export function afterMove(b: Balance, kind: MoveKind, quantity: number): Balance | null {
  if (!Number.isInteger(quantity) || quantity === 0 || (quantity < 0 && kind !== 'adjust')) return null
  const e = EFFECT[kind]
  const next = { onHand: b.onHand + e.onHand * quantity, reserved: b.reserved + e.reserved * quantity }
  return next.onHand >= 0 && next.reserved >= 0 && available(next) >= 0 ? next : null
}

/** Who is served now, of those who wait in their order: nobody overtakes somebody whose pieces are not all there. */
export function served<T extends { quantity: number }>(queue: readonly T[], pieces: number): T[] {
  const out: T[] = []
  let left = pieces
  for (const line of queue) {
    if (line.quantity > left) break
    left -= line.quantity
    out.push(line)
  }
  return out
}
