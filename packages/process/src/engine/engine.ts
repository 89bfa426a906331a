import type { CompiledProcess, NodeOf } from '../model/index.ts'
import { completeActivity } from './activities/complete.ts'
import { closeStep, endEverything } from './cancel.ts'
import { finishAdHoc } from './activities/adhoc.ts'
import { ProcessError } from './errors.ts'
import { fireStep } from './events/catch.ts'
import { listen, listenForEventSubs } from './events/waits.ts'
import { awaitOthers } from './gateways/event-based.ts'
import { passJoin } from './gateways/parallel.ts'
import type { Run, Token } from './run.ts'
import { joinCount, newRun, nodeOf, openWaitingStep, processAt, push } from './run.ts'
import { settle } from './settle.ts'
import type { Effects, EngineEnv, InstanceState, LiveStep } from './types.ts'
import { setResults, setVariables } from './variables.ts'

/** Errors of every act: NO_PATH, INSTANCE_LOOP, TIMER_VALUE, MULTI_VALUE, MULTI_TOO_MANY, PROCESS_UNKNOWN, DECISION_UNKNOWN, SCOPE_DEPTH. */

export interface StartOptions {
  /** one of `process.starts` */
  at?: string | null
  /** which of its triggers has happened; a parallel multiple start event then waits for the others before it goes on */
  happened?: number
}

/**
 * Starts an instance; its state is empty before it. `at`: one of `process.starts`, for an instance that a message, signal or timer begins,
 * or where there are several. Also START_UNKNOWN.
 */
export function start(process: CompiledProcess, variables: Record<string, unknown>, env: EngineEnv, options: StartOptions = {}): Effects {
  const run = newRun(process, { steps: [], joins: [], variables: {} }, variables, env)
  if (process.inner.eventSubs.length) listenForEventSubs(run, process.inner, null)
  const at = options.at ?? null
  if (at !== null && !process.starts.some((s) => s.id === at)) throw new ProcessError('START_UNKNOWN', `流程不能从“${at}”开始`, { at })
  const first = at ?? process.startId
  const node = process.nodes[first]
  if (node?.type === 'startEvent' && node.all && node.triggers.length > 1 && options.happened !== undefined) {
    const id = openWaitingStep(run, node, 'event', { nodeId: first, flowId: null, scopeId: null, outcome: null, mode: 'arrive' })
    const rest = node.triggers.filter((_, i) => i !== options.happened)
    listen(run, { node, triggers: rest, all: true, interrupting: true, ownerId: id, scopeId: null })
  } else if (first === '') for (const nodeId of process.inner.starts) push(run, { nodeId, flowId: null, scopeId: null, outcome: null, mode: 'arrive' })
  else {
    push(run, { nodeId: first, flowId: null, scopeId: null, outcome: null, mode: 'fired' })
    for (const flowId of process.nodes[first]?.incoming ?? []) {
      const gateway = process.nodes[process.flows[flowId]?.source ?? '']
      if (gateway?.type === 'eventGateway' && gateway.instantiate) awaitOthers(run, gateway, first)
    }
  }
  settle(run)
  return run.effects
}

export interface Completion {
  /** id of a declared outcome; may be left out where the task has none or only one */
  outcome?: string | null
  variables?: Record<string, unknown>
}

/**
 * Finishes a live step and moves on to the next wait states. A receive task or catch event may be finished by hand too; the id of an
 * ad-hoc subprocess's scope ends that. Also STEP_NOT_ACTIVE, OUTCOME_REQUIRED, OUTCOME_UNKNOWN (params.allowed), STEP_NOT_COMPLETABLE.
 */
export function completeTask(process: CompiledProcess, state: InstanceState, stepId: string, completion: Completion, env: EngineEnv): Effects {
  const adHoc = state.scopes?.find((s) => s.id === stepId && s.kind === 'adhoc')
  if (adHoc) return completeAdHoc(process, state, stepId, completion, env)
  const step = liveStep(state, stepId)
  const run = newRun(process, state, step.scopeId === null ? completion.variables ?? {} : {}, env)
  const node = nodeOf(processAt(run, step.scopeId), step.nodeId)
  const outcome = node.type === 'userTask' ? chosenOutcome(node, completion.outcome ?? null) : null
  if (step.scopeId !== null && completion.variables) setResults(run, step.scopeId, node, completion.variables)
  if (!('boundary' in node)) {
    if (node.type !== 'catchEvent') throw new ProcessError('STEP_NOT_COMPLETABLE', `“${node.name}”在等事件，不能直接办完`, { stepId, nodeId: node.id })
    fireStep(run, stepId, node.id)
    settle(run)
    return run.effects
  }
  closeStep(run, stepId)
  run.effects.finishedSteps.push({ id: stepId, nodeId: step.nodeId, outcome: outcome?.id ?? null })
  completeActivity(run, node, { nodeId: node.id, flowId: null, scopeId: step.scopeId, outcome: outcome?.id ?? null, mode: 'arrive' }, stepId)
  settle(run)
  return run.effects
}

function completeAdHoc(process: CompiledProcess, state: InstanceState, scopeId: string, completion: Completion, env: EngineEnv): Effects {
  const run = newRun(process, state, {}, env)
  if (completion.variables) setVariables(run, scopeId, completion.variables)
  finishAdHoc(run, run.scopes.get(scopeId)!)
  settle(run)
  return run.effects
}

export function liveStep(state: InstanceState, stepId: string): LiveStep {
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

/** With `joins: 'defer'`: all incoming flows of the join have a token, `state` is fresh; take one of each and go on. */
export function fireJoin(process: CompiledProcess, state: InstanceState, join: { scopeId: string | null; nodeId: string }, env: EngineEnv): Effects {
  const run = newRun(process, state, {}, env)
  const node = nodeOf(processAt(run, join.scopeId), join.nodeId)
  const token: Token = { nodeId: join.nodeId, flowId: null, scopeId: join.scopeId, outcome: null, mode: 'arrive' }
  if (node.type !== 'parallelGateway' || !node.incoming.every((flow) => joinCount(run, token, flow) > 0)) {
    throw new ProcessError('JOIN_NOT_READY', `“${node.name}”还有分支没有到`, { nodeId: node.id })
  }
  passJoin(run, node, token)
  settle(run)
  return run.effects
}

/** Ends an instance from outside: every live step, timer, subscription and waiting token goes. Called processes are needed in `env`. */
export function cancel(process: CompiledProcess, state: InstanceState, env: Partial<EngineEnv> = {}): Effects {
  const run: Run = newRun(process, state, {}, { newId: () => '', ...env })
  endEverything(run, 'cancelled', null)
  run.effects.end = { how: 'cancelled', nodeId: null, name: null }
  settle(run)
  return run.effects
}
