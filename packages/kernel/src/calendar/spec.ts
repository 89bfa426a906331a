/** What a business calendar is made of, and the check that it makes sense. Data in, no clock, no I/O. */

export type DayKind = 'off' | 'work'

export interface CalendarSpec {
  /** IANA name, such as 'Asia/Shanghai'. Shifts and days are wall-clock in this zone. */
  timeZone: string
  /** 'HH:MM' pairs, the same on every working day. An end at or before its start lies on the next day; '24:00' is allowed as an end. */
  shifts: Array<[string, string]>
  /** ISO weekdays (1 = Monday … 7 = Sunday) of the ordinary week. */
  workdays: number[]
  /** Exceptions to the ordinary week, keyed YYYY-MM-DD: holidays ('off') and make-up workdays ('work'). */
  days: Record<string, DayKind>
  /** Years whose exceptions are complete. An answer that touches any other year is 暂定. */
  knownYears: number[]
}

export type CalendarErrorCode = 'CALENDAR_INVALID' | 'CALENDAR_NO_WORKING_TIME' | 'CALENDAR_TIME_INVALID'

export class CalendarError extends Error {
  readonly code: CalendarErrorCode
  constructor(code: CalendarErrorCode, message: string) {
    super(message)
    this.name = 'CalendarError'
    this.code = code
  }
}

/** A shift in minutes after local midnight; `end` passes 1440 when the shift runs over midnight. */
export interface Shift { readonly start: number; readonly end: number }

export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

export function parseShifts(shifts: ReadonlyArray<readonly [string, string]>): Shift[] {
  const parsed = shifts.map(([from, to]) => {
    const start = minutesOf(from)
    const end = minutesOf(to)
    if (start === DAY_MINUTES) throw invalid(`班次开始时间“${from}”不正确`)
    return { start, end: end > start ? end : end + DAY_MINUTES }
  }).sort((a, b) => a.start - b.start)
  if (parsed.length === 0) throw invalid('业务日历至少要有一个班次')
  parsed.forEach((shift, i) => {
    const next = parsed[i + 1]?.start ?? parsed[0]!.start + DAY_MINUTES
    if (shift.end > next) throw invalid('业务日历的班次互相重叠')
  })
  return parsed
}

export function checkSpec(spec: CalendarSpec): void {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: spec.timeZone })
  } catch {
    throw invalid(`时区“${spec.timeZone}”不存在`)
  }
  if (spec.workdays.length === 0) throw invalid('业务日历每周至少要有一个工作日')
  for (const weekday of spec.workdays) {
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) throw invalid(`工作日“${weekday}”应是 1（周一）到 7（周日）`)
  }
  for (const year of spec.knownYears) {
    if (!Number.isInteger(year)) throw invalid(`年份“${year}”不正确`)
  }
  for (const [date, kind] of Object.entries(spec.days)) {
    if (dayNumber(date) === null) throw invalid(`日期“${date}”不正确`)
    if (kind !== 'off' && kind !== 'work') throw invalid(`${date} 应是“off”（休）或“work”（班）`)
  }
}

/** Days since 1970-01-01 of a 'YYYY-MM-DD' text, or null when there is no such day. */
export function dayNumber(date: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) return null
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  // Date.UTC rolls 31 April over to 1 May: only a day that prints back the same exists.
  return dateText(ms / DAY_MS) === date ? ms / DAY_MS : null
}

export function dateText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** 1 = Monday … 7 = Sunday. Day 0 (1970-01-01) was a Thursday. */
export function isoWeekday(day: number): number {
  return ((day + 3) % 7 + 7) % 7 + 1
}

function minutesOf(text: string): number {
  const match = /^(\d{2}):([0-5]\d)$/.exec(text)
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
  if (!(minutes <= DAY_MINUTES)) throw invalid(`时间“${text}”应写成 09:00 的样子`)
  return minutes
}

function invalid(message: string): CalendarError {
  return new CalendarError('CALENDAR_INVALID', message)
}
