import { drop, dropEventSubs, dropTimers, dropWaitsOf } from './events/waits.ts'
import type { Run, RunScope, Token } from './run.ts'
import { addToJoin, addTokens, processAt, record, scopeAt, setPhase, trace } from './run.ts'
import type { CancelledStep, LiveStep } from './types.ts'

/** Takes a step out of the living, with what it listened for; one opened in this very run leaves no trace. */
export function closeStep(run: Run, stepId: string): { opened: boolean; step: LiveStep } {
  const step = run.live.get(stepId)!
  run.live.delete(stepId)
  addTokens(run, step.scopeId, -1)
  dropWaitsOf(run, stepId)
  const { effects } = run
  const at = effects.newSteps.findIndex((s) => s.id === stepId)
  if (at >= 0) {
    effects.newSteps.splice(at, 1)
    effects.timersToArm = effects.timersToArm.filter((t) => t.stepId !== stepId)
    return { opened: true, step }
  }
  if (mayHaveTimers(run, step)) dropTimers(run, stepId)
  return { opened: false, step }
}

function mayHaveTimers(run: Run, step: LiveStep): boolean {
  const node = processAt(run, step.scopeId).nodes[step.nodeId]
  return step.kind === 'event' || (node !== undefined && 'boundary' in node && node.boundary.length > 0)
}

export function cancelStep(run: Run, stepId: string, reason: CancelledStep['reason'], by: string | null): void {
  const { opened, step } = closeStep(run, stepId)
  trace(run, step.nodeId, 'cancelled')
  if (!opened) run.effects.cancelledSteps.push({ id: stepId, nodeId: step.nodeId, reason, by })
}

/** A scope that is over, however it came to it. Its tokens are gone already. */
export function closeScope(run: Run, scope: RunScope, how: 'completed' | 'cancelled'): void {
  const { id, nodeId, parentId } = scope.state
  dropWaitsOf(run, id)
  dropEventSubs(run, id)
  const node = processAt(run, parentId).nodes[nodeId]
  if (node && 'boundary' in node && node.boundary.length) dropTimers(run, id)
  run.scopes.delete(id)
  run.emptied.delete(scope)
  for (const phase of run.phases.values()) if (phase.scopeId === id) setPhase(run, { ...phase, flows: [] })
  addTokens(run, parentId, -1)
  if (!scope.isNew) run.effects.scopesGone = [...run.effects.scopesGone, { id, nodeId, how }]
  if (how === 'cancelled' && scope.state.kind !== 'multi' && scope.state.kind !== 'instance') {
    trace(run, nodeId, 'cancelled')
    if (node) record(run, node, null, 'cancelled')
  }
}

interface Content {
  ids: Set<string | null>
  /** inner scopes, innermost last */
  scopes: RunScope[]
}

function contentOf(run: Run, scopeId: string | null): Content {
  const ids = new Set<string | null>([scopeId])
  const scopes: RunScope[] = []
  // rows come parents first, so one pass finds all descendants
  for (const scope of run.scopes.values()) {
    if (scopeId !== null && scope.state.id === scopeId) continue
    if (!ids.has(scope.state.parentId)) continue
    ids.add(scope.state.id)
    scopes.push(scope)
  }
  return { ids, scopes }
}

/**
 * Everything inside a scope goes: steps, inner scopes, tokens on the way and at joins. The scope itself stays.
 * `keepDone`: what was completed directly in it can still be undone.
 */
export function cancelContent(run: Run, scopeId: string | null, reason: CancelledStep['reason'], by: string | null, keepDone = false): void {
  const { ids, scopes } = contentOf(run, scopeId)
  const gone = (t: Token): boolean => {
    if (!ids.has(t.scopeId)) return false
    addTokens(run, t.scopeId, -1)
    return true
  }
  run.queue = run.queue.filter((t) => !gone(t))
  run.later = run.later.filter((t) => !gone(t))
  for (const step of run.live.values()) if (ids.has(step.scopeId)) cancelStep(run, step.id, reason, by)
  for (const join of run.joins.values()) if (join.count && ids.has(join.scopeId)) addToJoin(run, join, join.flowId, -join.count)
  for (const scope of scopes.toReversed()) {
    scope.generation += 1
    closeScope(run, scope, 'cancelled')
  }
  for (const phase of run.phases.values()) if (ids.has(phase.scopeId)) setPhase(run, { ...phase, flows: [] })
  const kept = keepDone ? new Set(scopes.map((s) => s.state.id)) : ids
  for (const row of run.undoable.values()) if (kept.has(row.scopeId)) forget(run, row.id)
  const scope = scopeAt(run, scopeId)
  if (scope) {
    scope.generation += 1
    run.emptied.delete(scope)
  } else run.generation += 1
}

/** An undoable activity with all that was done inside it. */
export function forget(run: Run, rowId: string): void {
  const ids = [rowId]
  for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
    run.undoable.delete(id)
    for (const row of run.undoable.values()) if (row.scopeId === id) ids.push(row.id)
  }
}

/** A step or scope is interrupted as a whole; answers where it was. */
export function cancelActivity(run: Run, ownerId: string, reason: CancelledStep['reason'], by: string | null): void {
  if (run.live.has(ownerId)) return cancelStep(run, ownerId, reason, by)
  const scope = run.scopes.get(ownerId)
  if (!scope) return
  cancelContent(run, ownerId, reason, by)
  closeScope(run, scope, 'cancelled')
}

/** The instance is over: nothing waits any more. */
export function endEverything(run: Run, reason: CancelledStep['reason'], by: string | null): void {
  cancelContent(run, null, reason, by)
  for (const wait of run.waits.values()) drop(run, wait)
}
