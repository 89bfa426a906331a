import { parseDuration } from '../feel/index.ts'
import type { TimerToArm } from '../engine/index.ts'

/** A date-time without a zone is read as UTC: the harness knows no other. */
export function instantOf(value: string | Date): Date {
  if (value instanceof Date) return value
  const text = /T/.test(value) && !/(Z|[+-]\d{2}:?\d{2})$/.test(value) ? `${value}Z` : value
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) throw new Error(`not a moment: ${value}`)
  return date
}

export function after(from: Date, by: string | number): Date {
  if (typeof by === 'number') return new Date(from.getTime() + by)
  const duration = parseDuration(by)
  if (!duration) throw new Error(`not an ISO 8601 duration: ${by}`)
  return addMonths(new Date(from.getTime() + duration.ms), duration.months)
}

export function addMonths(at: Date, months: number): Date {
  if (!months) return at
  const day = at.getUTCDate()
  const moved = new Date(at)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(day, last))
  return moved
}

/** By the plain clock: also what stores may use for timers that are not on business time. */
export function clockDue(from: Date, timer: TimerToArm): Date {
  if (timer.at !== undefined) return instantOf(timer.at)
  return addMonths(new Date(from.getTime() + timer.days * 86_400_000 + timer.minutes * 60_000), timer.months)
}
