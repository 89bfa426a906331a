import { COMPLETE_ONLY, type CaseTable } from './case-table.ts'
import { END, START, strongestFirst, type Dfg, type DfgEdge, type DfgNode } from './directly-follows.ts'
import { compareText, type Measure } from './rows.ts'
import { logHistogram, quantile, summarise, type Bin, type Summary } from './statistics.ts'
import type { ActivityTimes } from './times.ts'
import type { Variant, Variants } from './variants.ts'

export interface Mined {
  counts: { cases: number; steps: number; finished: number; activities: number; people: number; first: Date | null; last: Date | null }
  times: ActivityTimes[]
  caseTimes: Summary & { cases: number; histogram: Bin[] }
  dfg: Dfg
  variants: Variants
}

class Tally {
  count = 0
  cases = 0
  lastCase = -1
  minutes: number[] = []

  add(slot: number, minutes: number): void {
    this.count++
    if (this.lastCase !== slot) { this.cases++; this.lastCase = slot }
    // NaN: could not be known
    if (minutes === minutes) this.minutes.push(minutes)
  }
}

const MINUTE = 60_000
const span = (from: number, to: number): number => (to > from ? (to - from) / MINUTE : to === to && from === from ? 0 : NaN)

/** Minutes of a step by the measure, NaN where they cannot be known; the rule of `minutesOf`. */
export function minutesAt(t: CaseTable, i: number, measure: Measure, firstOfCase: boolean): number {
  if (measure === 'waiting') return span(t.entered[i]!, t.started[i]!)
  if (measure === 'working') return span(t.started[i]!, t.finished[i]!)
  return firstOfCase && t.flags[i]! & COMPLETE_ONLY ? NaN : span(t.entered[i]!, t.finished[i]!)
}

/** Minutes from the first entry to the last completion of a case; NaN where something in it is not done. */
export function caseMinutesAt(t: CaseTable, slot: number): number {
  const begin = t.first[slot]!, end = begin + t.length[slot]!
  let from = Infinity, to = -Infinity
  for (let i = begin; i < end; i++) {
    const finished = t.finished[i]!, started = t.started[i]!
    if (finished !== finished) return NaN
    from = Math.min(from, t.entered[i]!, started === started ? started : Infinity)
    to = Math.max(to, finished)
  }
  return span(from, to)
}

