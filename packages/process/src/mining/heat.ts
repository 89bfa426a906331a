import { JUDGED, LATE, type CaseTable } from './case-table.ts'
import { minutesAt } from './mine.ts'
import { quantile } from './statistics.ts'

/** Minutes of calendar time; null where nothing was measured. `share`: of the same time of all nodes together, 0…1. */
export interface Spent { count: number; median: number | null; mean: number | null; sum: number; share: number }

/** What happened at one node of the drawn model. */
export interface NodeHeat {
  nodeId: string
  name: string
  /** steps there, and cases that came there */
  steps: number
  cases: number
  /** steps not done yet */
  open: number
  /** entered → started */
  waiting: Spent
  /** started → finished */
  working: Spent
  /** entered → finished */
  total: Spent
  /** steps that had a due time and are done; of them, late */
  judged: number
  late: number
}

interface Gathered { name: string; steps: number; cases: number; lastCase: number; open: number; judged: number; late: number; minutes: Record<'waiting' | 'working' | 'total', number[]> }

/** Figures by node, in order of their first appearance; a name that changed with a version is the latest seen. */
export function heatOf(t: CaseTable, selection: Uint32Array): NodeHeat[] {
  const found: Gathered[] = []
  for (const slot of selection) {
    const begin = t.first[slot]!, end = begin + t.length[slot]!
    for (let i = begin; i < end; i++) {
      const label = t.label[i]!, node = t.labelNode[label]!
      const at = found[node] ??= { name: '', steps: 0, cases: 0, lastCase: -1, open: 0, judged: 0, late: 0, minutes: { waiting: [], working: [], total: [] } }
      at.name = t.activities.list[t.labelActivity[label]!]!
      at.steps++
      if (at.lastCase !== slot) { at.cases++; at.lastCase = slot }
      if (Number.isNaN(t.finished[i]!)) at.open++
      if (t.flags[i]! & JUDGED) at.judged++
      if (t.flags[i]! & LATE) at.late++
      for (const measure of ['waiting', 'working', 'total'] as const) {
        const minutes = minutesAt(t, i, measure, i === begin)
        if (!Number.isNaN(minutes)) at.minutes[measure].push(minutes)
      }
    }
  }
  const sums = { waiting: 0, working: 0, total: 0 }
  for (const at of found) if (at) for (const measure of ['waiting', 'working', 'total'] as const) sums[measure] += added(at.minutes[measure])
  const spent = (at: Gathered, measure: 'waiting' | 'working' | 'total'): Spent => {
    const minutes = Float64Array.from(at.minutes[measure]).sort()
    const sum = added(minutes)
    return { count: minutes.length, median: quantile(minutes, 0.5), mean: minutes.length ? sum / minutes.length : null, sum, share: sums[measure] > 0 ? sum / sums[measure] : 0 }
  }
  return found.flatMap((at, node) => (at ? [{
    nodeId: t.nodes.list[node]!, name: at.name, steps: at.steps, cases: at.cases, open: at.open, judged: at.judged, late: at.late,
    waiting: spent(at, 'waiting'), working: spent(at, 'working'), total: spent(at, 'total'),
  }] : []))
}

const added = (values: Iterable<number>): number => { let sum = 0; for (const value of values) sum += value; return sum }
