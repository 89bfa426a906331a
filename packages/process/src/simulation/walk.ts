import { EMPTY_STATE, applyEffects, changeVariables, completeTask, deliverMessage, deliverSignal, fireTimer, start, startActivity, startableActivities, throwError } from '../engine/index.ts'
import type { Effects, EngineEnv, InstanceState, NewStep, TimerToArm } from '../engine/index.ts'
import { clockDue } from '../harness/clock.ts'
import type { CompiledNode, CompiledProcess } from '../model/index.ts'

type Variables = Readonly<Record<string, unknown>>

/** One act of whoever walks through a process. Ids are those of the offers. */
export type Move =
  | { do: 'complete'; step: string; outcome?: string | null | undefined; variables?: Variables | undefined }
  | { do: 'timer'; timer: string }
  | { do: 'happen'; wait: string; variables?: Variables | undefined }
  | { do: 'error'; step: string; code: string | null }
  | { do: 'begin'; scope: string; node: string }
  | { do: 'set'; variables: Variables }

/** What may be done next. `label`: the outcome as it is called, or what is awaited. */
export interface Offer { move: Move; on: 'outcome' | 'done' | 'timer' | 'message' | 'signal' | 'condition' | 'error' | 'begin'; nodeId: string; name: string; label: string | null; danger: boolean; due: string | null }

export interface Token { id: string; nodeId: string; name: string; kind: NewStep['kind']; role: string | null; called: string | null; local: Variables }

/** One line of the way: what was done, and what the engine then did by itself. */
export interface Passed { move: Move | null; nodeId: string | null; name: string | null; label: string | null; at: string; nodes: { nodeId: string; name: string; what: string }[] }

export interface Walk {
  tokens: Token[]
  offers: Offer[]
  variables: Variables
  history: Passed[]
  /** nodes that were passed or completed */
  done: string[]
  end: Effects['end']
  stuck: { nodeId: string; name: string }[]
  thrown: { kind: 'message' | 'signal'; name: string }[]
  now: string
  /** the last move that was not possible, and why; it and those after it are left out */
  refused: { move: number; code: string; message: string } | null
}

export interface WalkEnv extends Pick<EngineEnv, 'processOf' | 'refOf' | 'decide'> {
  now: Date
  /** when a timer on business time is due */
  businessDue: (from: Date, timer: TimerToArm) => Date
}

/**
 * Walks a process from its start through the given moves: nothing is remembered between calls, so undoing a move is walking without it. Ids
 * are counted, hence the same moves lead to the same place.
 */
