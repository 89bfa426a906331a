import { DAY_MS, FeelDate, FeelDateTime, FeelDuration, FeelTime, atWall, dateFromParts, monthsBetween, parseDate, parseDateTime, parseDuration, parseTime } from '../temporal.ts'
import { ZONE_STEPS, spend } from '../values.ts'
import type { Env } from '../values.ts'
import type { FunctionSpec } from './spec.ts'
import { fn } from './spec.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export const DATE_FUNCTIONS: [string, FunctionSpec][] = [
  ['date', fn('from | year, month, day', (args, env) => (args.length === 3 ? ymd(args) : toDate(counted(args[0], env))))],
  ['time', fn('from | hour, minute, second, offset?', (args, env) => (args.length >= 3 ? hms(args) : toTime(counted(args[0], env))))],
  ['date and time', fn('from | date, time', (args, env) => (args.length === 2 ? joined(args[0], counted(args[1], env)) : toDateTime(counted(args[0], env))))],
  ['duration', fn('from', ([x]) => (typeof x === 'string' ? parseDuration(x) : x instanceof FeelDuration ? x : null))],
  ['years and months duration', fn('from, to', ([from, to]) => {
    const [a, b] = [dayMs(from), dayMs(to)]
    return a === null || b === null ? null : monthsBetween(a, b)
  })],
  ['day of year', ofDay((days, date) => days - Date.UTC(date.getUTCFullYear(), 0, 1) / DAY_MS + 1)],
  ['day of week', ofDay((_, date) => WEEKDAYS[(date.getUTCDay() || 7) - 1])],
  ['month of year', ofDay((_, date) => MONTHS[date.getUTCMonth()])],
  ['week of year', ofDay(isoWeek)],
  ['last day of month', ofDay((_, date) => new FeelDate(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / DAY_MS))],
]

/** Named zones are looked up, which costs more than reading. */
function counted(x: unknown, env: Env): unknown {
  if (typeof x === 'string' ? x.includes('@') : x instanceof FeelTime && x.zone !== null) spend(env, ZONE_STEPS)
  return x
}

function ofDay(run: (days: number, date: Date) => unknown): FunctionSpec {
  return fn('date', ([x]) => {
    const day = x instanceof FeelDate || x instanceof FeelDateTime ? toDate(x) : null
    return day ? run(day.days, new Date(day.days * DAY_MS)) : null
  })
}

/** ISO 8601: the week with the year's first Thursday is the first. */
function isoWeek(days: number, date: Date): number {
  const thursday = days + 4 - (date.getUTCDay() || 7)
  const first = Date.UTC(new Date(thursday * DAY_MS).getUTCFullYear(), 0, 1) / DAY_MS
  return Math.floor((thursday - first) / 7) + 1
}

function ymd([year, month, day]: unknown[]): FeelDate | null {
  if (typeof year !== 'number' || typeof month !== 'number' || typeof day !== 'number') return null
  return dateFromParts(year, month, day)
}

function hms([hour, minute, second, offset]: unknown[]): FeelTime | null {
  if (typeof hour !== 'number' || typeof minute !== 'number' || typeof second !== 'number') return null
  const real = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60 && Number.isInteger(hour) && Number.isInteger(minute)
  if (!real || (offset !== undefined && offset !== null && !(offset instanceof FeelDuration))) return null
  return new FeelTime((hour * 60 + minute) * 60_000 + Math.trunc(second * 1000), offset instanceof FeelDuration ? offset.ms / 60_000 : null)
}

/** The date of a moment is the date on the wall where its offset holds. */
function toDate(x: unknown): FeelDate | null {
  if (typeof x === 'string') return parseDate(x) ?? toDate(parseDateTime(x))
  if (x instanceof FeelDate) return x
  return x instanceof FeelDateTime ? new FeelDate(Math.floor(x.wall / DAY_MS)) : null
}

function toTime(x: unknown): FeelTime | null {
  if (typeof x === 'string') return parseTime(x) ?? toTime(x.includes('T') ? parseDateTime(x) : null)
  if (x instanceof FeelTime) return x
  if (x instanceof FeelDate) return new FeelTime(0, 0)
  return x instanceof FeelDateTime ? new FeelTime(x.wall, x.offset, x.zone) : null
}

function toDateTime(x: unknown): FeelDateTime | null {
  if (typeof x === 'string') return parseDateTime(x)
  if (x instanceof FeelDateTime) return x
  return x instanceof FeelDate ? new FeelDateTime(x.days * DAY_MS, null) : null
}

function joined(date: unknown, time: unknown): FeelDateTime | null {
  const day = date instanceof FeelDate || date instanceof FeelDateTime ? toDate(date) : null
  return day && time instanceof FeelTime ? atWall(day.days * DAY_MS + time.ms, time.offset, time.zone) : null
}

function dayMs(x: unknown): number | null {
  return x instanceof FeelDate ? x.days * DAY_MS : x instanceof FeelDateTime ? x.wall : null
}
