import { byCase } from './rows.ts'
import type { ActivityRow } from './rows.ts'
import { compareWays } from './mine.ts'
import { quantile } from './statistics.ts'
import { caseMinutes } from './times.ts'

export interface Variant {
  /** From 1. */
  rank: number
  /** The activities in order of completion. */
  activities: string[]
  cases: number
  /** Of all cases, 0…1. */
  share: number
  /** Of all cases, together with the variants before it. */
  cumulativeShare: number
  /** Median minutes of its cases; null where none is done. */
  medianMinutes: number | null
  /** The case of them with the smallest id, to open as an example. */
  exampleCase: string
}

export interface Variants {
  cases: number
  /** How many different ways there are, shown or not. */
  total: number
  variants: Variant[]
}

/** The `top` most frequent sequences of activities; as frequent ones in order of their activities. */
export function variants(rows: Iterable<ActivityRow>, top = 10): Variants {
  const cases = byCase(rows)
  const found = new Map<string, { activities: string[]; cases: number; minutes: number[]; exampleCase: string }>()
  for (const [caseId, list] of cases) {
    const activities = list.map(row => row.activity)
    const key = JSON.stringify(activities)
    let entry = found.get(key)
    if (!entry) found.set(key, (entry = { activities, cases: 0, minutes: [], exampleCase: caseId }))
    entry.cases++
    if (caseId < entry.exampleCase) entry.exampleCase = caseId
    const minutes = caseMinutes(list)
    if (minutes !== null) entry.minutes.push(minutes)
  }
  let sum = 0
  const ranked = [...found]
    .sort(([, a], [, b]) => b.cases - a.cases || compareWays(a.activities, b.activities))
    .slice(0, top)
    .map(([, { minutes, ...entry }], i): Variant => {
      sum += entry.cases
      return { rank: i + 1, ...entry, share: entry.cases / cases.size, cumulativeShare: sum / cases.size, medianMinutes: quantile(minutes.sort((a, b) => a - b), 0.5) }
    })
  return { cases: cases.size, total: found.size, variants: ranked }
}
