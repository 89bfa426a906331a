import type { Effects, InstanceState, JoinCount } from './types.ts'
import { joinKey } from './run.ts'

export const EMPTY_STATE: InstanceState = Object.freeze({ steps: [], joins: [], variables: {} })

/** The state after the effects: what a store does in SQL, in memory (tests, simulation, look-ahead). */
export function applyEffects(state: InstanceState, effects: Effects): InstanceState {
  const gone = new Set([...effects.finishedSteps, ...effects.cancelledSteps].map((s) => s.id))
  const steps = state.steps.filter((s) => !gone.has(s.id))
  const opened = effects.newSteps.map(({ id, nodeId, kind, scopeId }) => ({ id, nodeId, kind, scopeId }))
  return {
    steps: [...steps, ...opened],
    joins: changedJoins(state.joins, effects),
    variables: { ...state.variables, ...effects.variables },
  }
}

function changedJoins(joins: readonly JoinCount[], effects: Effects): JoinCount[] {
  const counts = new Map(joins.map((j) => [joinKey(j.scopeId, j.nodeId, j.flowId), { ...j }]))
  for (const { delta, ...at } of effects.joins) {
    const key = joinKey(at.scopeId, at.nodeId, at.flowId)
    counts.set(key, { ...at, count: (counts.get(key)?.count ?? 0) + delta })
  }
  return [...counts.values()].filter((j) => j.count !== 0)
}
