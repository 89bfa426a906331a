import { called } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse, warn } from './problems.ts'
import type { CompiledFlow, CompiledNode, Container, NodeOf, NodeType } from './types.ts'

export interface Graph {
  nodes: Map<string, CompiledNode>
  flows: Map<string, CompiledFlow>
  inner: Container
}

/** Checks of the graph as a whole; those of single elements are made where they are read. */
export function checkGraph(graph: Graph, processId: string | undefined, findings: Findings): void {
  checkStartAndEnd(graph, processId, findings)
  // behind a broken flow everything looks unreachable; the flow is the one true complaint
  const whole = !findings.problems.some((p) => p.code === 'FLOW_DANGLING')
  if (whole) checkReachable(graph, findings)
  for (const node of graph.nodes.values()) {
    if (whole) checkDeadEnd(node, graph, findings)
    checkDefault(node, graph, findings)
    checkConditions(node, graph, findings)
    if (node.type === 'eventGateway') checkEventGateway(node, graph, findings)
    if (node.type === 'subProcess' && node.triggeredByEvent) checkEventSub(node, graph, findings)
    if (node.type === 'endEvent') checkCompensation(node, graph, findings)
    if (node.type === 'throwEvent') checkCompensation(node, graph, findings)
  }
}

const label = (node: CompiledNode) => called({ $type: node.type, id: node.id, name: node.name })

/** Both may be left out, but one does not go without the other (BPMN 2.0.2, 10.5.2 and 10.5.3). */
function checkStartAndEnd({ nodes, inner }: Graph, processId: string | undefined, findings: Findings): void {
  const top = [...nodes.values()].filter((n) => n.parent === null)
  const starts = top.filter((n) => n.type === 'startEvent' || (n.type === 'eventGateway' && n.instantiate) || (n.type === 'receiveTask' && n.instantiate))
  const ends = top.some((n) => n.type === 'endEvent')
  if (!starts.length && (ends || !inner.starts.length)) refuse(findings, processId, 'START_MISSING', '流程没有（可执行的）开始事件')
  const plain = starts.filter((n) => n.type === 'startEvent' && !n.triggers.length)
  for (const extra of plain.slice(1)) warn(findings, extra.id, 'START_SEVERAL', `流程有多个无触发的开始事件，不指明时从第一个开始：${label(extra)}`)
  if (starts.some((n) => n.type === 'startEvent') && !ends) refuse(findings, processId, 'END_MISSING', '流程没有（可执行的）结束事件')
}

/** Every way on from a node: flows, attached events, the inside of a subprocess, links, what undoes it. */
function onward(node: CompiledNode, { flows }: Graph): string[] {
  const ways = node.outgoing.map((id) => flows.get(id)?.target ?? '')
  if ('boundary' in node) ways.push(...node.boundary, ...(node.compensation ? [node.compensation] : []))
  if ('inner' in node) ways.push(...node.inner.starts, ...node.inner.eventSubs)
  if (node.type === 'throwEvent' && node.linkTo) ways.push(node.linkTo)
  return ways
}

function checkReachable(graph: Graph, findings: Findings): void {
  const { nodes, inner } = graph
  const reached = new Set<string>()
  const begins = (n: CompiledNode) => n.parent === null && (n.type === 'startEvent' || ((n.type === 'eventGateway' || n.type === 'receiveTask') && n.instantiate))
  const queue = [...[...nodes.values()].filter(begins).map((n) => n.id), ...inner.starts, ...inner.eventSubs]
  if (!queue.length) return
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = nodes.get(id)
    if (!node || reached.has(id)) continue
    reached.add(id)
    queue.push(...onward(node, graph))
  }
  for (const node of nodes.values()) {
    const undoes = node.type === 'boundaryEvent' && node.triggers.some((t) => t.on === 'compensation')
    if (!reached.has(node.id) && !undoes) refuse(findings, node.id, 'NODE_UNREACHABLE', `${label(node)}从开始事件走不到`)
  }
}

function checkDeadEnd(node: CompiledNode, { nodes }: Graph, findings: Findings): void {
  if (node.outgoing.length || node.type === 'endEvent' || ('forCompensation' in node && node.forCompensation)) return
  if (node.type === 'boundaryEvent' && node.triggers.some((t) => t.on === 'compensation')) return
  if (node.type === 'throwEvent' && node.linkTo) return
  if (node.type === 'subProcess' && node.triggeredByEvent) return
  if (nodes.get(node.parent ?? '')?.type === 'adHoc') return
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

/** Where BPMN lets conditions decide (10.5.1: activities, and the gateways made for it). */
const DECIDES: ReadonlySet<NodeType> = new Set<NodeType>(['exclusiveGateway', 'inclusiveGateway', 'complexGateway'])

function checkConditions(node: CompiledNode, graph: Graph, findings: Findings): void {
  const outgoing = node.outgoing.flatMap((id) => graph.flows.get(id) ?? [])
  if ('boundary' in node) return
  if (!DECIDES.has(node.type)) {
    for (const flow of outgoing.filter((f) => f.condition)) {
      refuse(findings, flow.id, 'CONDITION_UNUSED', `从${label(node)}出发的连线不能带条件`)
    }
    return
  }
  if (outgoing.length < 2) return
  const open = outgoing.filter((f) => !f.condition && !f.isDefault)
  if (node.type === 'exclusiveGateway') for (const flow of open) warn(findings, flow.id, 'CONDITION_MISSING', `从${label(node)}出发的“${flow.id}”没有条件，总是成立`)
  if (node.defaultFlow === null && !open.length && !coversOutcomes(node, outgoing, graph)) {
    warn(findings, node.id, 'GATEWAY_NO_DEFAULT', `${label(node)}没有默认连线，条件都不成立时流程会停住`)
  }
}

function checkEventGateway(node: CompiledNode, { nodes, flows }: Graph, findings: Findings): void {
  for (const id of node.outgoing) {
    const target = nodes.get(flows.get(id)?.target ?? '')
    const waits = target?.type === 'receiveTask' || (target?.type === 'catchEvent' && target.triggers.every((t) => t.on !== 'link'))
    if (target && !waits) refuse(findings, target.id, 'GATEWAY_INVALID', `事件网关${label(node)}之后只能是中间捕获事件或接收任务，${label(target)}不是`)
    else if (target && target.incoming.length > 1) warn(findings, target.id, 'GATEWAY_INVALID', `${label(target)}还有别的连线进入，它也会被直接等待`)
  }
}

function checkEventSub(node: CompiledNode, { nodes }: Graph, findings: Findings): void {
  const start = nodes.get((node as NodeOf<'subProcess'>).inner.starts[0] ?? '')
  const undoes = start?.type === 'startEvent' && start.triggers.some((t) => t.on === 'compensation')
  if (undoes && node.parent === null) refuse(findings, node.id, 'COMPENSATION_INVALID', `补偿事件子流程${label(node)}须放在子流程里`)
}

/** `activityRef` must name something that can be undone. */
function checkCompensation(node: NodeOf<'endEvent'> | NodeOf<'throwEvent'>, { nodes }: Graph, findings: Findings): void {
  for (const trigger of node.triggers) {
    if (trigger.on !== 'compensation' || trigger.activity === null) continue
    const target = nodes.get(trigger.activity)
    if (!target || !('boundary' in target)) refuse(findings, node.id, 'COMPENSATION_INVALID', `${label(node)}要补偿的“${trigger.activity}”不是本流程的活动`)
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
