import { AppError, CalendarError, compileCalendar, dayOf, isWorkday, type CalendarSpec, type CompiledCalendar, type DayKind } from '@quancheng/kernel'

/** A year whose holidays nobody has entered, and since when that has been known. */
export interface YearWarning { year: number; raisedAt: string }

/** The parts of a stored calendar that time is computed from. */
export interface CalendarParts {
  timeZone: string
  shifts: CalendarSpec['shifts']
  workdays: number[]
  days?: CalendarSpec['days'] | null
  knownYears?: number[] | null
}

export const specOf = (row: CalendarParts): CalendarSpec =>
  ({ timeZone: row.timeZone, shifts: row.shifts, workdays: row.workdays, days: row.days ?? {}, knownYears: row.knownYears ?? [] })

const isPairs = (v: unknown): boolean => Array.isArray(v) && v.every(p => Array.isArray(p) && p.length === 2 && p.every(t => typeof t === 'string'))
const isNumbers = (v: unknown): boolean => Array.isArray(v) && v.every(n => typeof n === 'number') && new Set(v).size === v.length
const isRecord = (v: unknown): boolean => typeof v === 'object' && v !== null && !Array.isArray(v)
const refuse = (reason: string): never => { throw new AppError('CALENDAR_INVALID', { reason }) }

/** Compiles a calendar, or refuses it in one Chinese sentence. @throws AppError CALENDAR_INVALID */
export function checkCalendar(row: CalendarParts): CompiledCalendar {
  if (!isPairs(row.shifts)) refuse('班次应写成 [["09:00","12:00"],["13:30","18:00"]]')
  if (!isNumbers(row.workdays)) refuse('工作日应写成 [1,2,3,4,5]，1 是周一')
  if (!isRecord(row.days ?? {})) refuse('放假与调休应写成 {"2027-01-01":"off"}')
  if (!isNumbers(row.knownYears ?? [])) refuse('已维护年份应写成 [2026,2027]')
  try { return compileCalendar(specOf(row)) } catch (error) {
    if (error instanceof CalendarError) return refuse(error.message)
    throw error
  }
}

/** Days in the order of the calendar, so that the same days always make the same document. */
export const sortedDays = (days: Record<string, DayKind>): Record<string, DayKind> =>
  Object.fromEntries(Object.entries(days).toSorted(([a], [b]) => (a < b ? -1 : 1)))

export interface CalendarDay { date: string; weekday: number; kind: DayKind | null; workday: boolean }

/** Every day of a year as a page draws it. `weekday` 1 is Monday. */
export function daysOfYear(cal: CompiledCalendar, days: Record<string, DayKind>, year: number): CalendarDay[] {
  const out: CalendarDay[] = []
  for (const at = new Date(Date.UTC(year, 0, 1)); at.getUTCFullYear() === year; at.setUTCDate(at.getUTCDate() + 1)) {
    const date = at.toISOString().slice(0, 10)
    out.push({ date, weekday: at.getUTCDay() || 7, kind: days[date] ?? null, workday: isWorkday(cal, date) })
  }
  return out
}

/** 'YYYY-MM-DD' of an instant on the wall of a time zone. */
export const localDay = (at: Date, timeZone: string): string => dayOf(at, timeZone).toISOString().slice(0, 10)
