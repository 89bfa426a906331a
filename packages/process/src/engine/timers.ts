import { parseDuration } from '../feel/index.ts'
import type { NodeOf } from '../model/index.ts'
import { ProcessError } from './errors.ts'
import type { Run } from './run.ts'
import { nodeOf } from './run.ts'

const DAY_MS = 86_400_000

/** Arms every boundary timer of a step just opened. */
export function armTimers(run: Run, host: NodeOf<'userTask' | 'serviceTask'>, stepId: string, scope: Record<string, unknown>): void {
  for (const boundaryId of host.boundary) {
    const node = nodeOf(run.process, boundaryId)
    if (node.type !== 'boundaryTimer') continue
    const text = node.timer.duration ?? String(node.timer.expression?.evaluate(scope, run.meter) ?? '')
    const duration = parseDuration(text)
    if (!duration || duration.ms < 0 || duration.months < 0) {
      throw new ProcessError('TIMER_VALUE', `“${node.name}”的时长“${text}”无效`, { nodeId: node.id, value: text })
    }
    const days = Math.floor(duration.ms / DAY_MS)
    run.effects.timersToArm.push({
      id: run.env.newId(), stepId, nodeId: node.id, interrupting: node.interrupting, clock: node.timer.clock,
      duration: text, months: duration.months, days, minutes: (duration.ms - days * DAY_MS) / 60_000,
    })
  }
}