/** All figures of the page in one pass over the columns; the same as the functions over rows give, step by step (see the property test). */
export function mine(t: CaseTable, selection: Uint32Array, options: { measure?: Measure; top?: number } = {}): Mined {
  const measure = options.measure ?? 'total'
  const A = t.activities.list.length
  // artificial nodes: A is the start, A + 1 the end
  const nodes: Tally[] = []
  const edges = new Map<number, Tally>()
  const edge = (from: number, to: number): Tally => {
    const key = from * (A + 2) + to
    let found = edges.get(key)
    if (!found) edges.set(key, (found = new Tally()))
    return found
  }
  const people = new Uint8Array(t.people.list.length)
  const ways = new Map<string, { slot: number; cases: number; minutes: number[] }>()
  const caseMinutes: number[] = []
  let cases = 0, steps = 0, finishedSteps = 0, ended = 0, first = Infinity, last = -Infinity
  for (const slot of selection) {
    const begin = t.first[slot]!, n = t.length[slot]!
    if (n === 0) continue
    cases++
    steps += n
    let before = A, beforeDone = NaN, way = ''
    for (let i = begin; i < begin + n; i++) {
      const a = t.labelActivity[t.label[i]!]!
      const entered = t.entered[i]!, started = t.started[i]!, finished = t.finished[i]!
      const node = nodes[a] ??= new Tally()
      node.add(slot, minutesAt(t, i, measure, i === begin))
      // where no start is known, the completion stands in for it
      edge(before, a).add(slot, span(beforeDone, started === started ? started : finished))
      people[t.who[i]!] = 1
      if (entered < first) first = entered
      const moment = finished === finished ? finished : entered
      if (finished === finished) finishedSteps++
      if (moment > last) last = moment
      before = a
      beforeDone = finished
      way += String.fromCharCode(a & 0xffff, a >>> 16)
    }
    if (beforeDone === beforeDone) { ended++; edge(before, A + 1).add(slot, NaN) }
    const whole = caseMinutesAt(t, slot)
    let found = ways.get(way)
    if (!found) ways.set(way, (found = { slot, cases: 0, minutes: [] }))
    else if (t.ids[slot]! < t.ids[found.slot]!) found.slot = slot
    found.cases++
    if (whole === whole) { found.minutes.push(whole); caseMinutes.push(whole) }
  }
  let known = 0
  for (let p = 1; p < people.length; p++) known += people[p]!
  const name = (n: number): string => (n === A ? START : n === A + 1 ? END : t.activities.list[n]!)
  const figures = nodes.flatMap((tally, a) => {
    const minutes = Float64Array.from(tally.minutes)
    return [{ activity: t.activities.list[a]!, tally, histogram: logHistogram(minutes), summary: summarise(minutes) }]
  })
  const artificial = (kind: 'start' | 'end', activity: string, count: number): DfgNode => ({ kind, activity, count, cases: count, medianMinutes: null, p80Minutes: null })
  const all = Float64Array.from(caseMinutes)
  return {
    counts: { cases, steps, finished: finishedSteps, activities: figures.length, people: known, first: steps ? new Date(first) : null, last: steps ? new Date(last) : null },
    times: figures.map(({ activity, tally, histogram, summary }) => ({ activity, instances: tally.count, ...summary, histogram }))
      .sort((a, b) => (b.mean ?? 0) * b.count - (a.mean ?? 0) * a.count || compareText(a.activity, b.activity)),
    caseTimes: { cases, histogram: logHistogram(all), ...summarise(all) },
    dfg: {
      cases, instances: steps, measure,
      nodes: [
        artificial('start', START, cases),
        ...figures.map(({ activity, tally, summary }): DfgNode => ({ kind: 'activity', activity, count: tally.count, cases: tally.cases, medianMinutes: summary.median, p80Minutes: summary.p80 }))
          .sort((a, b) => b.count - a.count || compareText(a.activity, b.activity)),
        artificial('end', END, ended),
      ],
      edges: [...edges].map(([key, tally]): DfgEdge => ({
        from: name(Math.floor(key / (A + 2))), to: name(key % (A + 2)), count: tally.count, cases: tally.cases, medianMinutes: quantile(Float64Array.from(tally.minutes).sort(), 0.5),
      })).sort(strongestFirst),
    },
    variants: variantsOf(t, ways, cases, options.top ?? 12),
  }
}

/** Only as many are spelt out and ordered by name as can be among the first: logs have thousands of ways taken once. */
function variantsOf(t: CaseTable, ways: Map<string, { slot: number; cases: number; minutes: number[] }>, cases: number, top: number): Variants {
  const counts = [...ways.values()].map(way => way.cases).sort((a, b) => b - a)
  const least = counts[Math.min(top, counts.length) - 1] ?? Infinity
  let sum = 0
  const variants = [...ways.values()].filter(way => way.cases >= least)
    .map(way => ({ way, activities: wayOf(t, way.slot) }))
    .sort((a, b) => b.way.cases - a.way.cases || compareWays(a.activities, b.activities))
    .slice(0, top)
    .map(({ way, activities }, i): Variant => {
      sum += way.cases
      return { rank: i + 1, activities, cases: way.cases, exampleCase: t.ids[way.slot]!, share: way.cases / cases, cumulativeShare: sum / cases, medianMinutes: quantile(Float64Array.from(way.minutes).sort(), 0.5) }
    })
  return { cases, total: ways.size, variants }
}

/** The activities of a case in order of completion. */
export function wayOf(t: CaseTable, slot: number): string[] {
  const from = t.first[slot]!
  return Array.from({ length: t.length[slot]! }, (_, i) => t.activities.list[t.labelActivity[t.label[from + i]!]!]!)
}

/** Order of two ways: activity by activity, the shorter first. */
export function compareWays(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareText(a[i]!, b[i]!)
    if (order) return order
  }
  return a.length - b.length
}
