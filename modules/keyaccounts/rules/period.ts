/*
 * Days as `2026-11-22`, months as `2026-11`; all on the tenant's own calendar, so nothing here knows a time zone.
 */
const two = (n: number): string => String(n).padStart(2, '0')

/** The month so many months later (or earlier). */
export function addMonths(month: string, n: number): string {
  const [y, m] = month.split('-').map(Number) as [number, number], at = y * 12 + m - 1 + n
  return `${Math.floor(at / 12)}-${two((at % 12) + 1)}`
}
export const monthOf = (day: string): string => day.slice(0, 7)
export const firstDay = (month: string): string => `${month}-01`
export const lastDay = (month: string): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10)

/** The same day a year before; 29 February becomes the 28th. */
export function yearBefore(day: string): string {
  const month = addMonths(monthOf(day), -12), last = lastDay(month)
  const same = `${month}-${day.slice(8)}`
  return same > last ? last : same
}

export interface Span { from: string; until: string; name: string }

/** The period of a kind that ended with the month before this day's: what a report of the 1st is about. A quarter and a year only when they have just ended. */
export function endedSpan(kind: 'month' | 'quarter' | 'year', day: string): Span | null {
  const last = addMonths(monthOf(day), -1), no = Number(last.slice(5)), year = last.slice(0, 4)
  if (kind === 'month') return { from: firstDay(last), until: lastDay(last), name: last }
  if (kind === 'quarter') return no % 3 ? null : { from: firstDay(addMonths(last, -2)), until: lastDay(last), name: `${year}Q${no / 3}` }
  return no === 12 ? { from: `${year}-01-01`, until: `${year}-12-31`, name: year } : null
}
