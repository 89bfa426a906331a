import type { CompiledNode, CompiledProcess, Trigger } from '../model/index.ts'
import { startOnDemand } from './activities/adhoc.ts'
import { ProcessError } from './errors.ts'
import { broadcast, fireBoundary, fireStep, fireWait, raiseError, raiseEscalation } from './events/catch.ts'
import { armAgain } from './events/timers.ts'
import { drop } from './events/waits.ts'
import { liveStep } from './engine.ts'
import type { Run } from './run.ts'
import { emptyEffects, newRun, nodeOf, processAt } from './run.ts'
import { settle } from './settle.ts'
import type { Effects, EngineEnv, InstanceState } from './types.ts'
import { setVariables, variablesAt } from './variables.ts'

type Variables = Record<string, unknown>

export interface DueTimer {
  /** the step, scope or subscription it was armed for */
  stepId: string
  nodeId: string
  /** as it was told when the timer was armed */
  repeat?: number | null
}

const ignored = (): Effects => ({ ...emptyEffects(), ignored: true })

/** A timer is due. A late one (its step is over) changes nothing: `ignored`. A cycle arms its next. */
export function fireTimer(process: CompiledProcess, state: InstanceState, timer: DueTimer, env: EngineEnv): Effects {
  const step = state.steps.find((s) => s.id === timer.stepId)
  const scope = state.scopes?.find((s) => s.id === timer.stepId)
  const own = state.waits?.find((w) => w.id === timer.stepId)
  if (!step && !scope && !own) return ignored()
  const run = newRun(process, state, {}, env)
  const scopeId = own ? own.scopeId : step ? step.scopeId : scope!.parentId
  const node = processAt(run, scopeId).nodes[timer.nodeId]
  if (!node || !belongs(run, node, own ? null : (step ?? scope)!.nodeId, scopeId)) {
    throw new ProcessError('NODE_UNKNOWN', `“${timer.nodeId}”不是这一步的定时器`, { stepId: timer.stepId, nodeId: timer.nodeId })
  }
  const wait = own ?? state.waits?.find((w) => w.on === 'timer' && w.ownerId === timer.stepId && w.nodeId === timer.nodeId)
  repeatTimer(run, node, timer, scopeId)
  if (wait) {
    fireWait(run, wait, {})
    if (own && run.waits.get(own.id) === own && (timer.repeat === undefined || timer.repeat === 0)) drop(run, own)
  } else if ('attachedTo' in node) fireBoundary(run, node, timer.stepId, scopeId)
  else fireStep(run, timer.stepId, timer.nodeId)
  settle(run)
  return run.effects
}

function belongs(run: Run, node: CompiledNode, hostId: string | null, scopeId: string | null): boolean {
  if (hostId === null) return node.type === 'startEvent'
  if ('attachedTo' in node) return node.attachedTo === hostId
  const process = processAt(run, scopeId)
  return node.id === hostId || node.incoming.some((flow) => process.flows[flow]?.source === hostId)
}

/** Only what does not interrupt can happen again. */
function repeatTimer(run: Run, node: CompiledNode, timer: DueTimer, scopeId: string | null): void {
  if (timer.repeat === undefined || timer.repeat === 0) return
  if (!('interrupting' in node) || node.interrupting || node.all) return
  const spec = node.triggers.find((t): t is Extract<Trigger, { on: 'timer' }> => t.on === 'timer')
  if (spec) armAgain(run, node, spec.timer, timer.stepId, false, variablesAt(run, scopeId), timer.repeat)
}

/**
 * A message for this instance: the first that waits for its name (and, where it asks for one, its key) takes it. `ignored`: nobody does.
 * `stepId`: only what this step or scope waits for.
 */
export function deliverMessage(process: CompiledProcess, state: InstanceState, message: { name: string; key?: string | null; variables?: Variables; stepId?: string }, env: EngineEnv): Effects {
  const key = message.key === undefined || message.key === null ? null : String(message.key)
  const wait = state.waits?.find((w) => w.on === 'message' && w.name === message.name && (w.key === null || w.key === key) && (message.stepId === undefined || w.ownerId === message.stepId))
  if (!wait) return ignored()
  const run = newRun(process, state, {}, env)
  fireWait(run, wait, message.variables ?? {})
  settle(run)
  return run.effects
}

