/** Days are text, `2026-11-22`; a period is a year `2026`, a quarter `2026-Q4` or a month `2026-11`. Pure. */
export interface Span { from: string; to: string }

const iso = (y: number, m: number, d: number): string => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10)
const at = (day: string): Date => new Date(`${day}T00:00:00Z`)

export const PERIOD = /^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/

/** First and last day (with) of a period. @throws RangeError for what is no period */
export function spanOfPeriod(period: string): Span {
  if (!PERIOD.test(period)) throw new RangeError(`no period: ${period}`)
  const year = Number(period.slice(0, 4)), rest = period.slice(5)
  if (!rest) return { from: iso(year, 0, 1), to: iso(year, 12, 0) }
  const first = rest.startsWith('Q') ? (Number(rest[1]) - 1) * 3 : Number(rest) - 1
  return { from: iso(year, first, 1), to: iso(year, first + (rest.startsWith('Q') ? 3 : 1), 0) }
}

export const monthOf = (day: string): string => day.slice(0, 7)
export const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

/** The period `steps` before or after one of the same length. */
export function shiftPeriod(period: string, steps: number): string {
  const { from } = spanOfPeriod(period), [y, m] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1]
  if (period.length === 4) return String(y + steps)
  const day = iso(y, m + steps * (period.includes('Q') ? 3 : 1), 1)
  return period.includes('Q') ? quarterOf(day) : monthOf(day)
}

/** The periods one step below: a year has quarters, a quarter months; a month has none. */
export function partsOfPeriod(period: string): string[] {
  if (period.length === 4) return [1, 2, 3, 4].map(q => `${period}-Q${q}`)
  if (!period.includes('Q')) return []
  const first = spanOfPeriod(period).from
  return [0, 1, 2].map(i => shiftPeriod(monthOf(first), i))
}
export const within = (inner: string, outer: string): boolean => { const a = spanOfPeriod(inner), b = spanOfPeriod(outer); return a.from >= b.from && a.to <= b.to }

export const addDays = (day: string, n: number): string => new Date(at(day).getTime() + n * 86_400_000).toISOString().slice(0, 10)
/** Monday is 0. */
const weekday = (day: string): number => (at(day).getUTCDay() + 6) % 7

/** The ISO 8601 week of a day, `2026-W47`: weeks begin on Monday and belong to the year of their Thursday. */
export function weekOf(day: string): string {
  const thursday = addDays(day, 3 - weekday(day)), first = `${thursday.slice(0, 4)}-01-01`
  return `${thursday.slice(0, 4)}-W${String(Math.floor((at(thursday).getTime() - at(first).getTime()) / 604_800_000) + 1).padStart(2, '0')}`
}
/** The Monday after a day. */
export const nextMonday = (day: string): string => addDays(day, 7 - weekday(day))
