import { summarise } from '../mining/index.ts'
import type { CompiledNode } from '../model/index.ts'
import { change, levelOf, type Level } from './level.ts'
import type { StepResult } from './types.ts'

/** What is counted of one step over all cases. */
export interface Tally {
  key: string
  node: CompiledNode
  kind: StepResult['kind']
  role: string | null
  always: boolean
  entered: number
  done: number
  cancelled: number
  late: number
  waits: number[]
  works: number[]
  totals: number[]
  queue: Level
}

export function tallyOf(key: string, node: CompiledNode, kind: StepResult['kind'], role: string | null, always: boolean): Tally {
  return { key, node, kind, role, always, entered: 0, done: 0, cancelled: 0, late: 0, waits: [], works: [], totals: [], queue: levelOf(false) }
}

export const standardOf = (node: CompiledNode): StepResult['standard'] => {
  const standard = node.type === 'userTask' ? node.task.standard : null
  return standard && { minutes: standard.minutes, clock: standard.clock }
}

/** `end.at`: how long was looked at, on the step's clock. */
export function stepResult(t: Tally, end: { at: number; axis: number }): StepResult {
  change(t.queue, 0, end.at, end.axis)
  const standard = standardOf(t.node)
  return {
    key: t.key, nodeId: t.node.id, name: t.node.name, kind: t.kind, role: t.role,
    entered: t.entered, done: t.done, cancelled: t.cancelled, open: t.entered - t.done - t.cancelled,
    waiting: summarise(t.waits), working: summarise(t.works), total: summarise(t.totals),
    queue: { mean: end.at > 0 ? t.queue.area / end.at : 0, max: t.queue.max },
    standard, late: standard ? t.late : null,
  }
}
