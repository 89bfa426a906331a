/** Offsets of named time zones, from the tables that come with the runtime. */

const MINUTE = 60_000
const formats = new Map<string, Intl.DateTimeFormat | null>()

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  if (formats.size >= 200) formats.clear()
  let format: Intl.DateTimeFormat | null = null
  try {
    if (/^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/.test(zone)) {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
      })
    }
  } catch {
    format = null // no such zone
  }
  formats.set(zone, format)
  return format
}

/** Minutes that the wall clock of `zone` is ahead of UTC at the instant `ms`; null for an unknown zone. */
export function zoneOffset(zone: string, ms: number): number | null {
  const format = formatOf(zone)
  if (!format) return null
  const part: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(ms)) part[type] = value
  const year = Number(part['year']) * (part['era'] === 'BC' ? -1 : 1) + (part['era'] === 'BC' ? 1 : 0)
  const wall = Date.UTC(year, Number(part['month']) - 1, Number(part['day']), Number(part['hour']), Number(part['minute']), Number(part['second']))
  return Math.round((wall - Math.floor(ms / 1000) * 1000) / MINUTE)
}

/** The offset that holds at a wall time (ms as if UTC). A time that occurs twice is the first; one that never occurs moves on. */
export function wallOffset(zone: string, wall: number): number | null {
  const before = zoneOffset(zone, wall - 86_400_000)
  const after = zoneOffset(zone, wall + 86_400_000)
  if (before === null || after === null) return null
  if (zoneOffset(zone, wall - before * MINUTE) === before) return before
  return zoneOffset(zone, wall - after * MINUTE) === after ? after : before
}
