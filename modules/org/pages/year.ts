/** Rules of the year view: which days there are, what a click does. Dates are texts YYYY-MM-DD. */

export type Mark = 'off' | 'work'
export type Days = Record<string, Mark>

/** ISO weekday of a date: 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: string): number {
  return new Date(date + 'T00:00:00Z').getUTCDay() || 7
}

/** Weeks of a month, Monday first; null where the week belongs to another month. Month 1…12. */
export function weeksOf(year: number, month: number): Array<Array<string | null>> {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const dates = Array.from({ length: count }, (_, i) => `${year}-${String(month).padStart(2, '0')}-${String(i + 1).padStart(2, '0')}`)
  const cells: Array<string | null> = [...Array<null>(weekdayOf(dates[0]!) - 1).fill(null), ...dates]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** As usual → off → work → as usual; the mark that only repeats the ordinary week is left out. */
export function toggle(days: Days, date: string, workdays: number[]): Days {
  const { [date]: present, ...rest } = days
  const ordinary: Mark = workdays.includes(weekdayOf(date)) ? 'work' : 'off'
  const next: Mark | null = present === undefined ? (ordinary === 'work' ? 'off' : 'work') : null
  return next === null ? rest : { ...rest, [date]: next }
}

export function count(days: Days, year: number): { off: number, work: number } {
  const own = Object.entries(days).filter(([date]) => date.startsWith(`${year}-`))
  return { off: own.filter(([, mark]) => mark === 'off').length, work: own.filter(([, mark]) => mark === 'work').length }
}

/** An imported year replaces that year; other years stay. */
export function merge(days: Days, read: Days): Days {
  const years = new Set(Object.keys(read).map(date => date.slice(0, 4)))
  return { ...Object.fromEntries(Object.entries(days).filter(([date]) => !years.has(date.slice(0, 4)))), ...read }
}
