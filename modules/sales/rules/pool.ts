export interface PoolRule { readHours: number; clock: 'clock' | 'business'; idleDays: number; maxHeld: number | null; maxPerDay: number | null; retakeDays: number }

/** What counts where a block has set nothing. */
export const USUAL: PoolRule = { readHours: 24, clock: 'clock', idleDays: 15, maxHeld: null, maxPerDay: null, retakeDays: 7 }

export const DAY_MS = 86_400_000

export interface Holding { held: number; takenToday: number; /** when they last gave this very lead up, or lost it unread or idle */ gaveUpAt: Date | null }
export type Refusal = { code: 'LEAD_FULL' | 'LEAD_DAY'; n: number; max: number } | { code: 'LEAD_RETAKE'; until: Date }

/** May they take it from the pool now? Null: yes. */
export function refusal(rule: PoolRule, h: Holding, now: Date): Refusal | null {
  if (rule.maxHeld !== null && h.held >= rule.maxHeld) return { code: 'LEAD_FULL', n: h.held, max: rule.maxHeld }
  if (rule.maxPerDay !== null && h.takenToday >= rule.maxPerDay) return { code: 'LEAD_DAY', n: h.takenToday, max: rule.maxPerDay }
  if (!h.gaveUpAt || rule.retakeDays === 0) return null
  const until = new Date(h.gaveUpAt.getTime() + rule.retakeDays * DAY_MS)
  return now < until ? { code: 'LEAD_RETAKE', until } : null
}
