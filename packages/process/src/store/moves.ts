import { completeTask, nextMoves, ProcessError, type EngineEnv, type InstanceState, type MoveTarget, type NextMove } from '../engine/index.ts'
import { FeelError } from '../feel/index.ts'
import type { UserTaskSpec } from '../model/index.ts'
import type { Loaded, StepRow } from './load.ts'

/**
 * The moves open from a live task. Where a model has more than tasks and gateways, what is behind one depends on the whole state (scopes,
 * subscriptions, decisions), so each outcome is tried on it; nothing of that is stored.
 */
export function movesFrom(loaded: Loaded, step: Pick<StepRow, 'id' | 'node_id' | 'name'>, task: UserTaskSpec, variables: Record<string, unknown>): NextMove[] {
  const process = loaded.definition.process!
  if (!process.beyondSteps.length) return nextMoves(process, step.node_id, variables)
  const state: InstanceState = { ...loaded.state, variables }
  return (task.outcomes.length ? task.outcomes : [null]).flatMap((outcome): NextMove[] => {
    const targets = tried(loaded, state, step, outcome?.id ?? null)
    if (!targets) return []
    return [{ outcome: outcome?.id ?? null, label: outcome?.label ?? '完成', target: targets[0]!, targets, danger: outcome?.danger ?? false, confirm: outcome?.confirm ?? null, requiresComment: outcome?.requiresComment ?? false }]
  })
}

/** null: no way leads on with what is known now. */
function tried(loaded: Loaded, state: InstanceState, step: Pick<StepRow, 'id' | 'node_id' | 'name'>, outcome: string | null): MoveTarget[] | null {
  const { trace: _, ...quiet } = loaded.env
  let next = 0
  const env: EngineEnv = { ...quiet, newId: () => `look${(next += 1)}` }
  try {
    const effects = completeTask(loaded.definition.process!, state, step.id, { outcome }, env)
    const people = effects.newSteps.filter(s => s.kind === 'user'), others = effects.newSteps.filter(s => s.kind !== 'user')
    const targets: MoveTarget[] = [...people, ...others].map(s => ({ nodeId: s.nodeId, name: s.name }))
    if (effects.end) targets.push({ nodeId: effects.end.nodeId ?? step.node_id, name: effects.end.name ?? '', end: true })
    return targets.length ? targets : [{ nodeId: step.node_id, name: '等待其他分支' }]
  } catch (error) {
    if (!(error instanceof ProcessError) && !(error instanceof FeelError)) throw error
    // what else is wrong is told when somebody goes that way
    return error.code === 'NO_PATH' ? null : [{ nodeId: step.node_id, name: step.name }]
  }
}
