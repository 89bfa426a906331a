/** One year of a calendar laid out as sorted working intervals with prefix sums: every later question is a binary search. */

import { DAY_MS, MINUTE_MS, type Shift } from './spec.ts'
import { instantOf, offsetAt } from './zone.ts'

export interface YearTable {
  /** Instants of local 1 January 00:00 of this year and of the next. */
  readonly from: number
  readonly to: number
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** Working milliseconds of this year before interval i. */
  readonly before: Float64Array
  readonly total: number
}

/** `works(day)` answers for a day number (days since 1970-01-01) whether shifts begin on it. */
export function buildYear(year: number, timeZone: string, shifts: readonly Shift[], works: (day: number) => boolean): YearTable {
  const first = Date.UTC(year, 0, 1) / DAY_MS
  const last = Date.UTC(year + 1, 0, 1) / DAY_MS
  const instant = instantsOfDays(timeZone, first - 2, last + 2)
  const starts: number[] = []
  const ends: number[] = []
  const add = (day: number, startMinute: number, endMinute: number): void => {
    const start = instant(day, startMinute)
    const end = instant(day, endMinute)
    if (end > start) {
      starts.push(start)
      ends.push(end)
    }
  }
  for (let day = first; day < last; day++) {
    // A night shift is cut at midnight, so that each day, and so each year, stands by itself.
    if (works(day - 1)) for (const shift of shifts) if (shift.end > 1440) add(day, 0, shift.end - 1440)
    if (works(day)) for (const shift of shifts) add(day, shift.start, Math.min(shift.end, 1440))
  }
  const before = new Float64Array(starts.length)
  let total = 0
  for (let i = 0; i < starts.length; i++) {
    before[i] = total
    total += ends[i]! - starts[i]!
  }
  return {
    from: instant(first, 0), to: instant(last, 0), starts: Float64Array.from(starts), ends: Float64Array.from(ends), before, total,
  }
}

/** Working milliseconds of the year before an instant of that year. */
export function workedBefore(table: YearTable, instant: number): number {
  let low = 0
  let high = table.starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (table.starts[middle]! <= instant) low = middle + 1
    else high = middle
  }
  if (low === 0) return 0
  const i = low - 1
  return table.before[i]! + Math.min(instant, table.ends[i]!) - table.starts[i]!
}

/** The earliest instant at which `worked` milliseconds (0 < worked ≤ total) of the year are done. */
export function instantWhenWorked(table: YearTable, worked: number): number {
  let low = 0
  let high = table.before.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (table.before[middle]! < worked) low = middle + 1
    else high = middle
  }
  const i = low - 1
  return table.starts[i]! + worked - table.before[i]!
}

/** Asking the zone data costs microseconds, so a day whose offset is the same all around it (nearly every day) is plain arithmetic. */
function instantsOfDays(timeZone: string, firstDay: number, lastDay: number): (day: number, minute: number) => number {
  const offsets: number[] = []
  for (let day = firstDay; day <= lastDay + 1; day++) offsets.push(offsetAt(timeZone, day * DAY_MS))
  return (day, minute) => {
    const wall = day * DAY_MS + minute * MINUTE_MS
    const i = day - firstDay
    const offset = offsets[i]!
    const steady = offsets[i - 1] === offset && offsets[i + 1] === offset && offsets[i + 2] === offset
    return steady ? wall - offset : instantOf(timeZone, wall)
  }
}