/** A signal from elsewhere: all that wait for it hear it. `ignored`: nobody does. */
export function deliverSignal(process: CompiledProcess, state: InstanceState, signal: { name: string; variables?: Variables }, env: EngineEnv): Effects {
  if (!state.waits?.some((w) => w.on === 'signal' && w.name === signal.name)) return ignored()
  const run = newRun(process, state, {}, env)
  broadcast(run, signal.name, signal.variables ?? {})
  settle(run)
  return run.effects
}

export interface Raise {
  code: string | null
  variables?: Variables
  message?: string
}

/** The work on a step ends in an error that the model may catch; uncaught, the instance has failed. STEP_NOT_ACTIVE. */
export function throwError(process: CompiledProcess, state: InstanceState, stepId: string, raise: Raise, env: EngineEnv): Effects {
  return raiseAt(process, state, stepId, raise, env, raiseError)
}

/** Somebody working on a step escalates; caught without interruption or not at all, the step goes on. STEP_NOT_ACTIVE. */
export function escalate(process: CompiledProcess, state: InstanceState, stepId: string, raise: Raise, env: EngineEnv): Effects {
  return raiseAt(process, state, stepId, raise, env, raiseEscalation)
}

function raiseAt(process: CompiledProcess, state: InstanceState, stepId: string, raise: Raise, env: EngineEnv, how: typeof raiseError | typeof raiseEscalation): Effects {
  const step = liveStep(state, stepId)
  const run = newRun(process, state, {}, env)
  const round = step.scopeId === null ? undefined : run.scopes.get(step.scopeId)
  // within a round, the boundary belongs to the round or its loop, which the search finds by itself
  const wrapped = round?.state.kind === 'instance' && round.state.nodeId === step.nodeId
  const host = wrapped ? null : { nodeId: step.nodeId, ownerId: step.id, scopeId: step.scopeId }
  how(run, { ...raise, nodeId: step.nodeId, scopeId: step.scopeId, host })
  settle(run)
  return run.effects
}

/** Variables change from outside, e.g. fields of the record; conditional events look. */
export function changeVariables(process: CompiledProcess, state: InstanceState, variables: Variables, env: EngineEnv, scopeId: string | null = null): Effects {
  const run = newRun(process, state, {}, env)
  setVariables(run, scopeId, variables)
  settle(run)
  return run.effects
}

/** Somebody starts an activity of an ad-hoc subprocess. ACTIVITY_NOT_STARTABLE, STEP_NOT_ACTIVE. */
export function startActivity(process: CompiledProcess, state: InstanceState, at: { scopeId: string; nodeId: string }, env: EngineEnv): Effects {
  const run = newRun(process, state, {}, env)
  const scope = run.scopes.get(at.scopeId)
  if (!scope) throw new ProcessError('STEP_NOT_ACTIVE', '这个临时子流程已经结束', { ...at })
  const node = nodeOf(scope.process, scope.state.nodeId)
  if (node.type !== 'adHoc') throw new ProcessError('ACTIVITY_NOT_STARTABLE', `“${node.name}”不是临时子流程`, { ...at })
  startOnDemand(run, scope, node, at.nodeId)
  settle(run)
  return run.effects
}

export interface Startable { scopeId: string; nodeId: string; name: string; ran: boolean }

/** What may be started in the ad-hoc subprocesses that run now. */
export function startableActivities(process: CompiledProcess, state: InstanceState, env: Pick<EngineEnv, 'processOf'> = {}): Startable[] {
  if (!state.scopes?.some((s) => s.kind === 'adhoc')) return []
  const run = newRun(process, state, {}, { newId: () => '', ...env })
  return [...run.scopes.values()].flatMap((scope) => {
    const node = scope.process.nodes[scope.state.nodeId]
    if (scope.state.kind !== 'adhoc' || node?.type !== 'adHoc' || (node.sequential && scope.tokens > 0)) return []
    return node.inner.starts.map((nodeId) => ({ scopeId: scope.state.id, nodeId, name: scope.process.nodes[nodeId]?.name ?? nodeId, ran: scope.state.ran?.includes(nodeId) ?? false }))
  })
}
