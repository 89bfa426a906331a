import type { Day } from './types.ts'

/** The last `n` days up to `today` (YYYY-MM-DD), those without work as zeros: a gap must be seen as one. */
export function everyDay(days: readonly Day[], today: string, n: number): Day[] {
  const known = new Map(days.map(each => [each.day, each]))
  return Array.from({ length: n }, (_, i) => new Date(Date.parse(`${today}T00:00:00Z`) - (n - 1 - i) * 86_400_000).toISOString().slice(0, 10)).map(day => known.get(day) ?? { day, done: 0, late: 0, minutes: 0 })
}
