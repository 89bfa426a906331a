import type { FeelMeter } from '../feel/index.ts'
import type { CompiledFlow, CompiledNode, CompiledProcess } from '../model/index.ts'
import { ProcessError } from './errors.ts'
import type { Effects, EngineEnv, HistoryEvent, InstanceState, LiveStep, NewStep, Phase, ScopeState, Undoable, Wait } from './types.ts'

/**
 * A token on its way. `outcome` is what the last user task was answered with. `mode` `fired`: the event has happened already;
 * `inner`: loop and mappings are dealt with, only the activity itself remains; `late`: it has let the others go first.
 */
export interface Token {
  nodeId: string
  flowId: string | null
  scopeId: string | null
  outcome: string | null
  mode: 'arrive' | 'fired' | 'inner' | 'late'
}

/** A scope at work. `tokens` are the steps, inner scopes, tokens on the way and at joins inside; at none, it is over. */
export interface RunScope {
  state: ScopeState
  process: CompiledProcess
  tokens: number
  isNew: boolean
  dirty: boolean
  /** grows when everything inside is cancelled, so that whoever was at work notices */
  generation: number
  /** of the last token that ended inside */
  outcome: string | null
  lastEnd: LastEnd | null
}

export interface LastEnd { nodeId: string; name: string; stage: string; terminate: boolean }

interface JoinTokens { scopeId: string | null; nodeId: string; flowId: string; count: number; delta: number }

/** One call of the engine at work: the state as it becomes, and the effects as they gather. */
export interface Run {
  process: CompiledProcess
  env: EngineEnv
  before: InstanceState
  variables: Record<string, unknown>
  live: Map<string, LiveStep>
  joins: Map<string, JoinTokens>
  scopes: Map<string, RunScope>
  waits: Map<string, Wait>
  waitsChanged: Set<string>
  undoable: Map<string, Undoable>
  phases: Map<string, Phase>
  queue: Token[]
  /** events thrown wait until all other tokens rest: whoever is about to listen hears them */
  later: Token[]
  emptied: Set<RunScope>
  /** ad-hoc subprocesses in which an activity was done */
  adHocs: Set<RunScope>
  left: number
  /** all conditions and inputs of one call share one allowance */
  meter: FeelMeter
  effects: Effects
  /** where the last token was consumed */
  lastEnd: LastEnd | null
  /** grows when everything at the top is cancelled */
  generation: number
  /** counts changes of variables, for what is computed from them */
  version: number
  /** the version at which conditional events were last looked at */
  lookedAt: number
}

export const DEFAULT_BUDGET = 10_000
const DEEPEST = 60

// most acts touch none of these, and a Map costs more than all the rest of such an act; whoever writes takes one of their own
const NO_WAITS = new Map<string, Wait>()
const NO_IDS = new Set<string>()
const NO_ROWS = new Map<string, Undoable>()
const NO_PHASES = new Map<string, Phase>()
const NO_SCOPES = new Map<string, RunScope>()
const NO_JOINS = new Map<string, JoinTokens>()
const NOTHING_EMPTIED = new Set<RunScope>()

export function setWait(run: Run, wait: Wait): void {
  if (run.waits === NO_WAITS) run.waits = new Map()
  run.waits.set(wait.id, wait)
  noteWait(run, wait.id)
}

export function noteWait(run: Run, id: string): void {
  if (run.waitsChanged === NO_IDS) run.waitsChanged = new Set()
  run.waitsChanged.add(id)
}

export function setUndoable(run: Run, row: Undoable): void {
  if (run.undoable === NO_ROWS) run.undoable = new Map()
  run.undoable.set(row.id, row)
}

export function setPhase(run: Run, phase: Phase): void {
  if (run.phases === NO_PHASES) run.phases = new Map()
  run.phases.set(joinKey(phase.scopeId, phase.nodeId, ''), phase)
}

export function noteEmptied(run: Run, scope: RunScope): void {
  if (run.emptied === NOTHING_EMPTIED) run.emptied = new Set()
  run.emptied.add(scope)
}

export function noteAdHoc(run: Run, scope: RunScope): void {
  if (run.adHocs === NOTHING_EMPTIED) run.adHocs = new Set()
  run.adHocs.add(scope)
}

