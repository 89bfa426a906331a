/** Business time: how long until, how long between, with holidays, make-up workdays and pauses. Exact to the millisecond. */

import {
  CalendarError, checkSpec, dayNumber, isoWeekday, MINUTE_MS, parseShifts, type CalendarSpec, type DayKind, type Shift,
} from './spec.ts'
import { buildYear, instantWhenWorked, workedBefore, type YearTable } from './year.ts'
import { localMonth } from './zone.ts'

export interface CompiledCalendar {
  readonly timeZone: string
  readonly shifts: readonly Shift[]
  readonly workdays: ReadonlySet<number>
  /** Keyed by day number, see `dayNumber`. */
  readonly days: ReadonlyMap<number, DayKind>
  readonly knownYears: ReadonlySet<number>
  /** Tables of the years asked for so far, at most `YEARS_KEPT`. Filled on demand; the only thing in here that changes. */
  readonly years: Map<number, YearTable>
}

export interface DueTime {
  due: Date
  /** 暂定: the way from the start to the due time touches a year whose holidays are not maintained yet. */
  tentative: boolean
}

/** `to: null` is a pause that still lasts. */
export interface Pause { from: Date; to: Date | null }

/** A thousand tenants with a calendar each must fit in memory: about 12 KB a year. */
const YEARS_KEPT = 24
const FIRST_YEAR = 1900
const LAST_YEAR = 2999
/** After so many years without a single working minute the calendar, not the answer, is wrong. */
const EMPTY_YEARS = 5
/** A hundred years; anything longer is a mistake, and would cost a table for every year on the way. */
const LONGEST_MINUTES = 100 * 366 * 1440

/** @throws CalendarError CALENDAR_INVALID when the calendar makes no sense. */
export function compileCalendar(spec: CalendarSpec): CompiledCalendar {
  checkSpec(spec)
  return Object.freeze({
    timeZone: spec.timeZone,
    shifts: Object.freeze(parseShifts(spec.shifts)),
    workdays: new Set(spec.workdays),
    days: new Map(Object.entries(spec.days).map(([date, kind]) => [dayNumber(date)!, kind] as const)),
    knownYears: new Set(spec.knownYears),
    years: new Map<number, YearTable>(),
  })
}

/**
 * The earliest moment at which `minutes` (≥ 0, fractions allowed) of business time have passed since `start`. So the last
 * minute of a shift is due at its end, not at the next morning, and zero minutes are due at the start itself, even at night.
 */
export function addBusinessMinutes(cal: CompiledCalendar, start: Date, minutes: number): DueTime {
  if (Number.isNaN(minutes) || minutes < 0 || minutes > LONGEST_MINUTES) {
    throw new CalendarError('CALENDAR_TIME_INVALID', '时限应是不小于零的分钟数，且不超过一百年')
  }
  const from = instant(start)
  const firstYear = yearAt(cal, from)
  const ms = Math.round(minutes * MINUTE_MS)
  if (ms === 0) return { due: new Date(from), tentative: !cal.knownYears.has(firstYear) }

  let year = firstYear
  let table = yearTable(cal, year)
  let worked = workedBefore(table, from) + ms
  let tentative = !cal.knownYears.has(year)
  let emptyYears = 0
  while (worked > table.total) {
    emptyYears = table.total === 0 ? emptyYears + 1 : 0
    if (emptyYears > EMPTY_YEARS) throw new CalendarError('CALENDAR_NO_WORKING_TIME', '业务日历里没有工作时间，算不出到期时间')
    worked -= table.total
    year += 1
    table = yearTable(cal, year)
    tentative ||= !cal.knownYears.has(year)
  }
  return { due: new Date(instantWhenWorked(table, worked)), tentative }
}

/** Business minutes from one moment to another; the same with a minus sign when `to` lies before `from`. */
export function businessMinutesBetween(cal: CompiledCalendar, from: Date, to: Date): number {
  const start = instant(from)
  const end = instant(to)
  return start <= end ? workedBetween(cal, start, end) / MINUTE_MS : -workedBetween(cal, end, start) / MINUTE_MS
}

