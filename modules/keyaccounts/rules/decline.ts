/** The mean of one's own months before, and how this one compares (per cent, one decimal). Null: nothing to compare with. */
export function declineOf(before: readonly number[], now: number): { base: number; change: number } | null {
  const base = before.reduce((a, b) => a + b, 0) / (before.length || 1)
  return base > 0 ? { base: Math.round(base * 100) / 100, change: Math.round((now / base - 1) * 1000) / 10 } : null
}
/** A fall beyond the limit; exactly at the limit is none. */
export const alarming = (change: number, percent: number): boolean => change < -percent
