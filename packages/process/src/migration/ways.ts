import type { InstanceState } from '../engine/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import { isActivity, isJoin } from './pair.ts'

/** Where a token at a node can get to next, within its own level. Events at an activity and links are ways too. */
function nextOf(process: CompiledProcess, nodeId: string): { flowId: string | null; nodeId: string }[] {
  const node = process.nodes[nodeId]
  if (!node) return []
  const ways: { flowId: string | null; nodeId: string }[] = node.outgoing.map((id) => ({ flowId: id, nodeId: process.flows[id]!.target }))
  if (isActivity(node)) for (const id of node.boundary) ways.push({ flowId: null, nodeId: id })
  if (node.type === 'throwEvent' && node.linkTo !== null) ways.push({ flowId: null, nodeId: node.linkTo })
  return ways
}

/** Flows over which a token that is at `start` may still come, other than through `not`. */
function flowsAhead(process: CompiledProcess, start: string, not: string): Set<string> {
  const flows = new Set<string>(), seen = new Set([start]), queue = [start]
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const way of nextOf(process, id)) {
      if (way.flowId !== null) flows.add(way.flowId)
      if (way.nodeId === not || seen.has(way.nodeId)) continue
      seen.add(way.nodeId)
      queue.push(way.nodeId)
    }
  }
  return flows
}

export interface Level { scopeId: string | null; tokens: readonly string[]; joins: InstanceState['joins'] }

/** The tokens of each level of the case's own process: live steps and what is at work, by node. Rounds of a loop are no level, for no flow runs inside. */
export function levelsOf(state: InstanceState, own: (scopeId: string | null) => boolean): Level[] {
  const open = [null, ...(state.scopes ?? []).filter((s) => s.kind === 'subprocess' || s.kind === 'event').map((s) => s.id)]
  return open.filter(own).map((scopeId) => ({
    scopeId,
    tokens: [...state.steps.filter((s) => s.scopeId === scopeId), ...(state.scopes ?? []).filter((s) => s.parentId === scopeId && s.kind !== 'event')].map((s) => s.nodeId),
    joins: state.joins.filter((j) => j.scopeId === scopeId && j.count > 0),
  }))
}

/**
 * Parallel joins that a token will reach, or is at, and that would wait for ever: over one of their flows nothing can come any more.
 * Answers each with such a flow.
 */
export function starved(process: CompiledProcess, level: Level): Map<string, string> {
  const found = new Map<string, string>()
  for (const node of Object.values(process.nodes)) {
    if (node.type !== 'parallelGateway' || !isJoin(node)) continue
    const come = new Set(level.joins.filter((j) => j.nodeId === node.id).map((j) => j.flowId))
    for (const token of level.tokens) for (const flow of flowsAhead(process, token, node.id)) if (node.incoming.includes(flow)) come.add(flow)
    // tokens at other joins go on from there
    for (const j of level.joins) if (j.nodeId !== node.id) for (const flow of flowsAhead(process, j.nodeId, node.id)) if (node.incoming.includes(flow)) come.add(flow)
    const never = come.size ? node.incoming.find((flow) => !come.has(flow)) : undefined
    if (never !== undefined) found.set(node.id, never)
  }
  return found
}

const known = new WeakMap<CompiledProcess, Map<string, number>>()

/** How many parallel or inclusive splits stand open at a node, counted from the start of its level; NaN where two ways there differ; absent where only events lead there. */
export function depthsOf(process: CompiledProcess): Map<string, number> {
  const hit = known.get(process)
  if (hit) return hit
  const depth = new Map<string, number>(), queue: string[] = []
  for (const node of Object.values(process.nodes)) if (node.type === 'startEvent' || (!node.incoming.length && !('attachedTo' in node))) { depth.set(node.id, 0); queue.push(node.id) }
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const node = process.nodes[id]!
    const splits = node.outgoing.length > 1 && (node.type === 'parallelGateway' || node.type === 'inclusiveGateway' || node.type === 'complexGateway')
    const after = depth.get(id)! - (isJoin(node) ? 1 : 0) + (splits ? 1 : 0)
    for (const flow of node.outgoing) {
      const target = process.flows[flow]!.target, before = depth.get(target)
      if (before === undefined) { depth.set(target, after); queue.push(target) } else if (before !== after && !Number.isNaN(before)) { depth.set(target, Number.NaN); queue.push(target) }
    }
  }
  known.set(process, depth)
  return depth
}
