import type { FeelMeter } from '../feel/index.ts'
import type { CompiledFlow, CompiledNode, CompiledProcess } from '../model/index.ts'
import { ProcessError } from './errors.ts'
import type { Effects, EngineEnv, HistoryEvent, InstanceState, LiveStep, NewStep } from './types.ts'

/** A token on its way through automatic nodes. `outcome` is what the last user task was answered with. */
export interface Token {
  nodeId: string
  flowId: string | null
  scopeId: string | null
  outcome: string | null
}

/** One call of the engine at work: the state as it becomes, and the effects as they gather. */
export interface Run {
  process: CompiledProcess
  env: EngineEnv
  variables: Record<string, unknown>
  live: Map<string, LiveStep>
  joins: Map<string, { scopeId: string | null; nodeId: string; flowId: string; count: number; delta: number }>
  queue: Token[]
  left: number
  /** all conditions and inputs of one call share one allowance */
  meter: FeelMeter
  effects: Effects
  /** where the last token was consumed */
  lastEnd: { nodeId: string; name: string; stage: string; terminate: boolean } | null
}

export const DEFAULT_BUDGET = 1_000

export function newRun(process: CompiledProcess, state: InstanceState, changes: Record<string, unknown>, env: EngineEnv): Run {
  const run: Run = {
    process,
    env,
    variables: { ...state.variables, ...changes },
    live: new Map(state.steps.map((s) => [s.id, s])),
    joins: new Map(),
    queue: [],
    left: env.budget ?? DEFAULT_BUDGET,
    meter: { steps: 0 },
    effects: emptyEffects(),
    lastEnd: null,
  }
  run.effects.variables = { ...changes }
  for (const join of state.joins) {
    run.joins.set(joinKey(join.scopeId, join.nodeId, join.flowId), { ...join, delta: 0 })
  }
  return run
}

export function emptyEffects(): Effects {
  return {
    newSteps: [], finishedSteps: [], cancelledSteps: [], timersToArm: [], timersToCancel: [], variables: {}, joins: [],
    tokenDelta: 0, history: [], stage: null, end: null, stuck: [], ignored: false,
  }
}

export function joinKey(scopeId: string | null, nodeId: string, flowId: string): string {
  return JSON.stringify([scopeId, nodeId, flowId])
}

export function addToJoin(run: Run, token: Token, flowId: string, delta: number): void {
  const key = joinKey(token.scopeId, token.nodeId, flowId)
  const join = run.joins.get(key) ?? { scopeId: token.scopeId, nodeId: token.nodeId, flowId, count: 0, delta: 0 }
  run.joins.set(key, { ...join, count: join.count + delta, delta: join.delta + delta })
}

export function joinCount(run: Run, token: Token, flowId: string): number {
  return run.joins.get(joinKey(token.scopeId, token.nodeId, flowId))?.count ?? 0
}

export function nodeOf(process: CompiledProcess, nodeId: string): CompiledNode {
  const node = process.nodes[nodeId]
  if (!node) throw new ProcessError('NODE_UNKNOWN', `流程里没有节点“${nodeId}”`, { nodeId })
  return node
}

export function record(run: Run, node: CompiledNode, token: Token, what: HistoryEvent['what']): void {
  run.effects.history.push({ nodeId: node.id, name: node.name, type: node.type, flowId: token.flowId, what })
}

export function openStep(run: Run, step: NewStep): void {
  run.effects.newSteps.push(step)
  run.effects.stage = step.kind === 'user' ? step.stage : run.effects.stage
  run.live.set(step.id, { id: step.id, nodeId: step.nodeId, kind: step.kind, scopeId: step.scopeId })
}

/** Takes a step out of the living; one opened in this very run leaves no trace. */
export function closeStep(run: Run, stepId: string): { opened: boolean; step: LiveStep } {
  const step = run.live.get(stepId)!
  run.live.delete(stepId)
  const { effects } = run
  const at = effects.newSteps.findIndex((s) => s.id === stepId)
  if (at >= 0) {
    effects.newSteps.splice(at, 1)
    effects.timersToArm = effects.timersToArm.filter((t) => t.stepId !== stepId)
    return { opened: true, step }
  }
  const node = run.process.nodes[step.nodeId]
  if (node && 'boundary' in node && node.boundary.length) effects.timersToCancel.push(stepId)
  return { opened: false, step }
}

export function send(run: Run, flow: CompiledFlow, token: Token, outcome: string | null): void {
  run.queue.push({ nodeId: flow.target, flowId: flow.id, scopeId: token.scopeId, outcome })
}

export function flowOf(run: Run, flowId: string): CompiledFlow {
  return run.process.flows[flowId]!
}

/** What a condition reads: the instance's variables and the outcome of the task just done. */
export function conditionScope(run: Run, token: Token): Record<string, unknown> {
  return token.outcome === null ? run.variables : { ...run.variables, outcome: token.outcome }
}
