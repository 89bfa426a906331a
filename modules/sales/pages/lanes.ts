export type Card = { id: string, number: string, name: string, stage: string, customer: string | null, owner: string | null, ownerId: string | null, amount: string, chance: number, closeOn: string, stageAt: string | null, nextAt: string | null }
export type Lane = { stage: string, label: readonly [string, string], chance: number, staleDays: number | null, count: number, amount: string, weighted: string, cards: Card[] }

/** Days in the stage, and their colour: `old` past what the stage is given, `late` past twice that. */
export function ageOf(card: Pick<Card, 'stageAt'>, staleDays: number | null, now: Date): { days: number | null, age: 'fresh' | 'old' | 'late' } {
  if (!card.stageAt) return { days: null, age: 'fresh' }
  const days = Math.max(0, Math.floor((now.getTime() - new Date(card.stageAt).getTime()) / 86_400_000))
  return { days, age: staleDays === null || days <= staleDays ? 'fresh' : days <= staleDays * 2 ? 'old' : 'late' }
}

/** The card that an arrow key leads to: up and down in the lane, left and right to the same height of the next lane that has any. */
export function neighbour(lanes: readonly Pick<Lane, 'cards'>[], id: string, key: string): string | null {
  const at = lanes.findIndex(l => l.cards.some(c => c.id === id)), row = lanes[at]?.cards.findIndex(c => c.id === id) ?? -1
  if (at < 0) return null
  if (key === 'ArrowUp' || key === 'ArrowDown') return lanes[at]!.cards[row + (key === 'ArrowUp' ? -1 : 1)]?.id ?? null
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null
  const step = key === 'ArrowLeft' ? -1 : 1
  for (let i = at + step; i >= 0 && i < lanes.length; i += step) { const cards = lanes[i]!.cards; if (cards.length) return cards[Math.min(row, cards.length - 1)]!.id }
  return null
}
