/** Dates, times and durations of FEEL as small immutable values. Nothing here reads a clock. */
import { wallOffset, zoneOffset } from './zones.ts'

export const DAY_MS = 86_400_000
/** A little less than a JavaScript Date holds, so that no offset leads over the edge. */
const FARTHEST = 8.63e15

export class FeelDate {
  readonly days: number
  constructor(days: number) {
    this.days = days
  }
  toString(): string {
    return new Date(this.days * DAY_MS).toISOString().replace(/T.*/, '')
  }
  toJSON(): string {
    return this.toString()
  }
}

/** `ms` is UTC when `offset` (minutes) is known, else the wall time read as if it were UTC. A `zone` always has its offset. */
export class FeelDateTime {
  readonly ms: number
  readonly offset: number | null
  readonly zone: string | null
  constructor(ms: number, offset: number | null, zone: string | null = null) {
    this.ms = ms
    this.offset = offset
    this.zone = zone
  }
  /** ms as if the wall clock were UTC */
  get wall(): number {
    return this.ms + (this.offset ?? 0) * 60_000
  }
  toString(): string {
    return new Date(this.wall).toISOString().replace(/(\.000)?Z$/, '') + suffix(this.offset, this.zone)
  }
  toJSON(): string {
    return this.toString()
  }
}

/** `ms` of the day on the wall. */
export class FeelTime {
  readonly ms: number
  readonly offset: number | null
  readonly zone: string | null
  constructor(ms: number, offset: number | null, zone: string | null = null) {
    this.ms = ((ms % DAY_MS) + DAY_MS) % DAY_MS
    this.offset = offset
    this.zone = zone
  }
  toString(): string {
    return new Date(this.ms).toISOString().slice(11).replace(/(\.000)?Z$/, '') + suffix(this.offset, this.zone)
  }
  toJSON(): string {
    return this.toString()
  }
}

function suffix(offset: number | null, zone: string | null): string {
  if (zone) return `@${zone}`
  if (offset === null) return ''
  if (offset === 0) return 'Z'
  const minutes = Math.abs(offset)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Months and milliseconds are kept apart: a month has no fixed length. */
export class FeelDuration {
  readonly months: number
  readonly ms: number
  constructor(months: number, ms: number) {
    this.months = months
    this.ms = ms
  }
  toString(): string {
    if (this.months) return printMonths(this.months)
    let rest = Math.abs(this.ms)
    const take = (unit: number) => {
      const count = Math.floor(rest / unit)
      rest -= count * unit
      return count
    }
    const [days, hours, minutes] = [take(DAY_MS), take(3_600_000), take(60_000)]
    const seconds = rest / 1000
    const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`
    if (!days && !time) return 'PT0S'
    return `${this.ms < 0 ? '-' : ''}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
  }
  toJSON(): string {
    return this.toString()
  }
}

function printMonths(months: number): string {
  const [years, rest] = [Math.trunc(Math.abs(months) / 12), Math.abs(months) % 12]
  return `${months < 0 ? '-' : ''}P${years ? `${years}Y` : ''}${rest ? `${rest}M` : ''}`
}

export type Temporal = FeelDate | FeelDateTime | FeelTime | FeelDuration

export function isTemporal(value: unknown): value is Temporal {
  return value instanceof FeelDate || value instanceof FeelDateTime || value instanceof FeelTime || value instanceof FeelDuration
}

export function dateFromParts(year: number, month: number, day: number): FeelDate | null {
  const ms = Date.UTC(year, month - 1, day)
  const back = new Date(ms)
  const real = back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day
  return real ? new FeelDate(ms / DAY_MS) : null
}

export function parseDate(text: string): FeelDate | null {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return m ? dateFromParts(Number(m[1]), Number(m[2]), Number(m[3])) : null
}

const CLOCK = /^(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}|@[\w/+-]{1,60})?$/

interface Clock {
  ms: number
  /** minutes; null when not written or given by a zone */
  offset: number | null
  zone: string | null
}

