import type { CompiledProcess } from '../../model/index.ts'
import type { Run } from '../run.ts'

/** For each flow into a gateway: the nodes from which a token could still come to it without passing the gateway. */
type Reach = ReadonlyMap<string, ReadonlySet<string>>

// computed once for each gateway of a compiled process, and gone with it
const known = new WeakMap<CompiledProcess, Map<string, Reach>>()

export function reachOf(process: CompiledProcess, gatewayId: string): Reach {
  let gateways = known.get(process)
  if (!gateways) known.set(process, (gateways = new Map()))
  let reach = gateways.get(gatewayId)
  if (!reach) gateways.set(gatewayId, (reach = compute(process, gatewayId)))
  return reach
}

function compute(process: CompiledProcess, gatewayId: string): Reach {
  const gateway = process.nodes[gatewayId]!
  const before = predecessors(process)
  return new Map(gateway.incoming.map((flowId) => {
    const seen = new Set<string>()
    const queue = [process.flows[flowId]!.source]
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (id === gatewayId || seen.has(id)) continue
      seen.add(id)
      queue.push(...(before.get(id) ?? []))
    }
    return [flowId, seen] as const
  }))
}

/** A token can go along flows, from an activity to the events attached to it, and through links. */
function predecessors(process: CompiledProcess): Map<string, string[]> {
  const before = new Map<string, string[]>()
  const add = (from: string, to: string) => before.set(to, [...(before.get(to) ?? []), from])
  for (const flow of Object.values(process.flows)) add(flow.source, flow.target)
  for (const node of Object.values(process.nodes)) {
    if ('attachedTo' in node) add(node.attachedTo, node.id)
    if (node.type === 'throwEvent' && node.linkTo !== null) add(node.id, node.linkTo)
  }
  return before
}

/** Where the other tokens of a scope rest: at activities and events, in inner scopes, at other gateways. */
export function restingPlaces(run: Run, scopeId: string | null, butNot: string): Set<string> {
  const places = new Set<string>()
  for (const step of run.live.values()) if (step.scopeId === scopeId) places.add(step.nodeId)
  for (const { state } of run.scopes.values()) if (state.parentId === scopeId && state.kind !== 'event' && state.kind !== 'compensation') places.add(state.nodeId)
  for (const scope of run.scopes.values()) if (scope.state.parentId === scopeId && scope.state.kind === 'compensation' && scope.state.after === 'leave') places.add(scope.state.nodeId)
  for (const join of run.joins.values()) if (join.count > 0 && join.scopeId === scopeId) places.add(join.nodeId)
  places.delete(butNot)
  return places
}
