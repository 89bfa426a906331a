const QUARTER = 15 * 60_000

/**
 * Converts wall-clock time to an instant. `local` is the wall clock as if it were UTC (ms). Offsets are cached by
 * quarter hour of wall clock: every zone in use changes its offset on such a border, and asking Intl costs 10 µs.
 * A time that occurs twice (end of summer time) is taken as the first; one that never occurs moves forward.
 * @throws RangeError for an unknown zone
 */
export function wallClock(timeZone: string): (local: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  })
  const cache = new Map<number, number>()
  return local => {
    const slot = Math.floor(local / QUARTER)
    let offset = cache.get(slot)
    if (offset === undefined) {
      offset = offsetFor(format, slot * QUARTER)
      if (cache.size >= 50_000) cache.clear()
      cache.set(slot, offset)
    }
    return local - offset
  }
}

function offsetFor(format: Intl.DateTimeFormat, local: number): number {
  const before = offsetAt(format, local - 86_400_000)
  const after = offsetAt(format, local + 86_400_000)
  if (offsetAt(format, local - before) === before) return before
  return offsetAt(format, local - after) === after ? after : before
}

/** Wall clock minus UTC at an instant, in ms. */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value)
  const wall = Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!, part['second']!)
  return wall - Math.floor(instant / 1000) * 1000
}
