import type { NodeOf } from '../../model/index.ts'
import { consume, flowsThatHold, leaveByAll, leaveByFlow, noPath } from '../leave.ts'
import type { Run, Token } from '../run.ts'
import { addToJoin, joinCount, joinKey, processAt, record, setPhase, told } from '../run.ts'
import { conditionScope } from '../variables.ts'
import { reachOf, restingPlaces } from './reach.ts'

/** BPMN 2.0.2, table 13.5: a complex gateway waits for its start, goes on, then waits for its reset. */
export function enterComplex(run: Run, node: NodeOf<'complexGateway'>, token: Token): void {
  if (run.env.joins === 'pass') {
    told(run, node, token.flowId)
    return leaveByAll(run, node, token, token.outcome)
  }
  addToJoin(run, token, token.flowId ?? '', 1)
  if (phaseOf(run, node, token.scopeId) === null && activated(run, node, token)) begin(run, node, token)
  else record(run, node, token.flowId, 'waiting')
}

/** The flows from which tokens were taken at the start; null while it waits for its start. */
function phaseOf(run: Run, node: NodeOf<'complexGateway'>, scopeId: string | null): readonly string[] | null {
  const phase = run.phases.get(joinKey(scopeId, node.id, ''))
  return phase && phase.flows.length ? phase.flows : null
}

function activated(run: Run, node: NodeOf<'complexGateway'>, token: Token): boolean {
  if (!node.activation) return true
  const activationCount = node.incoming.reduce((sum, flow) => sum + joinCount(run, token, flow), 0)
  return node.activation.evaluate({ ...conditionScope(run, token), activationCount }, run.meter) === true
}

function begin(run: Run, node: NodeOf<'complexGateway'>, token: Token): void {
  told(run, node, token.flowId)
  const flows = node.incoming.filter((flow) => joinCount(run, token, flow) > 0)
  if (!node.outgoing.length) consume(run, node, token)
  else {
    const taken = flowsThatHold(run, node, token, { waitingForStart: true })
    if (!taken.length) throw noPath(node)
    for (const id of taken) leaveByFlow(run, { ...token, outcome: null }, id)
  }
  if (node.incoming.length > 1) setPhase(run, { scopeId: token.scopeId, nodeId: node.id, flows })
  for (const flow of flows) addToJoin(run, token, flow, -1)
}

/** Every flow that has brought nothing yet has brought its token, or none can come by it any more. */
export function resetReady(run: Run, node: NodeOf<'complexGateway'>, scopeId: string | null): boolean {
  const taken = phaseOf(run, node, scopeId)
  if (taken === null) return false
  const at = { scopeId, nodeId: node.id }
  const open = node.incoming.filter((flow) => !taken.includes(flow) && joinCount(run, at, flow) === 0)
  if (!open.length) return true
  const full = node.incoming.filter((flow) => !open.includes(flow))
  const reach = reachOf(processAt(run, scopeId), node.id)
  for (const place of restingPlaces(run, scopeId, node.id)) {
    if (open.some((flow) => reach.get(flow)!.has(place)) && !full.some((flow) => joinCount(run, at, flow) > 0 && reach.get(flow)!.has(place))) return false
  }
  return true
}

/**
 * The late tokens are used up. Flows whose condition speaks of `waitingForStart` may go on once more; all others would bring about a second
 * time what the start has brought about already.
 */
export function reset(run: Run, node: NodeOf<'complexGateway'>, scopeId: string | null): void {
  const token: Token = { nodeId: node.id, flowId: null, scopeId, outcome: null, mode: 'arrive' }
  const taken = phaseOf(run, node, scopeId) ?? []
  const { flows } = processAt(run, scopeId)
  const scope = { ...conditionScope(run, token), waitingForStart: false }
  for (const id of node.outgoing) {
    const { condition } = flows[id]!
    if (condition?.variables.includes('waitingForStart') && condition.evaluate(scope, run.meter) === true) leaveByFlow(run, token, id)
  }
  setPhase(run, { scopeId, nodeId: node.id, flows: [] })
  consumeHere(run, node, token)
  for (const flow of node.incoming) if (!taken.includes(flow) && joinCount(run, token, flow) > 0) addToJoin(run, token, flow, -1)
  // what came a second time by a flow may start it anew
  if (node.incoming.some((flow) => joinCount(run, token, flow) > 0) && activated(run, node, token)) begin(run, node, token)
}

/** Late tokens that end here are an end like any other, should nothing else be left. */
function consumeHere(run: Run, node: NodeOf<'complexGateway'>, token: Token): void {
  if (!run.lastEnd) consume(run, node, token)
}
