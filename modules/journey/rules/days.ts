import { FESTIVAL_DAYS, type Festival } from './choices.ts'

/* Days of a year that come back, as YYYY-MM-DD and MM-DD. */

const at = (day: string): Date => new Date(`${day}T00:00:00Z`)
const text = (d: Date): string => d.toISOString().slice(0, 10)
const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export const addDays = (day: string, n: number): string => { const d = at(day); d.setUTCDate(d.getUTCDate() + n); return text(d) }

/** The day that it falls on in a year; who was born on 29 February has it on the 28th in years without one. */
export const inYear = (monthDay: string, year: number): string => `${year}-${monthDay === '02-29' && !leap(year) ? '02-28' : monthDay}`

/** The days from one to another (both included), and which MM-DD are kept on each: the 28th of February takes the 29th along where there is none. */
export function keptOn(from: string, until: string): Array<{ on: string; monthDay: string }> {
  const days: Array<{ on: string; monthDay: string }> = []
  for (let on = from; on <= until; on = addDays(on, 1)) {
    const monthDay = on.slice(5)
    days.push({ on, monthDay })
    if (monthDay === '02-28' && !leap(Number(on.slice(0, 4)))) days.push({ on, monthDay: '02-29' })
  }
  return days
}

/**
 * Festivals of the traditional calendar, as published for China. The calendar that comes with the runtime computes new moons near midnight a day
 * off (the Spring Festivals of 2027 and 2030), so that the days of the next years are written down; those after the table are computed.
 */
const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  '1-1': ['2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03', '2031-01-23', '2032-02-11', '2033-01-31', '2034-02-19', '2035-02-08'],
  '1-15': ['2026-03-03', '2027-02-20', '2028-02-09', '2029-02-27', '2030-02-17', '2031-02-06', '2032-02-25', '2033-02-14', '2034-03-05', '2035-02-22'],
  '5-5': ['2026-06-19', '2027-06-09', '2028-05-28', '2029-06-16', '2030-06-05', '2031-06-24', '2032-06-12', '2033-06-01', '2034-06-20', '2035-06-10'],
  '8-15': ['2026-09-25', '2027-09-15', '2028-10-03', '2029-09-22', '2030-09-12', '2031-10-01', '2032-09-19', '2033-09-08', '2034-09-27', '2035-09-16'],
  '9-9': ['2026-10-18', '2027-10-08', '2028-10-26', '2029-10-16', '2030-10-05', '2031-10-24', '2032-10-12', '2033-10-01', '2034-10-20', '2035-10-09'],
}
const FIRST_YEAR = '2026', LAST_YEAR = '2035'
const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
/** `1-1` on the first day of the first month; of a month that is doubled (`5bis`), only the first counts. */
function isLunar(day: string, monthDay: string): boolean {
  if (day.slice(0, 4) >= FIRST_YEAR && day.slice(0, 4) <= LAST_YEAR) return PUBLISHED[monthDay]!.includes(day)
  const parts = lunar.formatToParts(at(day)), of = (type: string): string => parts.find(p => p.type === type)?.value ?? ''
  return `${of('month')}-${of('day')}` === monthDay
}

/** On which days of a span (both included) a festival falls. `monthDay`: of another day. */
export function festivalOn(festival: Festival, monthDay: string | null, from: string, until: string): string[] {
  const rule: { lunar?: string; day?: string } = festival === 'other' ? { day: monthDay ?? '' } : FESTIVAL_DAYS[festival]
  return [...new Set(keptOn(from, until).filter(d => (rule.lunar ? isLunar(d.on, rule.lunar) : d.monthDay === rule.day)).map(d => d.on))]
}