/** Whether shifts begin on a day 'YYYY-MM-DD' of the calendar's zone. */
export function isWorkday(cal: CompiledCalendar, date: string): boolean {
  const day = dayNumber(date)
  if (day === null) throw new CalendarError('CALENDAR_TIME_INVALID', `日期“${date}”不正确`)
  return worksOn(cal, day)
}

/**
 * The moment at which `minutes` of business time outside all pauses have passed. A pause counts in business minutes and
 * once: overlaps are merged, time before the start is not counted, and a pause that begins when the time is already up
 * changes nothing (a breach stays a breach). A pause that still lasts is counted up to `now`, which is then needed.
 */
export function dueWithPauses(cal: CompiledCalendar, start: Date, minutes: number, pauses: readonly Pause[], now?: Date): DueTime {
  const from = instant(start)
  let allowed = minutes
  let answer = addBusinessMinutes(cal, start, allowed)
  for (const pause of mergePauses(from, pauses, now)) {
    if (pause.from >= answer.due.getTime()) break
    allowed += workedBetween(cal, pause.from, pause.to) / MINUTE_MS
    answer = addBusinessMinutes(cal, start, allowed)
  }
  return answer
}

/** Years that ought to be maintained at `now` and are not: the current one, and from 1 November on the next (local time). */
export function missingYears(spec: Pick<CalendarSpec, 'timeZone' | 'knownYears'>, now: Date): number[] {
  const { year, month } = localMonth(spec.timeZone, instant(now))
  const wanted = month >= 11 ? [year, year + 1] : [year]
  return wanted.filter(y => !spec.knownYears.includes(y))
}

function mergePauses(start: number, pauses: readonly Pause[], now: Date | undefined): Array<{ from: number; to: number }> {
  const clipped = pauses.map(pause => {
    const end = pause.to ?? now
    if (!end) throw new CalendarError('CALENDAR_TIME_INVALID', '还有暂停没有结束，计算到期时间需要当前时间')
    return { from: Math.max(instant(pause.from), start), to: instant(end) }
  }).filter(pause => pause.to > pause.from).sort((a, b) => a.from - b.from)

  const merged: Array<{ from: number; to: number }> = []
  for (const pause of clipped) {
    const previous = merged.at(-1)
    if (previous && pause.from <= previous.to) previous.to = Math.max(previous.to, pause.to)
    else merged.push(pause)
  }
  return merged
}

function workedBetween(cal: CompiledCalendar, start: number, end: number): number {
  const firstYear = yearAt(cal, start)
  const lastYear = yearAt(cal, end)
  let worked = workedBefore(yearTable(cal, lastYear), end) - workedBefore(yearTable(cal, firstYear), start)
  for (let year = firstYear; year < lastYear; year++) worked += yearTable(cal, year).total
  return worked
}

function yearAt(cal: CompiledCalendar, at: number): number {
  const year = new Date(at).getUTCFullYear()
  const table = yearTable(cal, year)
  return at < table.from ? year - 1 : at >= table.to ? year + 1 : year
}

function yearTable(cal: CompiledCalendar, year: number): YearTable {
  let table = cal.years.get(year)
  if (!table) {
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw new CalendarError('CALENDAR_TIME_INVALID', `${year} 年不在业务日历的范围内`)
    table = buildYear(year, cal.timeZone, cal.shifts, day => worksOn(cal, day))
    const oldest = cal.years.keys().next()
    if (cal.years.size >= YEARS_KEPT && !oldest.done) cal.years.delete(oldest.value)
    cal.years.set(year, table)
  }
  return table
}

function worksOn(cal: CompiledCalendar, day: number): boolean {
  const kind = cal.days.get(day)
  return kind ? kind === 'work' : cal.workdays.has(isoWeekday(day))
}

function instant(date: Date): number {
  const ms = date.getTime()
  if (Number.isNaN(ms)) throw new CalendarError('CALENDAR_TIME_INVALID', '时间不正确')
  return ms
}
