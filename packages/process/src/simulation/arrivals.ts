import type { Random } from './random.ts'
import type { WorkTime } from './work-time.ts'

/** How cases come, in working time: nobody comes while the doors are shut. */
export type Arrivals =
  /** at random, so many per working hour on average */
  | { kind: 'poisson'; perHour: number }
  /** one every so many working minutes */
  | { kind: 'interval'; minutes: number }
  /** at random, with a rate for each hour of the day (24 numbers, per hour) */
  | { kind: 'profile'; perHour: readonly number[] }

/** An hour without a rate in a year of hours: then nobody ever comes. */
const TRIES = 100_000

/** The next arrival after a moment (ms), or null when none will come. A varying rate by thinning (Lewis & Shedler 1979). */
export function arrivalsOf(a: Arrivals, time: WorkTime, random: Random): (after: number) => number | null {
  const exponential = (perHour: number): number => (-Math.log(random()) * 60) / perHour
  switch (a.kind) {
    case 'interval': return (after) => (a.minutes > 0 ? time.add(after, a.minutes) : null)
    case 'poisson': return (after) => (a.perHour > 0 ? time.add(after, exponential(a.perHour)) : null)
    case 'profile': {
      const most = Math.max(0, ...a.perHour)
      return (after) => {
        if (!(most > 0)) return null
        let at = after
        for (let i = 0; i < TRIES; i += 1) {
          at = time.add(at, exponential(most))
          if (random() * most < (a.perHour[time.hourAt(at)] ?? 0)) return at
        }
        return null
      }
    }
  }
}
