import { joinKey } from './run.ts'
import type { Effects, InstanceState, JoinCount, LiveStep } from './types.ts'

export const EMPTY_STATE: InstanceState = Object.freeze({ steps: [], joins: [], variables: {} })

/** The state after the effects: what a store does in SQL, in memory (tests, simulation, look-ahead). Empty lists are left out. */
export function applyEffects(state: InstanceState, effects: Effects): InstanceState {
  const steps = remaining(state, effects)
  const opened = effects.newSteps.map(({ id, nodeId, kind, scopeId }) => ({ id, nodeId, kind, scopeId }))
  const after: InstanceState = {
    steps: [...steps, ...opened],
    joins: changedJoins(state.joins, effects),
    variables: { ...state.variables, ...effects.variables },
  }
  // by far the commonest: nothing but steps, joins and variables
  if (!state.scopes && !state.waits && !state.undoable && !state.phases && !effects.scopes.length && !effects.waits.length && !effects.undoable.length && !effects.phases.length) return after
  const scopes = merged(state.scopes, effects.scopes, effects.scopesGone.map((s) => s.id), (s) => s.id)
  const waits = merged(state.waits, effects.waits, effects.waitsGone, (w) => w.id)
  const undoable = merged(state.undoable, effects.undoable, effects.undoableGone, (r) => r.id)
  const phases = merged(state.phases, effects.phases, [], (p) => joinKey(p.scopeId, p.nodeId, ''))?.filter((p) => p.flows.length)
  return {
    ...after, ...(scopes?.length ? { scopes } : {}), ...(waits?.length ? { waits } : {}),
    ...(undoable?.length ? { undoable } : {}), ...(phases?.length ? { phases } : {}),
  }
}

function remaining(state: InstanceState, effects: Effects): readonly LiveStep[] {
  const { finishedSteps, cancelledSteps } = effects
  if (finishedSteps.length + cancelledSteps.length === 0) return state.steps
  if (finishedSteps.length === 1 && cancelledSteps.length === 0) return state.steps.filter((s) => s.id !== finishedSteps[0]!.id)
  const gone = new Set([...finishedSteps, ...cancelledSteps].map((s) => s.id))
  return state.steps.filter((s) => !gone.has(s.id))
}

/** Changed rows keep their place, new ones come last. */
function merged<T>(before: readonly T[] | undefined, rows: readonly T[], gone: readonly string[], idOf: (row: T) => string): T[] | undefined {
  if (!before && !rows.length) return undefined
  const all = new Map((before ?? []).map((row) => [idOf(row), row]))
  for (const row of rows) all.set(idOf(row), row)
  for (const id of gone) all.delete(id)
  return [...all.values()]
}

function changedJoins(joins: readonly JoinCount[], effects: Effects): JoinCount[] {
  if (!joins.length && !effects.joins.length) return []
  const counts = new Map(joins.map((j) => [joinKey(j.scopeId, j.nodeId, j.flowId), { ...j }]))
  for (const { delta, ...at } of effects.joins) {
    const key = joinKey(at.scopeId, at.nodeId, at.flowId)
    counts.set(key, { ...at, count: (counts.get(key)?.count ?? 0) + delta })
  }
  return [...counts.values()].filter((j) => j.count !== 0)
}