export function walk(process: CompiledProcess, from: { variables: Variables; at?: string | null | undefined }, moves: readonly Move[], env: WalkEnv): Walk {
  let ids = 0
  let now = env.now
  let state: InstanceState = EMPTY_STATE
  let end: Effects['end'] = null
  const passed: { nodeId: string; what: string }[] = []
  const engine: EngineEnv = {
    newId: () => `s${(ids += 1)}`, budget: 1_000, trace: (e) => void passed.push(e),
    ...(env.processOf ? { processOf: env.processOf } : {}), ...(env.refOf ? { refOf: env.refOf } : {}), ...(env.decide ? { decide: env.decide } : {}),
  }
  const live = new Map<string, NewStep>()
  let timers: { id: string; timer: TimerToArm; due: Date }[] = []
  const history: Passed[] = [], done: string[] = [], stuck: Walk['stuck'] = [], thrown: Walk['thrown'] = []

  function within(scopeId: string | null): CompiledProcess {
    const scope = scopeId === null ? undefined : state.scopes?.find((s) => s.id === scopeId)
    if (!scope) return process
    return scope.called === undefined ? within(scope.parentId) : env.processOf?.(scope.called) ?? process
  }
  const nodeIn = (scopeId: string | null, nodeId: string): CompiledNode | undefined => within(scopeId).nodes[nodeId]
  const nameOf = (nodeId: string): string => process.nodes[nodeId]?.name || nodeId

  function take(effects: Effects, line: Omit<Passed, 'at' | 'nodes'>): void {
    state = applyEffects(state, effects)
    for (const s of [...effects.finishedSteps, ...effects.cancelledSteps]) live.delete(s.id)
    for (const s of effects.newSteps) live.set(s.id, s)
    const gone = new Set(effects.timersToCancel)
    timers = timers.filter((t) => !gone.has(t.timer.stepId))
    for (const timer of effects.timersToArm) timers.push({ id: timer.id, timer, due: timer.clock === 'business' && timer.at === undefined ? env.businessDue(now, timer) : clockDue(now, timer) })
    for (const p of passed) if (p.what === 'completed') done.push(p.nodeId)
    history.push({ ...line, at: now.toISOString(), nodes: passed.map((p) => ({ ...p, name: nameOf(p.nodeId) })) })
    passed.length = 0
    stuck.push(...effects.stuck.map(({ nodeId, name }) => ({ nodeId, name })))
    thrown.push(...effects.thrown.map(({ kind, name }) => ({ kind, name })))
    if (effects.end) end = effects.end
  }

  function offers(): Offer[] {
    if (end) return []
    const all: Offer[] = []
    for (const step of live.values()) {
      const node = nodeIn(step.scopeId, step.nodeId)
      const base = { nodeId: step.nodeId, name: step.name || step.nodeId, danger: false, due: null }
      if (step.kind === 'user' && step.task?.outcomes.length) for (const o of step.task.outcomes) all.push({ ...base, on: 'outcome', label: o.label, danger: o.danger, move: { do: 'complete', step: step.id, outcome: o.id } })
      else if (step.kind === 'user' || step.kind === 'service') all.push({ ...base, on: 'done', label: null, move: { do: 'complete', step: step.id } })
      for (const code of errorsOf(within(step.scopeId), node)) all.push({ ...base, on: 'error', label: code, danger: true, move: { do: 'error', step: step.id, code } })
    }
    for (const w of state.waits ?? []) {
      // a condition elsewhere becomes true by its variables
      if (w.on === 'timer' || (w.on === 'conditional' && live.get(w.ownerId ?? '')?.nodeId !== w.nodeId)) continue
      all.push({ move: { do: 'happen', wait: w.id }, on: w.on === 'conditional' ? 'condition' : w.on, nodeId: w.nodeId, name: nodeIn(w.scopeId, w.nodeId)?.name || w.nodeId, label: w.name, danger: false, due: null })
    }
    for (const t of timers.toSorted((a, b) => a.due.getTime() - b.due.getTime())) all.push({ move: { do: 'timer', timer: t.id }, on: 'timer', nodeId: t.timer.nodeId, name: nameOf(t.timer.nodeId), label: null, danger: false, due: t.due.toISOString() })
    for (const s of startableActivities(process, state, engine)) all.push({ move: { do: 'begin', scope: s.scopeId, node: s.nodeId }, on: 'begin', nodeId: s.nodeId, name: s.name, label: null, danger: false, due: null })
    return all
  }

  function effectsOf(move: Move): Effects {
    switch (move.do) {
      case 'complete': return completeTask(process, state, move.step, { outcome: move.outcome ?? null, variables: move.variables ?? {} }, engine)
      case 'error': return throwError(process, state, move.step, { code: move.code }, engine)
      case 'begin': return startActivity(process, state, { scopeId: move.scope, nodeId: move.node }, engine)
      case 'set': return changeVariables(process, state, { ...move.variables }, engine)
      case 'timer': {
        const found = timers.find((t) => t.id === move.timer)
        if (!found) throw gone()
        timers = timers.filter((t) => t !== found)
        if (found.due > now) now = found.due
        const { stepId, nodeId, repeat } = found.timer
        return fireTimer(process, state, { stepId, nodeId, ...(repeat === undefined ? {} : { repeat }) }, engine)
      }
      case 'happen': {
        const w = state.waits?.find((each) => each.id === move.wait)
        if (!w) throw gone()
        const variables = { ...move.variables }
        if (w.on === 'message') return deliverMessage(process, state, { name: w.name ?? '', key: w.key, variables, ...(w.ownerId === null ? {} : { stepId: w.ownerId }) }, engine)
        if (w.on === 'signal') return deliverSignal(process, state, { name: w.name ?? '', variables }, engine)
        return completeTask(process, state, w.ownerId ?? '', { variables }, engine)
      }
    }
  }

  const result = (refused: Walk['refused']): Walk => ({
    tokens: [...live.values()].map((s) => ({ id: s.id, nodeId: s.nodeId, name: s.name || s.nodeId, kind: s.kind, role: s.role, called: within(s.scopeId) === process ? null : within(s.scopeId).name, local: s.local ?? {} })),
    offers: offers(), variables: state.variables, history, done: [...new Set(done)], end, stuck, thrown, now: now.toISOString(), refused,
  })

  try {
    const by = from.at ?? (process.starts.some((s) => !s.triggers.length) ? null : process.starts[0]?.id ?? null)
    take(start(process, { ...from.variables }, engine, by === null ? {} : { at: by }), { move: null, nodeId: by, name: by === null ? null : nameOf(by), label: null })
  } catch (error) { return result(refusal(error, -1)) }
  for (const [i, move] of moves.entries()) {
    const offer = offers().find((o) => same(o.move, move))
    try {
      if (end) throw gone()
      take(effectsOf(move), { move, nodeId: offer?.nodeId ?? null, name: offer?.name ?? null, label: offer?.label ?? null })
    } catch (error) { passed.length = 0; return result(refusal(error, i)) }
  }
  return result(null)
}

/** Codes for which something is attached to this step. */
function errorsOf(process: CompiledProcess, node: CompiledNode | undefined): (string | null)[] {
  if (!node || !('boundary' in node)) return []
  return node.boundary.flatMap((id) => { const at = process.nodes[id]; return at?.type === 'boundaryEvent' ? at.triggers.flatMap((t) => (t.on === 'error' ? [t.code] : [])) : [] })
}

const same = (a: Move, b: Move): boolean => {
  if (a.do === 'complete' && b.do === 'complete') return a.step === b.step && (a.outcome ?? null) === (b.outcome ?? null)
  if (a.do === 'happen' && b.do === 'happen') return a.wait === b.wait
  return JSON.stringify(a) === JSON.stringify(b)
}

class Gone extends Error { readonly code = 'MOVE_GONE' }
const gone = (): Gone => new Gone('这一步已经不能这样走了')

function refusal(error: unknown, move: number): NonNullable<Walk['refused']> {
  const { code, message } = error as { code?: unknown; message?: string }
  if (typeof code !== 'string') throw error
  return { move, code, message: message ?? code }
}
