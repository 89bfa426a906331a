const DAY_MS = 86_400_000
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The last day under warranty of something bought on a day: the day of purchase is the first of `days` days. Days are YYYY-MM-DD. */
export function lastWarrantyDay(purchasedOn: string, days: number): string {
  return dayText(at(purchasedOn) + Math.max(0, days - 1) * DAY_MS)
}

export type WarrantyState = 'in' | 'out' | 'unknown'

/** In warranty on a day, its last day included? `daysLeft` counts that day too; it is negative when the warranty is over. */
export function warrantyOn(day: string, until: string | null): { state: WarrantyState; daysLeft: number | null } {
  if (!until) return { state: 'unknown', daysLeft: null }
  const left = Math.round((at(until) - at(day)) / DAY_MS)
  return left >= 0 ? { state: 'in', daysLeft: left + 1 } : { state: 'out', daysLeft: left }
}

/** Of several promises about one device the longest counts. */
export const longestWarranty = (ends: ReadonlyArray<string | null | undefined>): string | null =>
  ends.reduce<string | null>((longest, end) => (end && (!longest || end > longest) ? end : longest), null)
