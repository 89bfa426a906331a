import type { NodeOf, NodeType } from '../model/index.ts'
import { ProcessError } from './errors.ts'
import { consume, leaveByAll, leaveByConditions, leaveByOne } from './leave.ts'
import type { Run, Token } from './run.ts'
import { addToJoin, closeStep, conditionScope, joinCount, nodeOf, openStep, record } from './run.ts'
import { armTimers } from './timers.ts'

type Behaviours = { readonly [T in NodeType]: (run: Run, node: NodeOf<T>, token: Token) => void }

/** What happens when a token reaches a node. A new node type without a row here does not compile. */
const BEHAVIOURS: Behaviours = {
  startEvent(run, node, token) {
    record(run, node, token, 'passed')
    leaveByConditions(run, node, token)
  },
  endEvent(run, node, token) {
    record(run, node, token, 'ended')
    consume(run, node)
    if (node.terminate) terminate(run, node.id)
  },
  userTask(run, node, token) {
    const id = run.env.newId()
    const { task } = node
    openStep(run, {
      id, nodeId: node.id, kind: 'user', scopeId: token.scopeId, name: node.name, stage: node.stage,
      role: task.role, assign: task.assign, task, handler: null, input: null,
    })
    armTimers(run, node, id, conditionScope(run, token))
  },
  serviceTask(run, node, token) {
    const id = run.env.newId()
    const scope = conditionScope(run, token)
    openStep(run, {
      id, nodeId: node.id, kind: 'service', scopeId: token.scopeId, name: node.name, stage: node.stage,
      role: null, assign: { rule: 'pool' }, task: null, handler: node.handler,
      input: Object.fromEntries(node.inputs.map(({ name, value }) => [name, value.evaluate(scope, run.meter)])),
    })
    armTimers(run, node, id, scope)
  },
  passTask(run, node, token) {
    record(run, node, token, 'passed')
    leaveByConditions(run, node, token)
  },
  exclusiveGateway(run, node, token) {
    record(run, node, token, 'passed')
    leaveByOne(run, node, token)
  },
  parallelGateway(run, node, token) {
    if (node.incoming.length > 1 && run.env.joins !== 'pass') return arriveAtJoin(run, node, token)
    record(run, node, token, 'passed')
    leaveByAll(run, node, token, token.outcome)
  },
  boundaryTimer(run, node, token) {
    record(run, node, token, 'fired')
    leaveByConditions(run, node, token)
  },
}

export function enter(run: Run, token: Token): void {
  const node = nodeOf(run.process, token.nodeId)
  const behaviour = BEHAVIOURS[node.type] as (run: Run, node: NodeOf<NodeType>, token: Token) => void
  behaviour(run, node, token)
}

/** A join goes on when every incoming flow has brought a token; it takes one of each and leaves the surplus waiting. */
function arriveAtJoin(run: Run, node: NodeOf<'parallelGateway'>, token: Token): void {
  addToJoin(run, token, token.flowId ?? '', 1)
  const ready = run.env.joins !== 'defer' && node.incoming.every((flow) => joinCount(run, token, flow) > 0)
  if (!ready) return record(run, node, token, 'waiting')
  passJoin(run, node, token)
}

/** The branches come together with different answers, so none of them travels on. */
export function passJoin(run: Run, node: NodeOf<'parallelGateway'>, token: Token): void {
  for (const flow of node.incoming) addToJoin(run, token, flow, -1)
  record(run, node, token, 'passed')
  leaveByAll(run, node, token, null)
}

function terminate(run: Run, by: string): void {
  run.queue.length = 0
  for (const stepId of run.live.keys()) cancelStep(run, stepId, 'terminated', by)
  for (const join of run.joins.values()) {
    join.delta -= join.count
    join.count = 0
  }
}

export function cancelStep(run: Run, stepId: string, reason: 'interrupted' | 'terminated' | 'cancelled', by: string | null): void {
  const { opened, step } = closeStep(run, stepId)
  if (!opened) run.effects.cancelledSteps.push({ id: stepId, nodeId: step.nodeId, reason, by })
}

/** Runs until every token rests, and closes the books: join deltas, token count, end or dead lock. */
export function settle(run: Run): void {
  for (let next = run.queue.shift(); next; next = run.queue.shift()) {
    run.left -= 1
    if (run.left < 0) throw new ProcessError('INSTANCE_LOOP', '流程在自动节点之间循环不止', { nodeId: next.nodeId })
    enter(run, next)
  }
  const { effects } = run
  const changed = [...run.joins.values()].filter((j) => j.delta !== 0)
  effects.joins = changed.map(({ scopeId, nodeId, flowId, delta }) => ({ scopeId, nodeId, flowId, delta }))
  effects.tokenDelta = effects.newSteps.length - effects.finishedSteps.length - effects.cancelledSteps.length
    + changed.reduce((sum, j) => sum + j.delta, 0)
  if (run.live.size > 0) return
  const waiting = [...run.joins.values()].filter((j) => j.count > 0)
  if (waiting.length) markStuck(run, waiting.map((j) => j.nodeId))
  else if (run.lastEnd) finish(run, run.lastEnd)
}

function finish(run: Run, at: NonNullable<Run['lastEnd']>): void {
  run.effects.end = { how: at.terminate ? 'terminated' : 'completed', nodeId: at.nodeId, name: at.name }
  run.effects.stage = at.stage
}

/** With deferred joins other callers' tokens are not known here, so nothing can be said. */
function markStuck(run: Run, nodeIds: string[]): void {
  if (run.env.joins === 'defer') return
  for (const nodeId of new Set(nodeIds)) {
    const node = nodeOf(run.process, nodeId)
    const missingFlows = node.incoming.filter((flowId) => {
      return ![...run.joins.values()].some((j) => j.nodeId === nodeId && j.flowId === flowId && j.count > 0)
    })
    run.effects.stuck.push({ nodeId, name: node.name, missingFlows })
  }
}
