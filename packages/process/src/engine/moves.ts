import { FeelError } from '../feel/index.ts'
import type { CompiledNode, CompiledProcess, NodeOf, Outcome, Standard } from '../model/index.ts'
import { completeTask, start } from './engine.ts'
import { ProcessError } from './errors.ts'
import { nodeOf } from './run.ts'
import { applyEffects } from './state.ts'
import type { Effects, EngineEnv, InstanceState, LiveStep, ScopeState } from './types.ts'

/** Where a move leads: a user task, something that waits for an event, or an end event of the process. */
export interface MoveTarget {
  nodeId: string
  name: string
  end?: true
}

export interface NextMove {
  /** null where the task declares no outcomes */
  outcome: string | null
  label: string
  target: MoveTarget
  /** more than one where branches start in parallel; `target` is the first */
  targets: MoveTarget[]
  danger: boolean
  confirm: string | null
  requiresComment: boolean
}

type Variables = Record<string, unknown>

/** The moves open from a user task with these variables; an outcome that leads nowhere now is left out. */
export function nextMoves(process: CompiledProcess, nodeId: string, variables: Variables): NextMove[] {
  const node = nodeOf(process, nodeId)
  if (node.type !== 'userTask') return []
  const outcomes: (Outcome | null)[] = node.task.outcomes.length ? [...node.task.outcomes] : [null]
  return outcomes.flatMap((outcome) => {
    const targets = reachable(process, node, outcome, variables)
    if (!targets[0]) return []
    return [{
      outcome: outcome?.id ?? null,
      label: outcome?.label ?? '完成',
      target: targets[0],
      targets,
      danger: outcome?.danger ?? false,
      confirm: outcome?.confirm ?? null,
      requiresComment: outcome?.requiresComment ?? false,
    }]
  })
}

/** The move a person means by an outcome or a target, given by id or by name; null when it is not open. */
export function findMove(moves: readonly NextMove[], wanted: string): NextMove | null {
  const by = (match: (move: NextMove) => boolean) => moves.find(match)
  return by((m) => m.outcome === wanted) ?? by((m) => m.target.nodeId === wanted) ?? by((m) => m.target.name === wanted) ?? by((m) => m.label === wanted) ?? null
}

export interface PlannedStage {
  nodeId: string
  name: string
  stage: string
  role: string | null
  standard: Standard | null
  end?: true
}

/**
 * The stages a case is expected to pass: from the start along the first harmless outcome of each task.
 * Parallel branches follow one another; a loop is not walked twice; the end event is last.
 */
export function plannedPath(process: CompiledProcess, variables: Variables): PlannedStage[] {
  const stages = new Map<string, PlannedStage>()
  const ends = new Map<string, PlannedStage>()
  const queue = startTargets(process, variables)
  for (let next = queue.shift(); next; next = queue.shift()) {
    const node = nodeOf(process, next.nodeId)
    if (stages.has(node.id) || ends.has(node.id)) continue
    const common = { nodeId: node.id, name: node.name, stage: node.stage }
    if (node.type === 'receiveTask' || node.type === 'catchEvent') {
      stages.set(node.id, { ...common, role: null, standard: null })
      queue.push(...reachable(process, node, null, variables))
      continue
    }
    if (node.type !== 'userTask') {
      ends.set(node.id, { ...common, role: null, standard: null, end: true })
      continue
    }
    stages.set(node.id, { ...common, role: node.task.role, standard: node.task.standard })
    const moves = nextMoves(process, node.id, variables)
    queue.push(...((moves.find((m) => !m.danger) ?? moves[0])?.targets ?? []))
  }
  return [...stages.values(), ...ends.values()]
}

function startTargets(process: CompiledProcess, variables: Variables): MoveTarget[] {
  const env = lookAhead()
  return quietly(() => followServices(process, { steps: [], joins: [], variables: {} }, start(process, variables, env), env))
}

function reachable(process: CompiledProcess, node: NodeOf<'userTask' | 'receiveTask' | 'catchEvent'>, outcome: Outcome | null, variables: Variables): MoveTarget[] {
  const env = lookAhead()
  const scopes = scopesAround(process, node)
  const step: LiveStep = { id: 'here', nodeId: node.id, kind: 'user', scopeId: scopes.at(-1)?.id ?? null }
  const state: InstanceState = { steps: [step], joins: [], variables, ...(scopes.length ? { scopes } : {}) }
  return quietly(() => followServices(process, state, completeTask(process, state, 'here', { outcome: outcome?.id ?? null }, env), env))
}

/** The subprocesses a task lies in, outermost first, as if the case were there. */
function scopesAround(process: CompiledProcess, node: CompiledNode): ScopeState[] {
  const parent = node.parent === null ? null : nodeOf(process, node.parent)
  if (!parent) return []
  const outer = scopesAround(process, parent)
  const kind = parent.type === 'adHoc' ? 'adhoc' : parent.type === 'subProcess' && parent.triggeredByEvent ? 'event' : 'subprocess'
  return [...outer, { id: `in ${parent.id}`, parentId: outer.at(-1)?.id ?? null, nodeId: parent.id, kind, variables: {}, ...(kind === 'adhoc' ? { ran: [] } : {}) }]
}

/** What a called process does is its own affair: a look ahead passes over it. */
const PASSED_OVER: CompiledProcess = {
  id: '', name: '', documentation: null, binding: null, startId: '', starts: [], inner: { starts: [], eventSubs: [] }, beyondSteps: [],
  nodes: {}, flows: {}, lanes: [], roles: [], hasJoin: false, warnings: [],
}

function lookAhead(): EngineEnv {
  let next = 0
  return { newId: () => `look${(next += 1)}`, joins: 'pass', budget: 200, processOf: () => PASSED_OVER, decide: () => null }
}

/** Service tasks are taken as done, so that people see where the next person comes in. */
function followServices(process: CompiledProcess, before: InstanceState, first: Effects, env: EngineEnv): MoveTarget[] {
  const targets = new Map<string, MoveTarget>()
  let state = before
  let effects: Effects | null = first
  for (let rounds = 0; effects && rounds < 50; rounds += 1) {
    for (const step of effects.newSteps) if (step.kind !== 'service') targets.set(step.nodeId, { nodeId: step.nodeId, name: step.name })
    for (const event of effects.history) {
      if (event.what === 'ended' && process.nodes[event.nodeId]?.parent === null) targets.set(event.nodeId, { nodeId: event.nodeId, name: event.name, end: true })
    }
    state = applyEffects(state, effects)
    const service = state.steps.find((s) => s.kind === 'service')
    effects = service ? completeTask(process, state, service.id, {}, env) : null
  }
  return [...targets.values()]
}

/** A way that cannot be gone with what is known now is simply not offered. */
function quietly(look: () => MoveTarget[]): MoveTarget[] {
  try {
    return look()
  } catch (error) {
    if (error instanceof ProcessError || error instanceof FeelError) return []
    throw error
  }
}