function parseClock(text: string): Clock | null {
  const m = CLOCK.exec(text)
  if (!m) return null
  const [hour, minute, second] = [Number(m[1]), Number(m[2]), Number(m[3] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return null
  const ms = ((hour * 60 + minute) * 60 + second) * 1000 + Math.trunc(Number(m[4] ?? 0) * 1000)
  const end = m[5]
  if (!end) return { ms, offset: null, zone: null }
  if (end.startsWith('@')) return { ms, offset: null, zone: end.slice(1) }
  if (end === 'Z') return { ms, offset: 0, zone: null }
  const offset = (end[0] === '-' ? -1 : 1) * (Number(end.slice(1, 3)) * 60 + Number(end.slice(4)))
  return Math.abs(offset) > 14 * 60 ? null : { ms, offset, zone: null }
}

export function parseDateTime(text: string): FeelDateTime | null {
  const [day, rest] = [text.slice(0, 10), text.slice(10)]
  const date = parseDate(day)
  if (!date) return null
  if (!rest) return new FeelDateTime(date.days * DAY_MS, null)
  const clock = rest.startsWith('T') ? parseClock(rest.slice(1)) : null
  return clock && atWall(date.days * DAY_MS + clock.ms, clock.offset, clock.zone)
}

export function parseTime(text: string): FeelTime | null {
  const clock = parseClock(text)
  if (!clock?.zone) return clock && new FeelTime(clock.ms, clock.offset)
  // a time has no day, so the zone's offset of January counts
  const offset = zoneOffset(clock.zone, 0)
  return offset === null ? null : new FeelTime(clock.ms, offset, clock.zone)
}

/** The moment when the wall shows `wall`; null for an unknown zone. */
export function atWall(wall: number, offset: number | null, zone: string | null): FeelDateTime | null {
  const real = zone ? wallOffset(zone, wall) : offset
  if (zone && real === null) return null
  return new FeelDateTime(wall - (real ?? 0) * 60_000, real, zone)
}

/** ISO 8601 `PnYnMnDTnHnMnS` and `PnW`; years and months may not be mixed with days and times (as FEEL demands). */
export function parseDuration(text: string): FeelDuration | null {
  const m = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  if (!m || !/\d/.test(text) || text.endsWith('T')) return null
  const n = (i: number) => Number(m[i] ?? 0)
  const sign = m[1] ? -1 : 1
  const months = n(2) * 12 + n(3)
  const ms = ((n(4) * 7 + n(5)) * 86_400 + n(6) * 3600 + n(7) * 60 + n(8)) * 1000
  if (months && ms) return null
  return new FeelDuration(sign * months || 0, sign * ms || 0)
}

/** date, time ± duration. Month arithmetic keeps the day or falls back to the last day of the month. */
export function shift(value: FeelDate | FeelDateTime | FeelTime, by: FeelDuration, sign: 1 | -1): FeelDate | FeelDateTime | FeelTime | null {
  if (value instanceof FeelTime) return by.months ? null : new FeelTime(value.ms + sign * by.ms, value.offset, value.zone)
  const wall = value instanceof FeelDate ? value.days * DAY_MS : value.wall
  const moved = shiftMonths(wall, sign * by.months) + sign * by.ms
  if (!Number.isFinite(moved) || Math.abs(moved) > FARTHEST) return null
  if (value instanceof FeelDate) return new FeelDate(Math.floor(moved / DAY_MS))
  // months move the calendar, hours move the instant: they differ where the clocks change
  if (value.zone && by.months) return atWall(moved, null, value.zone)
  const ms = moved - (value.offset ?? 0) * 60_000
  return new FeelDateTime(ms, value.zone ? zoneOffset(value.zone, ms) : value.offset, value.zone)
}

function shiftMonths(ms: number, months: number): number {
  if (!months) return ms
  const from = new Date(ms)
  const day = from.getUTCDate()
  const to = new Date(ms)
  to.setUTCDate(1)
  to.setUTCMonth(to.getUTCMonth() + months)
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate()
  to.setUTCDate(Math.min(day, last))
  return to.getTime()
}

/** Whole months from one day to another, negative when `to` is earlier. */
export function monthsBetween(from: number, to: number): FeelDuration {
  if (to < from) {
    const back = monthsBetween(to, from).months
    return new FeelDuration(back ? -back : 0, 0)
  }
  const [a, b] = [new Date(from), new Date(to)]
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
  return new FeelDuration(b.getUTCDate() * DAY_MS + (to % DAY_MS) < a.getUTCDate() * DAY_MS + (from % DAY_MS) ? months - 1 : months, 0)
}

/** `.year`, `.days` … of a temporal value; null for a part it does not have. */
export function temporalPart(value: Temporal, part: string): unknown {
  if (value instanceof FeelDuration) return durationPart(value, part)
  if (part === 'time offset') return value instanceof FeelDate || value.offset === null ? null : new FeelDuration(0, value.offset * 60_000)
  if (part === 'timezone') return value instanceof FeelDate ? null : value.zone
  const wall = new Date(value instanceof FeelDate ? value.days * DAY_MS : value instanceof FeelTime ? value.ms : value.wall)
  if (part === 'hour' || part === 'minute' || part === 'second') {
    if (value instanceof FeelDate) return null
    return part === 'hour' ? wall.getUTCHours() : part === 'minute' ? wall.getUTCMinutes() : wall.getUTCSeconds()
  }
  if (value instanceof FeelTime) return null
  switch (part) {
    case 'year': return wall.getUTCFullYear()
    case 'month': return wall.getUTCMonth() + 1
    case 'day': return wall.getUTCDate()
    case 'weekday': return wall.getUTCDay() || 7
    default: return null
  }
}

function durationPart(value: FeelDuration, part: string): unknown {
  switch (part) {
    case 'years': return Math.trunc(value.months / 12)
    case 'months': return value.months % 12
    case 'days': return Math.trunc(value.ms / DAY_MS)
    case 'hours': return Math.trunc(value.ms / 3_600_000) % 24
    case 'minutes': return Math.trunc(value.ms / 60_000) % 60
    case 'seconds': return Math.trunc(value.ms / 1000) % 60
    default: return null
  }
}
