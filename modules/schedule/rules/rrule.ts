import { dayNo, dayText, daysIn, firstOfMonth, isDay, partsOf, weekdayOf } from './days.ts'

/** The part of RFC 5545 (3.3.10) that an office needs: by days, never by hours. The clock time is the event's own. Weeks begin on Monday. */
export type Freq = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
/** 1 = Monday … 7 = Sunday; `nth` of the month: 1 the first, -1 the last, null every one. */
export interface ByDay { day: number; nth: number | null }
export interface Rule { freq: Freq; interval: number; byDay: readonly ByDay[]; /** 1…31, or -1 the last day … */ byMonthDay: readonly number[]; count: number | null; /** the last day that may be one, 'YYYY-MM-DD' */ until: string | null }

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const FREQS: readonly Freq[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
/** A rule that finds no day in so many periods has none. */
const PERIODS = 40_000

const whole = (text: string, min: number, max: number): number | null => { const n = /^[+-]?\d{1,4}$/.test(text) ? Number(text) : NaN; return n >= min && n <= max && n !== 0 ? n : null }

function byDayOf(text: string): ByDay[] | null {
  const list = text.split(',').map(part => { const m = /^([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(part); return m ? { day: WEEKDAYS.indexOf(m[2] as 'MO') + 1, nth: m[1] ? Number(m[1]) : null } : null })
  return list.every(d => d !== null && d.nth !== 0 && Math.abs(d.nth ?? 1) <= 5) ? list as ByDay[] : null
}

/** null: not a rule that we keep (unknown parts, an end given twice, numbers out of range). UNTIL is a day: `20261231`. */
export function parseRule(text: string): Rule | null {
  const parts = new Map<string, string>()
  for (const part of text.trim().toUpperCase().replace(/^RRULE:/, '').split(';').filter(Boolean)) {
    const [name, value, more] = part.split('=')
    if (!name || !value || more !== undefined || parts.has(name)) return null
    parts.set(name, value)
  }
  const take = (name: string): string | undefined => { const value = parts.get(name); parts.delete(name); return value }
  const freq = take('FREQ') as Freq | undefined, interval = whole(take('INTERVAL') ?? '1', 1, 99), countText = take('COUNT'), untilText = take('UNTIL'), days = take('BYDAY'), monthDays = take('BYMONTHDAY')
  take('WKST')
  if (!freq || !FREQS.includes(freq) || interval === null || parts.size > 0 || (countText && untilText)) return null
  const count = countText ? whole(countText, 1, 999) : null
  const m = untilText ? /^(\d{4})(\d{2})(\d{2})$/.exec(untilText) : null, until = m ? `${m[1]}-${m[2]}-${m[3]}` : null
  const byDay = days ? byDayOf(days) : [], byMonthDay = monthDays ? monthDays.split(',').map(d => whole(d, -31, 31)) : []
  if ((countText && count === null) || (untilText && (!until || !isDay(until))) || byDay === null || byMonthDay.includes(null)) return null
  if (freq === 'WEEKLY' && byMonthDay.length > 0) return null
  if (freq !== 'MONTHLY' && byDay.some(d => d.nth !== null)) return null
  if (freq === 'YEARLY' && (byDay.length > 0 || byMonthDay.length > 0)) return null
  return { freq, interval, byDay, byMonthDay: byMonthDay as number[], count, until }
}

export function formatRule(r: Rule): string {
  return [`FREQ=${r.freq}`, r.interval > 1 ? `INTERVAL=${r.interval}` : '', r.byDay.length ? `BYDAY=${r.byDay.map(d => `${d.nth ?? ''}${WEEKDAYS[d.day - 1]!}`).join(',')}` : '',
    r.byMonthDay.length ? `BYMONTHDAY=${r.byMonthDay.join(',')}` : '', r.count ? `COUNT=${r.count}` : '', r.until ? `UNTIL=${r.until.replaceAll('-', '')}` : ''].filter(Boolean).join(';')
}

const monthly = (r: Rule, first: number, start: number): number[] => {
  const { year, month } = partsOf(first), size = daysIn(year, month), all = Array.from({ length: size }, (_, i) => i + 1)
  const fits = (d: number): boolean => {
    const nth = Math.ceil(d / 7), last = -Math.ceil((size - d + 1) / 7), weekday = weekdayOf(first + d - 1)
    return (!r.byDay.length || r.byDay.some(b => b.day === weekday && (b.nth === null || b.nth === nth || b.nth === last))) && (!r.byMonthDay.length || r.byMonthDay.some(m => m === d || m === d - size - 1))
  }
  const wanted = r.byDay.length || r.byMonthDay.length ? all.filter(fits) : [partsOf(start).day].filter(d => d <= size)
  return wanted.map(d => first + d - 1)
}

/** The days of one period, in order: a day, a week from Monday, a month, a year. */
function period(r: Rule, start: number, k: number): number[] {
  const from = partsOf(start)
  switch (r.freq) {
    case 'DAILY': {
      const no = start + k * r.interval, { year, month, day } = partsOf(no), size = daysIn(year, month)
      return (!r.byDay.length || r.byDay.some(d => d.day === weekdayOf(no))) && (!r.byMonthDay.length || r.byMonthDay.some(d => d === day || d === day - size - 1)) ? [no] : []
    }
    case 'WEEKLY': {
      const monday = start - weekdayOf(start) + 1 + k * r.interval * 7
      return (r.byDay.length ? [...new Set(r.byDay.map(d => d.day))].toSorted((a, b) => a - b) : [weekdayOf(start)]).map(d => monday + d - 1)
    }
    case 'MONTHLY': return monthly(r, firstOfMonth(from.year, from.month + k * r.interval), start)
    case 'YEARLY': {
      const first = firstOfMonth(from.year + k * r.interval, from.month)
      return from.day <= daysIn(from.year + k * r.interval, from.month) ? [first + from.day - 1] : []
    }
  }
}

/**
 * The days on which it happens, from its first day on, in order; endless unless COUNT or UNTIL ends it. What is left out later (EXDATE, holidays)
 * has counted: RFC 5545 counts before it excludes.
 */
export function* daysOfRule(r: Rule, startDay: string): Generator<string> {
  const start = dayNo(startDay), until = r.until ? dayNo(r.until) : Infinity
  let given = 0
  for (let k = 0, empty = 0; empty < PERIODS; k++) {
    const days = period(r, start, k).filter(no => no >= start)
    empty = days.length ? 0 : empty + 1
    if (r.freq !== 'DAILY' && empty > 500) return
    for (const no of days) {
      if (no > until || (r.count !== null && given >= r.count)) return
      given += 1
      yield dayText(no)
    }
    if ((days.at(-1) ?? start + k) > until) return
  }
}

/** The same rule after its first day was moved: a weekly one turns with it, a monthly one follows the day or the nth weekday. */
export function movedRule(r: Rule, fromDay: string, toDay: string): Rule {
  const to = dayNo(toDay), delta = to - dayNo(fromDay)
  if (delta === 0) return r
  const turn = (d: number): number => ((d - 1 + delta) % 7 + 7) % 7 + 1, { day } = partsOf(to), nth = Math.ceil(day / 7)
  const byDay = r.byDay.map(d => (d.nth === null ? { ...d, day: turn(d.day) } : { day: weekdayOf(to), nth: d.nth < 0 || nth > 4 ? -1 : nth }))
  return { ...r, byDay, byMonthDay: r.byMonthDay.length === 1 && r.byMonthDay[0]! > 0 ? [day] : r.byMonthDay, until: r.until ? dayText(dayNo(r.until) + delta) : null }
}

const NAMES = ['一', '二', '三', '四', '五', '六', '日']
/** 每周一；每 2 周的周一、周三；每月第 2 个周二；每月 15 日；共 5 次。 */
export function ruleText(r: Rule): string {
  const unit = { DAILY: '天', WEEKLY: '周', MONTHLY: '个月', YEARLY: '年' }[r.freq], every = r.interval > 1 ? `每 ${r.interval} ${unit}` : { DAILY: '每天', WEEKLY: '每周', MONTHLY: '每月', YEARLY: '每年' }[r.freq]
  const days = r.byDay.map(d => (d.nth === null ? NAMES[d.day - 1]! : d.nth < 0 ? `最后一个周${NAMES[d.day - 1]!}` : `第 ${d.nth} 个周${NAMES[d.day - 1]!}`))
  const on = r.byDay.length ? (r.freq === 'WEEKLY' && r.interval === 1 ? days.join('、') : `${r.freq === 'WEEKLY' ? '的周' : ''}${days.join(r.freq === 'WEEKLY' ? '、周' : '、')}`) : r.byMonthDay.length ? r.byMonthDay.map(d => (d < 0 ? (d === -1 ? '最后一天' : `倒数第 ${-d} 天`) : ` ${d} 日`)).join('、') : ''
  return `${every}${on}${r.count ? `，共 ${r.count} 次` : r.until ? `，到 ${r.until}` : ''}`
}
