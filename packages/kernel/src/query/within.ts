/** Named spans of days in the tenant's time zone, as half-open instants [from, to). Weeks begin on Monday. */
export const SPANS = ['today', 'yesterday', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth', 'last7Days', 'last30Days'] as const
export type Span = (typeof SPANS)[number]

const DAY = 86_400_000
const formatters = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of an instant in a time zone, as UTC midnight of that day (arithmetic on days is then plain). */
export function dayOf(at: Date, timeZone: string): Date {
  // no time zone changes its day or its offset but at a quarter of an hour, and formatting costs as much as a query
  const quarter = Math.floor(at.getTime() / 900_000)
  if (last.quarter !== quarter || last.timeZone !== timeZone) last = { quarter, timeZone, day: dayIn(at, timeZone) }
  return new Date(last.day)
}

let last = { quarter: NaN, timeZone: '', day: 0 }

function dayIn(at: Date, timeZone: string): number {
  let f = formatters.get(timeZone)
  if (!f) { f = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }); formatters.set(timeZone, f) }
  return Date.parse(`${f.format(at)}T00:00:00Z`)
}

/** The instant at which a calendar day begins in a time zone. */
export function startOfDay(day: Date, timeZone: string): Date {
  let guess = new Date(day.getTime())
  for (let i = 0; i < 3; i++) {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
      .formatToParts(guess)
    const get = (t: string): number => Number(parts.find(p => p.type === t)?.value)
    const local = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'))
    const next = new Date(guess.getTime() - (local - day.getTime()))
    if (next.getTime() === guess.getTime()) break
    guess = next
  }
  return guess
}

export function spanOf(span: Span, now: Date, timeZone: string): { from: Date; to: Date; fromDay: string; toDay: string } {
  const today = dayOf(now, timeZone)
  const weekday = (today.getUTCDay() + 6) % 7
  const month = (offset: number): Date => new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + offset, 1))
  const plus = (d: Date, days: number): Date => new Date(d.getTime() + days * DAY)
  const days: Record<Span, [Date, Date]> = {
    today: [today, plus(today, 1)],
    yesterday: [plus(today, -1), today],
    thisWeek: [plus(today, -weekday), plus(today, 7 - weekday)],
    lastWeek: [plus(today, -weekday - 7), plus(today, -weekday)],
    thisMonth: [month(0), month(1)],
    lastMonth: [month(-1), month(0)],
    last7Days: [plus(today, -6), plus(today, 1)],
    last30Days: [plus(today, -29), plus(today, 1)],
  }
  const [a, b] = days[span]
  return { from: startOfDay(a, timeZone), to: startOfDay(b, timeZone), fromDay: a.toISOString().slice(0, 10), toDay: b.toISOString().slice(0, 10) }
}