function setScope(run: Run, scope: RunScope): void {
  if (run.scopes === NO_SCOPES) run.scopes = new Map()
  run.scopes.set(scope.state.id, scope)
}

function setJoin(run: Run, key: string, join: JoinTokens): void {
  if (run.joins === NO_JOINS) run.joins = new Map()
  run.joins.set(key, join)
}

export function newRun(process: CompiledProcess, state: InstanceState, changes: Record<string, unknown>, env: EngineEnv): Run {
  const run: Run = {
    process,
    env,
    before: state,
    variables: { ...state.variables, ...changes },
    live: new Map(state.steps.map((s) => [s.id, s])),
    joins: NO_JOINS,
    scopes: NO_SCOPES,
    waits: NO_WAITS,
    waitsChanged: NO_IDS,
    undoable: NO_ROWS,
    phases: NO_PHASES,
    queue: [],
    later: [],
    emptied: NOTHING_EMPTIED,
    adHocs: NOTHING_EMPTIED,
    left: env.budget ?? DEFAULT_BUDGET,
    meter: { steps: 0 },
    effects: emptyEffects(),
    lastEnd: null,
    generation: 0,
    version: 1,
    lookedAt: 0,
  }
  run.effects.variables = { ...changes }
  for (const join of state.joins) setJoin(run, joinKey(join.scopeId, join.nodeId, join.flowId), { ...join, delta: 0 })
  if (state.waits?.length) run.waits = new Map(state.waits.map((w) => [w.id, w]))
  if (state.undoable?.length) run.undoable = new Map(state.undoable.map((r) => [r.id, r]))
  for (const phase of state.phases ?? []) setPhase(run, phase)
  if (state.scopes?.length) loadScopes(run, state)
  return run
}

/** Rows come parents first, as they were opened. */
function loadScopes(run: Run, state: InstanceState): void {
  for (const row of state.scopes ?? []) {
    const process = row.called === undefined ? processAt(run, row.parentId) : calledProcess(run, row.called)
    setScope(run, { state: row, process, tokens: 0, isNew: false, dirty: false, generation: 0, outcome: null, lastEnd: null })
  }
  const count = (scopeId: string | null, n: number) => {
    const scope = scopeId === null ? undefined : run.scopes.get(scopeId)
    if (scope) scope.tokens += n
  }
  for (const row of state.scopes ?? []) count(row.parentId, 1)
  for (const step of state.steps) count(step.scopeId, 1)
  for (const join of state.joins) count(join.scopeId, join.count)
}

export function calledProcess(run: Run, key: string): CompiledProcess {
  const process = run.env.processOf?.(key)
  if (!process) throw new ProcessError('PROCESS_UNKNOWN', `要调用的流程“${key}”没有发布`, { key })
  return process
}

// shared by all acts that have nothing to say there; to add is to replace
const NONE = Object.freeze([]) as unknown as never[]

export function emptyEffects(): Effects {
  return {
    newSteps: [], finishedSteps: [], cancelledSteps: [], timersToArm: [], timersToCancel: [], variables: {}, joins: [],
    tokenDelta: 0, history: [], stage: null, end: null, stuck: [], ignored: false,
    scopes: NONE, scopesGone: NONE, waits: NONE, waitsGone: NONE, undoable: NONE, undoableGone: NONE, phases: NONE, thrown: NONE, uncaught: NONE, incidents: NONE,
  }
}

export function joinKey(scopeId: string | null, nodeId: string, flowId: string): string {
  return JSON.stringify([scopeId, nodeId, flowId])
}

export function addToJoin(run: Run, token: Pick<Token, 'scopeId' | 'nodeId'>, flowId: string, delta: number): void {
  const key = joinKey(token.scopeId, token.nodeId, flowId)
  const join = run.joins.get(key) ?? { scopeId: token.scopeId, nodeId: token.nodeId, flowId, count: 0, delta: 0 }
  setJoin(run, key, { ...join, count: join.count + delta, delta: join.delta + delta })
  addTokens(run, token.scopeId, delta)
}

