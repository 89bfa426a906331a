import type { NodeOf } from '../../model/index.ts'
import { consume, flowsThatHold, leaveByFlow, noPath } from '../leave.ts'
import type { Run, Token } from '../run.ts'
import { addToJoin, joinCount, processAt, record, told } from '../run.ts'
import { reachOf, restingPlaces } from './reach.ts'

export function enterInclusive(run: Run, node: NodeOf<'inclusiveGateway'>, token: Token): void {
  if (node.incoming.length > 1 && run.env.joins !== 'pass') {
    addToJoin(run, token, token.flowId ?? '', 1)
    return record(run, node, token.flowId, 'waiting')
  }
  told(run, node, token.flowId)
  split(run, node, token)
}

function split(run: Run, node: NodeOf<'inclusiveGateway'>, token: Token): void {
  if (!node.outgoing.length) return consume(run, node, token)
  const taken = flowsThatHold(run, node, token)
  if (!taken.length) throw noPath(node)
  for (const id of taken) leaveByFlow(run, token, id)
}

/**
 * BPMN 2.0.2, table 13.3: the join goes on when no token can still come by a flow that has none, unless that token could as well come by a
 * flow that has one. Asked only when all tokens rest; with fresh answers after each join that went on.
 */
export function inclusiveReady(run: Run, node: NodeOf<'inclusiveGateway'>, scopeId: string | null): boolean {
  const at = { scopeId, nodeId: node.id }
  const full = node.incoming.filter((flow) => joinCount(run, at, flow) > 0)
  if (!full.length) return false
  if (full.length === node.incoming.length) return true
  const reach = reachOf(processAt(run, scopeId), node.id)
  const empty = node.incoming.filter((flow) => !full.includes(flow))
  for (const place of restingPlaces(run, scopeId, node.id)) {
    const comes = empty.some((flow) => reach.get(flow)!.has(place))
    if (comes && !full.some((flow) => reach.get(flow)!.has(place))) return false
  }
  return true
}

export function passInclusive(run: Run, node: NodeOf<'inclusiveGateway'>, scopeId: string | null): void {
  const token: Token = { nodeId: node.id, flowId: null, scopeId, outcome: null, mode: 'arrive' }
  told(run, node, null)
  split(run, node, token)
  for (const flow of node.incoming) if (joinCount(run, token, flow) > 0) addToJoin(run, token, flow, -1)
}
