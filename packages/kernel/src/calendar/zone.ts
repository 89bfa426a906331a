/** Wall clock ↔ instant for any IANA zone, on the zone data that the runtime carries. */

import { DAY_MS } from './spec.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}

/** Milliseconds that the zone's wall clock is ahead of UTC at an instant. */
export function offsetAt(timeZone: string, instant: number): number {
  const at: Record<string, number> = {}
  for (const part of formatterOf(timeZone).formatToParts(instant)) at[part.type] = Number(part.value)
  const wall = Date.UTC(at['year']!, at['month']! - 1, at['day'], at['hour'], at['minute'], at['second'])
  return wall - Math.floor(instant / 1000) * 1000
}

/**
 * The instant of a wall-clock time, given as if it were UTC. A time that happens twice (clocks go back) is its first
 * occurrence; a time that never happens (clocks go forward) is the moment of the jump, so that order is kept.
 */
export function instantOf(timeZone: string, wall: number): number {
  const before = offsetAt(timeZone, wall - DAY_MS)
  const after = offsetAt(timeZone, wall + DAY_MS)
  const early = wall - Math.max(before, after)
  const late = wall - Math.min(before, after)
  for (const candidate of [early, late]) {
    if (offsetAt(timeZone, candidate) === wall - candidate) return candidate
  }
  let low = early
  let high = late
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000
    if (offsetAt(timeZone, middle) === after) high = middle
    else low = middle
  }
  return high
}

/** Local calendar year and month (1–12) of an instant. */
export function localMonth(timeZone: string, instant: number): { year: number; month: number } {
  const wall = new Date(instant + offsetAt(timeZone, instant))
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1 }
}