export function joinCount(run: Run, token: Pick<Token, 'scopeId' | 'nodeId'>, flowId: string): number {
  return run.joins.get(joinKey(token.scopeId, token.nodeId, flowId))?.count ?? 0
}

/** Tokens at the top need no counting: the instance is over when nothing is left at all. */
export function addTokens(run: Run, scopeId: string | null, n: number): void {
  if (scopeId === null) return
  const scope = run.scopes.get(scopeId)
  if (!scope) return
  scope.tokens += n
  if (scope.tokens === 0) noteEmptied(run, scope)
}

export function push(run: Run, token: Token): void {
  run.queue.push(token)
  addTokens(run, token.scopeId, 1)
}

export const scopeAt = (run: Run, scopeId: string | null): RunScope | null => (scopeId === null ? null : run.scopes.get(scopeId) ?? null)

export const processAt = (run: Run, scopeId: string | null): CompiledProcess => scopeAt(run, scopeId)?.process ?? run.process

export const generationAt = (run: Run, scopeId: string | null): number => (scopeId === null ? run.generation : run.scopes.get(scopeId)?.generation ?? -1)

export function nodeOf(process: CompiledProcess, nodeId: string): CompiledNode {
  const node = process.nodes[nodeId]
  if (!node) throw new ProcessError('NODE_UNKNOWN', `流程里没有节点“${nodeId}”`, { nodeId })
  return node
}

export function record(run: Run, node: CompiledNode, flowId: string | null, what: HistoryEvent['what']): void {
  run.effects.history.push({ nodeId: node.id, name: node.name, type: node.type, flowId, what })
}

export function trace(run: Run, nodeId: string, what: 'entered' | 'completed' | 'cancelled'): void {
  run.env.trace?.({ nodeId, what })
}

/** A gateway lets tokens through. */
export function told(run: Run, node: CompiledNode, flowId: string | null): void {
  record(run, node, flowId, 'passed')
  trace(run, node.id, 'entered')
  trace(run, node.id, 'completed')
}

export function openStep(run: Run, step: NewStep): void {
  run.effects.newSteps.push(step)
  run.effects.stage = step.kind === 'user' ? step.stage : run.effects.stage
  run.live.set(step.id, { id: step.id, nodeId: step.nodeId, kind: step.kind, scopeId: step.scopeId })
  addTokens(run, step.scopeId, 1)
}

/** Everything else of a step is null or empty. */
export function openWaitingStep(run: Run, node: CompiledNode, kind: 'receive' | 'event', token: Token): string {
  const id = run.env.newId()
  openStep(run, {
    id, nodeId: node.id, kind, scopeId: token.scopeId, name: node.name, stage: node.stage,
    role: null, assign: { rule: 'pool' }, task: null, handler: null, input: null,
  })
  return id
}

export function openScope(run: Run, state: ScopeState): RunScope {
  let depth = 0
  for (let at = scopeAt(run, state.parentId); at; at = scopeAt(run, at.state.parentId)) depth += 1
  if (depth > DEEPEST) throw new ProcessError('SCOPE_DEPTH', '流程调用或嵌套太深，可能在不停地调用自己', { nodeId: state.nodeId })
  spend(run, state.nodeId)
  const process = state.called === undefined ? processAt(run, state.parentId) : calledProcess(run, state.called)
  const scope: RunScope = { state, process, tokens: 0, isNew: true, dirty: false, generation: 0, outcome: null, lastEnd: null }
  setScope(run, scope)
  addTokens(run, state.parentId, 1)
  return scope
}

export function changeScope(scope: RunScope, change: Partial<ScopeState>): void {
  scope.state = { ...scope.state, ...change }
  scope.dirty = true
}

/** Every node entered and every scope opened costs one; a circle ends here instead of holding the server. */
export function spend(run: Run, nodeId: string): void {
  run.left -= 1
  if (run.left < 0) throw new ProcessError('INSTANCE_LOOP', '流程在自动节点之间循环不止', { nodeId })
}

export function send(run: Run, flow: CompiledFlow, token: Token, outcome: string | null): void {
  push(run, { nodeId: flow.target, flowId: flow.id, scopeId: token.scopeId, outcome, mode: 'arrive' })
}
