import type { CompiledProcess, NodeOf } from '../model/index.ts'
import { cancelStep, passJoin, settle } from './behaviours.ts'
import { ProcessError } from './errors.ts'
import { leaveByConditions } from './leave.ts'
import type { Run, Token } from './run.ts'
import { closeStep, emptyEffects, flowOf, joinCount, newRun, nodeOf, send } from './run.ts'
import type { Effects, EngineEnv, InstanceState, LiveStep } from './types.ts'

/** Starts an instance; `state` is empty before it. Errors: NO_PATH, INSTANCE_LOOP, TIMER_VALUE. */
export function start(process: CompiledProcess, variables: Record<string, unknown>, env: EngineEnv): Effects {
  const run = newRun(process, { steps: [], joins: [], variables: {} }, variables, env)
  run.queue.push({ nodeId: process.startId, flowId: null, scopeId: null, outcome: null })
  settle(run)
  return run.effects
}

export interface Completion {
  /** id of a declared outcome; may be left out where the task has none or only one */
  outcome?: string | null
  variables?: Record<string, unknown>
}

/**
 * Finishes a live step (user or service) and moves on to the next wait states.
 * Errors: STEP_NOT_ACTIVE, OUTCOME_REQUIRED, OUTCOME_UNKNOWN (params.allowed), NO_PATH, INSTANCE_LOOP, TIMER_VALUE.
 */
export function completeTask(
  process: CompiledProcess,
  state: InstanceState,
  stepId: string,
  completion: Completion,
  env: EngineEnv,
): Effects {
  const step = liveStep(state, stepId)
  const node = nodeOf(process, step.nodeId)
  const outcome = node.type === 'userTask' ? chosenOutcome(node, completion.outcome ?? null) : null
  const run = newRun(process, state, completion.variables ?? {}, env)
  closeStep(run, stepId)
  run.effects.finishedSteps.push({ id: stepId, nodeId: step.nodeId, outcome: outcome?.id ?? null })
  const token: Token = { nodeId: node.id, flowId: null, scopeId: step.scopeId, outcome: outcome?.id ?? null }
  if (outcome?.flowId) send(run, flowOf(run, outcome.flowId), token, outcome.id)
  else leaveByConditions(run, node, token)
  settle(run)
  return run.effects
}

function liveStep(state: InstanceState, stepId: string): LiveStep {
  const step = state.steps.find((s) => s.id === stepId)
  if (!step) throw new ProcessError('STEP_NOT_ACTIVE', '这一步已经办完或已取消', { stepId })
  return step
}

function chosenOutcome(node: NodeOf<'userTask'>, wanted: string | null) {
  const { outcomes } = node.task
  if (!outcomes.length && wanted === null) return null
  const allowed = outcomes.map((o) => o.id)
  if (wanted === null) {
    if (outcomes.length === 1) return outcomes[0]!
    throw new ProcessError('OUTCOME_REQUIRED', `“${node.name}”须选择办理结果`, { nodeId: node.id, allowed })
  }
  const outcome = outcomes.find((o) => o.id === wanted)
  if (!outcome) throw new ProcessError('OUTCOME_UNKNOWN', `“${node.name}”没有结果“${wanted}”`, { nodeId: node.id, wanted, allowed })
  return outcome
}

/** A boundary timer is due. A late one (its step is over) changes nothing: `ignored`. */
export function fireTimer(
  process: CompiledProcess,
  state: InstanceState,
  timer: { stepId: string; nodeId: string },
  env: EngineEnv,
): Effects {
  const step = state.steps.find((s) => s.id === timer.stepId)
  if (!step) return { ...emptyEffects(), ignored: true }
  const node = nodeOf(process, timer.nodeId)
  if (node.type !== 'boundaryTimer' || node.attachedTo !== step.nodeId) {
    throw new ProcessError('NODE_UNKNOWN', `“${timer.nodeId}”不是这一步的定时器`, { ...timer })
  }
  const run = newRun(process, state, {}, env)
  if (node.interrupting) cancelStep(run, step.id, 'interrupted', node.id)
  run.queue.push({ nodeId: node.id, flowId: null, scopeId: step.scopeId, outcome: null })
  settle(run)
  return run.effects
}

/** With `joins: 'defer'`: all incoming flows of the join have a token, `state` is fresh; take one of each and go on. */
export function fireJoin(
  process: CompiledProcess,
  state: InstanceState,
  join: { scopeId: string | null; nodeId: string },
  env: EngineEnv,
): Effects {
  const node = nodeOf(process, join.nodeId)
  const run = newRun(process, state, {}, env)
  const token: Token = { nodeId: join.nodeId, flowId: null, scopeId: join.scopeId, outcome: null }
  if (node.type !== 'parallelGateway' || !node.incoming.every((flow) => joinCount(run, token, flow) > 0)) {
    throw new ProcessError('JOIN_NOT_READY', `“${node.name}”还有分支没有到`, { nodeId: node.id })
  }
  passJoin(run, node, token)
  settle(run)
  return run.effects
}

/** Ends an instance from outside: every live step, timer and waiting token goes. */
export function cancel(process: CompiledProcess, state: InstanceState): Effects {
  const run: Run = newRun(process, state, {}, { newId: () => '' })
  for (const step of state.steps) cancelStep(run, step.id, 'cancelled', null)
  for (const join of run.joins.values()) Object.assign(join, { delta: -join.count, count: 0 })
  settle(run)
  run.effects.end = { how: 'cancelled', nodeId: null, name: null }
  return run.effects
}
