import type { CompiledProcess } from '../model/index.ts'
import type { CaseTable } from './case-table.ts'
import { END, START } from './directly-follows.ts'
import { compareText } from './rows.ts'
import { walk, type DeviationKind } from './deviations.ts'
import { LEFT_OUT } from './mapping.ts'
import { netOf } from './net.ts'
import { BUDGET, fitnessOf, replayTokens, type Tokens } from './replay.ts'

export interface DeviationCount {
  kind: DeviationKind
  nodeId: string
  /** the activity's name in the model, else in the history */
  name: string
  /** cases in which it happened, and how often it did */
  cases: number
  times: number
}

export interface Conformance {
  /** cases that came to an end of their own, and how many of them followed the drawing throughout */
  cases: number
  fitting: number
  /** cases that no bounded search could follow: too long or too tangled */
  unchecked: number
  /** token fitness of all cases together, and the mean of the cases' own; 1 is perfect; null without cases */
  fitness: number | null
  meanFitness: number | null
  tokens: Tokens
  /** cases by their fitness, in tenths: [0] up to 0.1 … [9] above 0.9 */
  histogram: number[]
  deviations: DeviationCount[]
  /** tokens that passed each drawn flow, by flow id */
  flows: Record<string, number>
  /** steps from one activity to the next (by name, START and END at the ends) at which cases left the drawing */
  breaks: Array<{ from: string; to: string; times: number; cases: number }>
}

/** A course that several cases took: the nodes they completed, in order, and where they ended. */
interface Course { trace: string[]; end: string; slots: number[] }

/** Cases alike are played once: what a replay says depends on nothing but the nodes in their order and the end. */
function courses(t: CaseTable, selection: Uint32Array): Course[] {
  const found = new Map<string, Course>()
  for (const slot of selection) {
    if (!t.caseWhole[slot] || Number.isNaN(t.caseEnded[slot]!)) continue
    const from = t.first[slot]!
    let key = `${t.caseEnd[slot]!}:`
    const trace: string[] = []
    for (let i = from; i < from + t.length[slot]!; i++) {
      if (Number.isNaN(t.finished[i]!)) continue
      const node = t.labelNode[t.label[i]!]!
      if (node === LEFT_OUT) continue
      key += String.fromCharCode(node)
      trace.push(t.nodes.list[node]!)
    }
    const known = found.get(key)
    if (known) known.slots.push(slot)
    else found.set(key, { trace, end: t.nodes.list[t.caseEnd[slot]!]!, slots: [slot] })
  }
  return [...found.values()].sort((a, b) => b.slots.length - a.slots.length || a.slots[0]! - b.slots[0]!)
}

/** Replays the finished cases of a selection on the drawn model. `slotsOf` lists the cases of one deviation. */
export function conformance(process: CompiledProcess, t: CaseTable, selection: Uint32Array): Conformance & { slotsOf: (kind: DeviationKind, nodeId: string) => number[]; fittingSlots: () => number[] } {
  const net = netOf(process, new Set(t.nodes.list.filter(Boolean)))
  const names = new Map(t.labelNode.map((node, label) => [t.nodes.list[node]!, t.activities.list[t.labelActivity[label]!]!]))
  const purse = { left: BUDGET }
  const tokens: Tokens = { produced: 0, consumed: 0, missing: 0, remaining: 0 }
  const counts = new Map<string, DeviationCount & { slots: number[] }>()
  const flows: Record<string, number> = {}
  const breaks = new Map<string, { from: string; to: string; times: number; cases: number }>()
  const called = (node: string | undefined, otherwise: string): string => (node === undefined ? otherwise : names.get(node) ?? (process.nodes[node]?.name || node))
  const fitting: number[] = []
  const histogram = Array.from({ length: 10 }, () => 0)
  let cases = 0, unchecked = 0, sum = 0
  for (const { trace, end, slots } of courses(t, selection)) {
    const n = slots.length
    if (purse.left <= 0) { unchecked += n; continue }
    const one = replayTokens(net, trace, end, purse)
    const way = walk(net, trace, end, purse)
    if (purse.left <= 0) { unchecked += n; continue }
    cases += n
    const fitness = fitnessOf(one)
    sum += fitness * n
    histogram[Math.min(9, Math.max(0, Math.ceil(fitness * 10) - 1))]! += n
    for (const key of Object.keys(tokens) as (keyof Tokens)[]) tokens[key] += one[key] * n
    for (const [flow, times] of way.flows) flows[flow] = (flows[flow] ?? 0) + times * n
    if (way.deviations.length === 0) for (const slot of slots) fitting.push(slot)
    const left = new Set<string>()
    for (const at of way.breaks) {
      const from = called(trace[at - 1], START), to = called(trace[at], END), key = JSON.stringify([from, to])
      let known = breaks.get(key)
      if (!known) breaks.set(key, (known = { from, to, times: 0, cases: 0 }))
      known.times += n
      if (!left.has(key)) known.cases += n
      left.add(key)
    }
    const here = new Set<string>()
    for (const { kind, node } of way.deviations) {
      const key = `${kind} ${node}`
      let count = counts.get(key)
      if (!count) counts.set(key, (count = { kind, nodeId: node, name: process.nodes[node]?.name || (names.get(node) ?? node), cases: 0, times: 0, slots: [] }))
      count.times += n
      if (here.has(key)) continue
      here.add(key)
      count.cases += n
      for (const slot of slots) count.slots.push(slot)
    }
  }
  return {
    cases, fitting: fitting.length, unchecked, fitness: cases ? fitnessOf(tokens) : null, meanFitness: cases ? sum / cases : null, tokens, histogram,
    deviations: [...counts.values()].map(({ slots: _, ...count }) => count).sort((a, b) => b.cases - a.cases || b.times - a.times || (a.nodeId < b.nodeId ? -1 : 1)),
    flows,
    breaks: [...breaks.values()].sort((a, b) => b.times - a.times || compareText(a.from, b.from) || compareText(a.to, b.to)),
    slotsOf: (kind, nodeId) => counts.get(`${kind} ${nodeId}`)?.slots ?? [],
    fittingSlots: () => fitting,
  }
}
