import { called } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse, warn } from './problems.ts'
import type { CompiledFlow, CompiledNode } from './types.ts'

export interface Graph {
  nodes: Map<string, CompiledNode>
  flows: Map<string, CompiledFlow>
}

/** Checks of the graph as a whole; those of single elements are made where they are read. */
export function checkGraph(graph: Graph, processId: string | undefined, findings: Findings): void {
  checkStartAndEnd(graph, processId, findings)
  // behind a broken flow everything looks unreachable; the flow is the one true complaint
  const whole = !findings.problems.some((p) => p.code === 'FLOW_DANGLING')
  if (whole) checkReachable(graph, findings)
  for (const node of graph.nodes.values()) {
    if (whole) checkDeadEnd(node, findings)
    checkDefault(node, graph, findings)
    checkConditions(node, graph, findings)
  }
}

const label = (node: CompiledNode) => called({ $type: node.type, id: node.id, name: node.name })

function checkStartAndEnd({ nodes }: Graph, processId: string | undefined, findings: Findings): void {
  const starts = [...nodes.values()].filter((n) => n.type === 'startEvent')
  if (!starts.length) refuse(findings, processId, 'START_MISSING', '流程没有（可执行的）开始事件')
  for (const extra of starts.slice(1)) refuse(findings, extra.id, 'START_SEVERAL', `流程有多个开始事件：${label(extra)}`)
  if (![...nodes.values()].some((n) => n.type === 'endEvent')) {
    refuse(findings, processId, 'END_MISSING', '流程没有（可执行的）结束事件')
  }
}

function checkReachable({ nodes, flows }: Graph, findings: Findings): void {
  const reached = new Set<string>()
  const queue = [...nodes.values()].filter((n) => n.type === 'startEvent').map((n) => n.id)
  if (!queue.length) return
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = nodes.get(id)
    if (!node || reached.has(id)) continue
    reached.add(id)
    for (const flow of node.outgoing) queue.push(flows.get(flow)?.target ?? '')
    if ('boundary' in node) queue.push(...node.boundary)
  }
  for (const node of nodes.values()) {
    if (!reached.has(node.id)) refuse(findings, node.id, 'NODE_UNREACHABLE', `${label(node)}从开始事件走不到`)
  }
}

function checkDeadEnd(node: CompiledNode, findings: Findings): void {
  if (node.outgoing.length || node.type === 'endEvent') return
  warn(findings, node.id, 'NODE_DEAD_END', `${label(node)}之后没有连线，走到这里即结束`)
}

function checkDefault(node: CompiledNode, { flows }: Graph, findings: Findings): void {
  if (node.defaultFlow === null) return
  const flow = flows.get(node.defaultFlow)
  if (!flow) return
  if (!node.outgoing.includes(node.defaultFlow)) {
    refuse(findings, node.id, 'DEFAULT_INVALID', `${label(node)}的默认连线“${node.defaultFlow}”不从这里出发`)
  } else if (flow.condition) {
    warn(findings, flow.id, 'CONDITION_UNUSED', `默认连线“${flow.id}”上的条件不起作用`)
  }
}

function checkConditions(node: CompiledNode, graph: Graph, findings: Findings): void {
  const outgoing = node.outgoing.flatMap((id) => graph.flows.get(id) ?? [])
  if (node.type !== 'exclusiveGateway') {
    if (node.type === 'userTask' || node.type === 'serviceTask' || node.type === 'passTask') return
    for (const flow of outgoing.filter((f) => f.condition)) {
      refuse(findings, flow.id, 'CONDITION_UNUSED', `从${label(node)}出发的连线不能带条件`)
    }
    return
  }
  if (outgoing.length < 2) return
  const open = outgoing.filter((f) => !f.condition && !f.isDefault)
  for (const flow of open) warn(findings, flow.id, 'CONDITION_MISSING', `从${label(node)}出发的“${flow.id}”没有条件，总是成立`)
  if (node.defaultFlow === null && !open.length && !coversOutcomes(node, outgoing, graph)) {
    warn(findings, node.id, 'GATEWAY_NO_DEFAULT', `${label(node)}没有默认连线，条件都不成立时流程会停住`)
  }
}

/** Trying every outcome on every condition is for models people can read. */
const COVER_AT_MOST = 200

function holds(flow: CompiledFlow, outcome: string): boolean {
  try {
    return flow.condition?.evaluate({ outcome }) === true
  } catch {
    return false // too complex to tell; then the warning stands
  }
}

/** Right behind user tasks, conditions that answer every declared outcome need no default. */
function coversOutcomes(node: CompiledNode, outgoing: CompiledFlow[], { nodes, flows }: Graph): boolean {
  const before = node.incoming.map((id) => nodes.get(flows.get(id)?.source ?? ''))
  return before.length > 0 && before.every((task) => {
    if (task?.type !== 'userTask' || !task.task.outcomes.length) return false
    if (task.task.outcomes.length * outgoing.length > COVER_AT_MOST) return false
    return task.task.outcomes.every(({ id }) => outgoing.some((f) => holds(f, id)))
  })
}
