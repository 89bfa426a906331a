/** Dates and durations of FEEL as small immutable values. Nothing here reads a clock. */

const DAY_MS = 86_400_000

export class FeelDate {
  readonly days: number
  constructor(days: number) {
    this.days = days
  }
  toString(): string {
    return new Date(this.days * DAY_MS).toISOString().slice(0, 10)
  }
}

/** `ms` is UTC when `offset` (minutes) is known, else the wall time read as if it were UTC. */
export class FeelDateTime {
  readonly ms: number
  readonly offset: number | null
  constructor(ms: number, offset: number | null) {
    this.ms = ms
    this.offset = offset
  }
  toString(): string {
    const wall = new Date(this.ms + (this.offset ?? 0) * 60_000).toISOString().replace(/(\.000)?Z$/, '')
    if (this.offset === null) return wall
    if (this.offset === 0) return `${wall}Z`
    const minutes = Math.abs(this.offset)
    const two = (n: number) => String(n).padStart(2, '0')
    return `${wall}${this.offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  }
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
    if (this.months) return `${this.months < 0 ? '-' : ''}P${Math.abs(this.months)}M`
    let rest = Math.abs(this.ms) / 1000
    const days = Math.floor(rest / 86_400)
    rest -= days * 86_400
    const hours = Math.floor(rest / 3600)
    rest -= hours * 3600
    const minutes = Math.floor(rest / 60)
    const seconds = rest - minutes * 60
    const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`
    if (!days && !time) return 'PT0S'
    return `${this.ms < 0 ? '-' : ''}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
  }
}

export type Temporal = FeelDate | FeelDateTime | FeelDuration

export function isTemporal(value: unknown): value is Temporal {
  return value instanceof FeelDate || value instanceof FeelDateTime || value instanceof FeelDuration
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

export function parseDateTime(text: string): FeelDateTime | null {
  const m = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text)
  const date = m ? parseDate(m[1]!) : null
  if (!m || !date) return null
  const [hour, minute, second] = [Number(m[2]), Number(m[3]), Number(m[4] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return null
  const wall = date.days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + Math.trunc(Number(m[5] ?? 0) * 1000)
  if (!m[6]) return new FeelDateTime(wall, null)
  const offset = m[6] === 'Z' ? 0 : (m[6][0] === '-' ? -1 : 1) * (Number(m[6].slice(1, 3)) * 60 + Number(m[6].slice(4)))
  return new FeelDateTime(wall - offset * 60_000, offset)
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

/** date ± duration. Month arithmetic keeps the day or falls back to the last day of the month. */
export function shift(value: FeelDate | FeelDateTime, by: FeelDuration, sign: 1 | -1): FeelDate | FeelDateTime | null {
  const ms = value instanceof FeelDate ? value.days * DAY_MS : value.ms
  const offsetMs = value instanceof FeelDateTime ? (value.offset ?? 0) * 60_000 : 0
  const moved = shiftMonths(ms + offsetMs, sign * by.months) - offsetMs + sign * by.ms
  if (!Number.isFinite(moved) || Math.abs(moved) > 8.64e15) return null
  if (value instanceof FeelDate) return new FeelDate(Math.floor(moved / DAY_MS))
  return new FeelDateTime(moved, value.offset)
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

/** `.year`, `.days` … of a temporal value; null for a part it does not have. */
export function temporalPart(value: Temporal, part: string): unknown {
  if (value instanceof FeelDuration) return durationPart(value, part)
  const ms = value instanceof FeelDate ? value.days * DAY_MS : value.ms + (value.offset ?? 0) * 60_000
  const wall = new Date(ms)
  switch (part) {
    case 'year': return wall.getUTCFullYear()
    case 'month': return wall.getUTCMonth() + 1
    case 'day': return wall.getUTCDate()
    case 'weekday': return wall.getUTCDay() || 7
    case 'hour': return value instanceof FeelDate ? null : wall.getUTCHours()
    case 'minute': return value instanceof FeelDate ? null : wall.getUTCMinutes()
    case 'second': return value instanceof FeelDate ? null : wall.getUTCSeconds()
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
