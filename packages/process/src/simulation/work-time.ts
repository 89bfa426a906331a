import { addBusinessMinutes, businessMinutesBetween, type CompiledCalendar } from '@quancheng/kernel/calendar'

/** When people work. Moments in ms since 1970, spans in minutes of working time. */
export interface WorkTime {
  add: (from: number, minutes: number) => number
  between: (from: number, to: number) => number
  /** hour of the day (0–23) on the wall clock there */
  hourAt: (at: number) => number
  /** working minutes of an ordinary day */
  dayMinutes: number
}

const MINUTE = 60_000

/** Around the clock, by UTC. */
export const ALWAYS: WorkTime = {
  add: (from, minutes) => from + minutes * MINUTE,
  between: (from, to) => (to - from) / MINUTE,
  hourAt: (at) => new Date(at).getUTCHours(),
  dayMinutes: 1440,
}

export function workTimeOf(calendar: CompiledCalendar): WorkTime {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: calendar.timeZone, hourCycle: 'h23', hour: 'numeric' })
  const hours = new Map<number, number>()
  return {
    add: (from, minutes) => addBusinessMinutes(calendar, new Date(from), minutes).due.getTime(),
    between: (from, to) => businessMinutesBetween(calendar, new Date(from), new Date(to)),
    // formatting is slow, and every zone keeps its hour for a quarter of an hour
    hourAt(at) {
      const quarter = Math.floor(at / (15 * MINUTE))
      let hour = hours.get(quarter)
      if (hour === undefined) hours.set(quarter, (hour = Number(clock.format(at)) % 24))
      return hour
    },
    dayMinutes: calendar.shifts.reduce((sum, s) => sum + s.end - s.start, 0),
  }
}
