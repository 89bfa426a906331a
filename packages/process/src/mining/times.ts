import { byCase, compareText, minutesBetween, minutesOf } from './rows.ts'
import type { ActivityRow, Measure } from './rows.ts'
import { logHistogram, summarise } from './statistics.ts'
import type { Bin, Summary } from './statistics.ts'

export interface ActivityTimes extends Summary {
  activity: string
  /** All instances; `count` is how many of them could be measured. */
  instances: number
  histogram: Bin[]
}

/**
 * How long each activity takes, in minutes of calendar time (see `Measure`; default total). Longest in sum first, then
 * by name: where the time goes.
 */
export function activityTimes(rows: Iterable<ActivityRow>, options: { measure?: Measure } = {}): ActivityTimes[] {
  const measure = options.measure ?? 'total'
  const found = new Map<string, { instances: number; minutes: number[] }>()
  for (const list of byCase(rows).values()) {
    for (const [i, row] of list.entries()) {
      let entry = found.get(row.activity)
      if (!entry) found.set(row.activity, (entry = { instances: 0, minutes: [] }))
      entry.instances++
      const minutes = minutesOf(row, measure, i === 0)
      if (minutes !== null) entry.minutes.push(minutes)
    }
  }
  return [...found]
    .map(([activity, { instances, minutes }]) => ({ activity, instances, ...summarise(minutes), histogram: logHistogram(minutes) }))
    .sort((a, b) => (b.mean ?? 0) * b.count - (a.mean ?? 0) * a.count || compareText(a.activity, b.activity))
}

/** How long whole cases take: first entry to last completion, in minutes; cases with an activity not done are left out. */
export function caseTimes(rows: Iterable<ActivityRow>): Summary & { cases: number; histogram: Bin[] } {
  const cases = byCase(rows)
  const minutes: number[] = []
  for (const list of cases.values()) {
    const taken = caseMinutes(list)
    if (taken !== null) minutes.push(taken)
  }
  return { cases: cases.size, ...summarise(minutes), histogram: logHistogram(minutes) }
}

/** Null where something is not done. */
export function caseMinutes(list: readonly ActivityRow[]): number | null {
  let from = Infinity
  let to = -Infinity
  for (const row of list) {
    if (!row.finishedAt) return null
    from = Math.min(from, row.enteredAt.getTime(), row.startedAt?.getTime() ?? Infinity)
    to = Math.max(to, row.finishedAt.getTime())
  }
  return minutesBetween(new Date(from), new Date(to))
}
