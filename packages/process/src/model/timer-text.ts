import { parseDuration } from '../feel/temporal.ts'
import type { TimerSpec } from './types.ts'

/** What ISO 8601 says of a timer. No element, no findings: the modeller reads the same texts in the browser. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/

export function timerTextValid(kind: TimerSpec['kind'], body: string): boolean {
  if (kind === 'duration') return positiveDuration(body)
  return kind === 'date' ? dateValid(body) : cycleOf(body) !== null
}

/** JavaScript takes February 30th for March 2nd; a timer must not. */
export function dateValid(body: string): boolean {
  if (!DATE_TIME.test(body) || Number.isNaN(Date.parse(body))) return false
  const [year, month, day] = body.slice(0, 10).split('-').map(Number)
  return new Date(Date.UTC(year!, month! - 1, day!)).getUTCDate() === day
}

function positiveDuration(body: string): boolean {
  const duration = parseDuration(body)
  return duration !== null && duration.months >= 0 && duration.ms >= 0 && duration.months + duration.ms / MONTH_MS <= LONGEST_MONTHS
}

/** A thousand years: beyond it no calendar can name the day. */
const LONGEST_MONTHS = 12_000
const MONTH_MS = 30 * 86_400_000
/** Milliseconds. Without end and faster than this, one case would keep a program busy for ever. */
const FASTEST_ENDLESS = 1000

export interface Cycle {
  /** how often in all; null: without end */
  times: number | null
  /** date-time of the first; null: one interval from now */
  from: string | null
  interval: string
}

/** `R3/PT1H`, `R/PT1H`, `R3/2026-05-01T09:00:00Z/PT1H`; null where it is none of them. An interval of zero would never end; one without end takes at least a second. */
export function cycleOf(body: string): Cycle | null {
  const m = /^R(\d*|-1)\/(?:([^/]+)\/)?(P[^/]*)$/.exec(body)
  const interval = m && parseDuration(m[3]!)
  if (!m || !interval || !positiveDuration(m[3]!) || (!interval.ms && !interval.months)) return null
  if (m[2] && !dateValid(m[2])) return null
  const times = m[1] === '' || m[1] === '-1' ? null : Number(m[1])
  if (times === null && !interval.months && interval.ms < FASTEST_ENDLESS) return null
  return { times, from: m[2] ?? null, interval: m[3]! }
}
