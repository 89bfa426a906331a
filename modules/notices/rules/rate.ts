import type { ChannelKind } from '../entities/kinds.ts'

export interface Limit { count: number; seconds: number }

/** What each provider allows one bot. More than 20 in a minute shuts a DingTalk bot out for ten. */
export const LIMITS: Readonly<Record<ChannelKind, readonly Limit[]>> = {
  wecom: [{ count: 20, seconds: 60 }], dingtalk: [{ count: 20, seconds: 60 }], feishu: [{ count: 5, seconds: 1 }, { count: 100, seconds: 60 }], sms: [], mail: [],
}
/** How far back tries need to be known. */
export const WINDOW_SECONDS = 60

/**
 * When the next message may leave, given when the last ones left. The window slides: never more than `count` in any span of so many seconds.
 * (A bucket that fills up again while it empties would let through twice as many in the first minute.)
 */
export function whenFree(left: readonly Date[], now: Date, limits: readonly Limit[]): Date {
  let free = now.getTime()
  for (const { count, seconds } of limits) {
    const inside = left.map(d => d.getTime()).filter(t => t > now.getTime() - seconds * 1000).toSorted((a, b) => a - b)
    if (inside.length >= count) free = Math.max(free, inside[inside.length - count]! + seconds * 1000)
  }
  return new Date(free)
}
