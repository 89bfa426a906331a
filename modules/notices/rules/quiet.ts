/** Minutes since midnight of `HH:MM`; null: that is no time. */
export function minuteOf(text: string): number | null {
  const m = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  return m ? Number(m[1]) * 60 + Number(m[2]) : null
}

const wallMinute = (at: Date, timeZone: string): number => {
  const [h, m] = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at).split(':')
  return Number(h) * 60 + Number(m)
}

const DAY = 24 * 60

/**
 * The first moment, not before `now`, at which nobody is disturbed: outside the quiet hours of the company's wall clock. Quiet hours may pass
 * midnight (21:00–08:00); with both ends alike there are none. Whole minutes; across a change of the clocks it may be off by that change.
 */
export function afterQuiet(now: Date, quiet: { from: string; to: string }, timeZone: string): Date {
  const from = minuteOf(quiet.from), to = minuteOf(quiet.to)
  if (from === null || to === null || from === to) return now
  const at = wallMinute(now, timeZone)
  if (!(from < to ? at >= from && at < to : at >= from || at < to)) return now
  const minutes = (to - at + DAY) % DAY
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000 + minutes * 60_000)
}
