import type { CaseTable } from './case-table.ts'

/**
 * The dotted chart (Song & van der Aalst 2007): one line a case, one dot a completion. In columns, because ten thousand cases are a hundred thousand dots:
 * the dots of case n are those from `first[n]` to `first[n + 1]`.
 */
export interface Dots {
  /** of the selection, and shown: the latest, and no more than have room */
  total: number; shown: number
  activities: string[]
  /** slots of the cases, earliest start first */
  slots: number[]
  /** seconds since 1970 of each case's begin */
  starts: number[]
  /** seconds from its begin to its end; null while it is open */
  lasts: Array<number | null>
  first: number[]
  /** seconds since the case's begin, and index of `activities`, a dot */
  at: number[]
  activity: number[]
}

/** More dots than this are too much to send; the cases that have no room are the earliest. */
const MOST_DOTS = 400_000

/** @param most cases at most */
export function dotted(t: CaseTable, selection: Uint32Array, most: number): Dots {
  const all = [...selection].filter(slot => t.length[slot]! > 0).sort((a, b) => t.caseStarted[a]! - t.caseStarted[b]! || a - b)
  let dots = 0, from = all.length
  while (from > 0 && all.length - from < most && (dots += t.length[all[from - 1]!]!) <= MOST_DOTS) from--
  const slots = all.slice(from)
  const used = new Map<number, number>(), found: Dots = { total: all.length, shown: slots.length, activities: [], slots, starts: [], lasts: [], first: [0], at: [], activity: [] }
  for (const slot of slots) {
    const begin = t.caseStarted[slot]!, ended = t.caseEnded[slot]!
    found.starts.push(Math.round(begin / 1000))
    found.lasts.push(Number.isNaN(ended) ? null : Math.round((ended - begin) / 1000))
    for (let i = t.first[slot]!; i < t.first[slot]! + t.length[slot]!; i++) {
      const at = t.finished[i]!
      if (Number.isNaN(at)) continue
      const activity = t.labelActivity[t.label[i]!]!
      let n = used.get(activity)
      if (n === undefined) used.set(activity, (n = found.activities.push(t.activities.list[activity]!) - 1))
      found.at.push(Math.round((at - begin) / 1000))
      found.activity.push(n)
    }
    found.first.push(found.at.length)
  }
  return found
}
