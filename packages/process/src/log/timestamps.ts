import { wallClock } from './time-zone.ts'

export interface TimestampOptions {
  /** IANA zone for values without one. Default Asia/Shanghai. */
  timeZone?: string
  /** How 03/04/2024 is meant; without it a date that could be either is refused. */
  dateOrder?: 'dmy' | 'mdy'
}

export type TimestampParser = (text: string) => Date | null

/* A date, then optionally a time with half-day mark, seconds, fraction and zone. Chinese, ISO and spreadsheet spellings alike. */
const TIME = String.raw`(?:(?:[T\s]\s*|(?<=日)\s*)(?:(上午|下午|AM|PM)\s*)?(\d{1,2})[:时](\d{1,2})(?:[:分](?:(\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?\s*(AM|PM)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?` + TIME, 'i')
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})` + TIME, 'i')
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})(Z)?)?$/
const EPOCH = /^-?\d{9,13}$/
const SERIAL = /^\d{5}(?:\.\d+)?$/

const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)
/** Day 0 of spreadsheet serial dates, 1899-12-30. */
const SERIAL_ZERO = Date.UTC(1899, 11, 30)

/**
 * Makes a reader of timestamps. Understood: ISO 8601 with or without offset; `2011-10-11 13:45:40.276000+02:00`;
 * `2024/3/5 8:30`; `2024年3月5日 08:30`; `5.3.2024 08:30` (day first); `13/02/2024` where only one order is possible (or
 * `dateOrder` says which); `2024/3/5 下午 1:05`; `20240305083000`; epoch in s (9–10 digits) or ms (11–13);
 * spreadsheet serial days (5 digits, wall clock). Null for anything else, for impossible dates, and outside
 * 1900–2200 (place-holders like 0001-01-01 or 9999-12-31). Precision is ms; finer fractions are cut off.
 */
export function timestampParser(options: TimestampOptions = {}): TimestampParser {
  const toInstant = wallClock(options.timeZone ?? 'Asia/Shanghai')
  return raw => {
    const text = raw.trim()
    if (text.length > 64) return null // also keeps the patterns from backtracking over a hostile cell
    const ms = parse(text, toInstant, options.dateOrder)
    return ms === null || !(ms >= EARLIEST && ms < LATEST) ? null : new Date(ms)
  }
}

function parse(text: string, toInstant: (local: number) => number, order: 'dmy' | 'mdy' | undefined): number | null {
  let m = YEAR_FIRST.exec(text)
  if (m) return instant(day(m[1], m[2], m[3]), m, 4, toInstant)
  m = COMPACT.exec(text)
  if (m) {
    const local = clock(day(m[1], m[2], m[3]), m[4] ?? '0', m[5] ?? '0', m[6], undefined, undefined)
    return local === null || m[7] ? local : toInstant(local)
  }
  if (EPOCH.test(text)) return text.replace('-', '').length <= 10 ? Number(text) * 1000 : Number(text)
  if (SERIAL.test(text)) return toInstant(SERIAL_ZERO + Math.round(Number(text) * 86_400_000))
  m = YEAR_LAST.exec(text)
  if (!m) return null
  const [first, second] = [Number(m[1]), Number(m[3])]
  const dayFirst = m[2] === '.' || (order ? order === 'dmy' : first > 12)
  if (m[2] !== '.' && !order && first <= 12 && second <= 12 && first !== second) return null
  return instant(dayFirst ? day(m[4], m[3], m[1]) : day(m[4], m[1], m[3]), m, 5, toInstant)
}

/** Groups from `at`: half-day, hour, minute, second, fraction, half-day after, zone. */
function instant(date: number | null, m: RegExpExecArray, at: number, toInstant: (local: number) => number): number | null {
  const half = m[at] ?? m[at + 5]
  const local = m[at + 1] === undefined ? date : clock(date, m[at + 1]!, m[at + 2]!, m[at + 3], m[at + 4], half)
  if (local === null) return null
  const zone = m[at + 6]
  if (!zone) return toInstant(local)
  if (!/^[+-]/.test(zone)) return local
  const digits = zone.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5) || 0)
  return local - (zone[0] === '-' ? -minutes : minutes) * 60_000
}

function day(y: string | undefined, m: string | undefined, d: string | undefined): number | null {
  const [year, month, date] = [Number(y), Number(m), Number(d)]
  if (year < 1900) return null // Date.UTC would take year 1 for 1901
  const ms = Date.UTC(year, month - 1, date)
  const back = new Date(ms)
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date ? ms : null
}

function clock(date: number | null, h: string, m: string, s: string | undefined, fraction: string | undefined, half: string | undefined): number | null {
  if (date === null) return null
  let hour = Number(h)
  const [minute, second] = [Number(m), Number(s ?? 0)]
  if (half && hour <= 12) hour = (hour % 12) + (/^(下午|PM)$/i.test(half) ? 12 : 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  const ms = fraction ? Number(fraction.padEnd(3, '0').slice(0, 3)) : 0
  return date + ((hour * 60 + minute) * 60 + second) * 1000 + ms
}
