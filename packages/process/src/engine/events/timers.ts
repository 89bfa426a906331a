import { parseDuration } from '../../feel/index.ts'
import type { CompiledNode, TimerSpec } from '../../model/index.ts'
import { cycleOf, dateValid } from '../../model/index.ts'
import { ProcessError } from '../errors.ts'
import type { Run } from '../run.ts'
import type { TimerToArm } from '../types.ts'
import { textOf } from '../variables.ts'

const DAY_MS = 86_400_000

/** Arms one timer for a step, scope or subscription. `node` is the event; `interrupting` is told for the store's convenience. */
export function armTimer(run: Run, node: CompiledNode, spec: TimerSpec, ownerId: string, interrupting: boolean, scope: Record<string, unknown>): void {
  const text = spec.text ?? textOf(spec.expression?.evaluate(scope, run.meter), run.meter)
  const { at, interval, repeat } = whenDue(spec, text)
  const duration = parseDuration(interval)
  if (!duration || duration.ms < 0 || duration.months < 0) {
    const what = spec.kind === 'duration' ? '时长' : spec.kind === 'date' ? '日期' : '周期'
    throw new ProcessError('TIMER_VALUE', `“${node.name}”的${what}“${text}”无效`, { nodeId: node.id, value: text })
  }
  // a cycle of none never comes
  if (repeat !== undefined && repeat !== null && repeat < 0) return
  const timer = toArm(run, node.id, ownerId, interrupting, spec, interval, duration)
  if (at !== undefined) timer.at = at
  if (repeat !== undefined) timer.repeat = repeat
  run.effects.timersToArm.push(timer)
}

function whenDue(spec: TimerSpec, text: string): { at?: string; interval: string; repeat?: number | null } {
  if (spec.kind === 'duration') return { interval: text }
  if (spec.kind === 'date') return dateValid(text) ? { at: text, interval: 'PT0S' } : { interval: '' }
  const cycle = cycleOf(text)
  if (!cycle) return { interval: '' }
  return { ...(cycle.from === null ? {} : { at: cycle.from }), interval: cycle.interval, repeat: cycle.times === null ? null : cycle.times - 1 }
}

function toArm(run: Run, nodeId: string, stepId: string, interrupting: boolean, spec: TimerSpec, interval: string, duration: { months: number; ms: number }): TimerToArm {
  const days = Math.floor(duration.ms / DAY_MS)
  return {
    id: run.env.newId(), stepId, nodeId, interrupting, clock: spec.clock,
    duration: interval, months: duration.months, days, minutes: (duration.ms - days * DAY_MS) / 60_000,
  }
}

/** The next of a cycle: one interval from when the last one was due. */
export function armAgain(run: Run, node: CompiledNode, spec: TimerSpec, ownerId: string, interrupting: boolean, scope: Record<string, unknown>, repeat: number | null): void {
  const text = spec.text ?? textOf(spec.expression?.evaluate(scope, run.meter), run.meter)
  const cycle = cycleOf(text)
  const duration = cycle && parseDuration(cycle.interval)
  if (!cycle || !duration) return
  run.effects.timersToArm.push({ ...toArm(run, node.id, ownerId, interrupting, spec, cycle.interval, duration), repeat: repeat === null ? null : repeat - 1 })
}
