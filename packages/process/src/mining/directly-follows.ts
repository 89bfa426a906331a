import { byCase, compareText, minutesBetween, minutesOf } from './rows.ts'
import type { ActivityRow, Measure } from './rows.ts'
import { quantile } from './statistics.ts'

/** Names of the artificial nodes before the first and after the last activity of every case. */
export const START = '__start__'
export const END = '__end__'

export interface DfgNode {
  kind: 'start' | 'activity' | 'end'
  /** Name, and identity within the graph. */
  activity: string
  /** Activity instances; for start and end, cases. */
  count: number
  /** Cases in which it occurs. */
  cases: number
  /** Minutes of calendar time of what `measure` says; null where nothing was measured, and on start and end. */
  medianMinutes: number | null
  p80Minutes: number | null
}

export interface DfgEdge {
  from: string
  to: string
  /** How often `to` came directly after `from`. */
  count: number
  /** In how many cases. */
  cases: number
  /**
   * Median minutes from the completion of `from` to the start of `to`, or to its completion where no start is known
   * (then `to`'s own work is in it). Overlapping work counts 0. Null on edges of start and end.
   */
  medianMinutes: number | null
}

export interface Dfg {
  cases: number
  /** Activity instances. */
  instances: number
  measure: Measure
  /** Start first, end last, activities between by count (most first), then name. */
  nodes: DfgNode[]
  /** By count (most first), then from, then to. */
  edges: DfgEdge[]
}

interface Tally { count: number; cases: number; lastCase: string | null; minutes: number[] }

/**
 * The directly-follows graph: which activity came directly after which, how often, after how long. Order within a case is
 * by completion. A case whose last activity is not done has not ended, so it adds no edge into the end.
 * @throws RangeError when an activity bears the name of an artificial node
 */
export function directlyFollows(rows: Iterable<ActivityRow>, options: { measure?: Measure } = {}): Dfg {
  const measure = options.measure ?? 'total'
  const nodes = new Map<string, Tally>()
  const edges = new Map<string, Map<string, Tally>>()
  let started = 0
  let ended = 0
  let instances = 0
  for (const [caseId, list] of byCase(rows)) {
    started++
    let previous: ActivityRow | null = null
    for (const row of list) {
      if (row.activity === START || row.activity === END) throw new RangeError(`activity name ${row.activity} is reserved`)
      instances++
      add(tally(nodes, row.activity), caseId, minutesOf(row, measure, previous === null))
      const reached = row.startedAt ?? row.finishedAt
      const gap: number | null = previous?.finishedAt && reached ? minutesBetween(previous.finishedAt, reached) : null
      add(edge(edges, previous?.activity ?? START, row.activity), caseId, gap)
      previous = row
    }
    if (previous?.finishedAt) {
      ended++
      add(edge(edges, previous.activity, END), caseId, null)
    }
  }
  return {
    cases: started,
    instances,
    measure,
    nodes: [artificial('start', START, started), ...activityNodes(nodes), artificial('end', END, ended)],
    edges: [...edges].flatMap(([from, outs]) => [...outs].map(([to, t]): DfgEdge => ({ from, to, count: t.count, cases: t.cases, medianMinutes: quantile(ascending(t.minutes), 0.5) })))
      .sort(strongestFirst),
  }
}

/** Deterministic order of edges: strongest first, then by name. */
export function strongestFirst(a: DfgEdge, b: DfgEdge): number {
  return b.count - a.count || compareText(a.from, b.from) || compareText(a.to, b.to)
}

function activityNodes(nodes: Map<string, Tally>): DfgNode[] {
  return [...nodes]
    .map(([activity, t]): DfgNode => {
      const sorted = ascending(t.minutes)
      return { kind: 'activity', activity, count: t.count, cases: t.cases, medianMinutes: quantile(sorted, 0.5), p80Minutes: quantile(sorted, 0.8) }
    })
    .sort((a, b) => b.count - a.count || compareText(a.activity, b.activity))
}

function artificial(kind: 'start' | 'end', activity: string, cases: number): DfgNode {
  return { kind, activity, count: cases, cases, medianMinutes: null, p80Minutes: null }
}

function edge(edges: Map<string, Map<string, Tally>>, from: string, to: string): Tally {
  let outs = edges.get(from)
  if (!outs) edges.set(from, (outs = new Map()))
  return tally(outs, to)
}

function tally(map: Map<string, Tally>, key: string): Tally {
  let found = map.get(key)
  if (!found) map.set(key, (found = { count: 0, cases: 0, lastCase: null, minutes: [] }))
  return found
}

function add(to: Tally, caseId: string, minutes: number | null): void {
  to.count++
  if (to.lastCase !== caseId) to.cases++
  to.lastCase = caseId
  if (minutes !== null) to.minutes.push(minutes)
}

function ascending(values: number[]): number[] {
  return values.sort((a, b) => a - b)
}
