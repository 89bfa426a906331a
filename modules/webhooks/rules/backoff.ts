/** Seconds until the next try: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; about three days in all. */
const WAITS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
export const MAX_TRIES = WAITS.length + 1
/** After so many failed tries of one message the later ones of its record no longer wait for it. */
export const KEEP_ORDER_TRIES = 3
/** A receiver that took nothing for so long is switched off. */
export const OFF_AFTER_MS = 3 * 86_400_000

/** `attempts` made so far; null: no more. `asked`: what the receiver said in Retry-After. `random` in [0, 1): a tenth more or less, so that what failed together does not come back together. */
export function waitSeconds(attempts: number, asked: number | null, random: () => number): number | null {
  const wait = WAITS[attempts - 1]
  return wait === undefined ? null : Math.max(asked ?? 0, wait * (0.9 + 0.2 * random()))
}

/** Retry-After in seconds or as a date; a day at most. */
export function retryAfter(header: string | string[] | undefined, now: number): number | null {
  const text = Array.isArray(header) ? header[0] : header
  if (!text) return null
  const seconds = /^\d+$/.test(text.trim()) ? Number(text) : (Date.parse(text) - now) / 1000
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : null
}
