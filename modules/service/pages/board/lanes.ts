import type { BoardLane } from '../shared/types.ts'

export type Moving = { cardId: string, to: string }

/** The lanes as they look while a card is on its way: it stands in its new lane until the server has said yes or no. */
export function lanesWith(lanes: readonly BoardLane[], moving: Moving | null): BoardLane[] {
  const card = moving && lanes.flatMap(lane => lane.cards).find(each => each.id === moving.cardId)
  if (!card || !lanes.some(lane => lane.nodeId === moving.to)) return [...lanes]
  return lanes.map(lane => ({ ...lane, cards: [...(lane.nodeId === moving.to ? [card] : []), ...lane.cards.filter(each => each.id !== card.id)] }))
}

/** The card that an arrow key leads to: up and down within a lane, left and right to the lane beside (empty lanes are passed over). */
export function neighbour(lanes: readonly BoardLane[], id: string, key: string): string | null {
  const x = lanes.findIndex(lane => lane.cards.some(card => card.id === id))
  const lane = lanes[x]
  if (!lane) return null
  const y = lane.cards.findIndex(card => card.id === id)
  if (key === 'ArrowDown') return lane.cards[y + 1]?.id ?? null
  if (key === 'ArrowUp') return lane.cards[y - 1]?.id ?? null
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
  if (step === 0) return null
  for (let at = x + step; lanes[at]; at += step) {
    const cards = lanes[at]!.cards
    if (cards.length > 0) return cards[Math.min(y, cards.length - 1)]!.id
  }
  return null
}
