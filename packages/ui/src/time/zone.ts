import { zoned } from './format.ts'

/** Milliseconds the tenant's clock is ahead of UTC at this instant. */
function offsetMs(at: number): number {
  const p = zoned(new Date(at))
  return Date.UTC(+p.year, +p.month - 1, +p.day, +p.hour, +p.minute, +p.second) - Math.floor(at / 1000) * 1000
}

/** The instant at which the tenant's clock shows `2026-11-22` and `09:30`. In the hour that a summer-time change skips: the instant after it. */
export function instantOf(date: string, time = '00:00'): Date {
  const wall = Date.parse(`${date}T${time.length === 5 ? time + ':00' : time}Z`)
  const first = wall - offsetMs(wall)
  return new Date(wall - offsetMs(first))
}

/** Both ends of a day range as instants: from the first day's start to just before the day after the last. */
export function dayRange(from: string | null, to: string | null): { gte?: string, lt?: string } {
  const range: { gte?: string, lt?: string } = {}
  if (from) range.gte = instantOf(from).toISOString()
  if (to) range.lt = instantOf(nextDay(to)).toISOString()
  return range
}

export function nextDay(date: string): string {
  return new Date(Date.parse(date + 'T00:00:00Z') + 86_400_000).toISOString().slice(0, 10)
}
