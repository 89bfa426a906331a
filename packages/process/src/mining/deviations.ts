import type { Net, Transition } from './net.ts'
import { atEnd, enabled, fire, settle, wayTo, type Marking, type Purse } from './replay.ts'

/**
 * How a case left the drawn path: an activity was left out; done again where the drawing has no way back; done before its turn; is not in
 * the model; or the case ended elsewhere than the drawing ends.
 */
export type DeviationKind = 'skipped' | 'repeated' | 'order' | 'unknown' | 'end'
/** `node`: the activity; of `end`, where the case ended. */
export interface Deviation { kind: DeviationKind; node: string }

export interface Walk {
  deviations: Deviation[]
  /** how often each drawn flow was passed */
  flows: Map<string, number>
  /** positions in the case where it left the drawing; its length: at its end */
  breaks: number[]
}

/** More activities left out between two others than this, and the place where the case went on is no longer guessed at. */
const MOST_SKIPPED = 4

/**
 * Walks one case over the net beside the drawn path where it must, and says where that was. Where an activity's turn has not come, the cheapest
 * way to it over activities left out is looked for; one that still comes later in the case was not left out, so then this one came
 * too early, and its turn counts as taken.
 */
export function walk(net: Net, trace: readonly string[], endNode: string, purse: Purse): Walk {
  const found: Walk = { deviations: [], flows: new Map(), breaks: [] }
  const m = new Uint8Array(net.places)
  m[0] = 1
  const early = new Map<string, number>()
  const passed = (way: readonly Transition[]): void => { for (const t of way) for (const flow of t.flows) found.flows.set(flow, (found.flows.get(flow) ?? 0) + 1) }
  const go = (way: readonly Transition[]): void => {
    for (const t of way) fire(net, m, t)
    passed(way)
    passed(settle(net, m))
  }
  const price = (t: Transition): 0 | 1 => ((early.get(t.node) ?? 0) > 0 ? 0 : 1)
  const leaveOut = (way: readonly Transition[]): void => {
    for (const t of way) {
      if (!t.visible) continue
      const done = early.get(t.node) ?? 0
      if (done > 0) early.set(t.node, done - 1)
      else found.deviations.push({ kind: 'skipped', node: t.node })
    }
    go(way)
  }
  passed(settle(net, m))
  const later = new Map<string, number>()
  for (const node of trace) later.set(node, (later.get(node) ?? 0) + 1)
  const seen = new Set<string>()
  for (const [at, node] of trace.entries()) {
    later.set(node, later.get(node)! - 1)
    const before = found.deviations.length
    const t = net.byNode.get(node)
    if (!t) found.deviations.push({ kind: 'unknown', node })
    else {
      const goal = (x: Marking): boolean => enabled(x, t)
      const straight = enabled(m, t) ? [] : wayTo(net, m, goal, purse)
      if (straight) go([...straight, t])
      else {
        const around = wayTo(net, m, goal, purse, price, MOST_SKIPPED)
        const tooEarly = !around || around.some(x => x.visible && !early.get(x.node) && later.get(x.node)! > 0)
        if (!tooEarly) {
          leaveOut(around)
          go([t])
        } else if (seen.has(node)) found.deviations.push({ kind: 'repeated', node })
        else {
          found.deviations.push({ kind: 'order', node })
          early.set(node, (early.get(node) ?? 0) + 1)
        }
      }
    }
    seen.add(node)
    if (found.deviations.length > before) found.breaks.push(at)
  }
  const inside = found.deviations.length
  const end = wayTo(net, m, atEnd(net, endNode), purse) ?? wayTo(net, m, atEnd(net, endNode), purse, price, MOST_SKIPPED)
  if (end) leaveOut(end)
  else found.deviations.push({ kind: 'end', node: endNode })
  if (found.deviations.length > inside) found.breaks.push(trace.length)
  return found
}
