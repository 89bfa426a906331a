import { tellWatchers, type Ctx } from '@quancheng/kernel'
import type { Effects } from '../engine/index.ts'
import type { Loaded } from './load.ts'

/** The name under which watchers (kernel: `WatcherSpec`) ask to hear how cases go on. It is no entity. */
export const CASE_SUBJECT = 'processCase'
export const CASE_EVENTS = ['started', 'entered', 'finished', 'ended'] as const
export type CaseEvent = (typeof CASE_EVENTS)[number]

/** What one act did to a case, for those who asked: steps of people and programs, by their names in the model. */
export interface CaseNews {
  process: string; processName: string; label: string; entity: string | null; recordId: string | null
  entered: { stepId: string; nodeId: string; name: string }[]
  finished: { stepId: string; nodeId: string; name: string; outcome: string | null }[]
  ended: { nodeId: string | null; name: string | null; how: string } | null
}

/** One event an act at most, whatever happened in it; no statement where nobody wants any of it. */
export async function tellOfCase(ctx: Ctx, loaded: Loaded, effects: Effects): Promise<void> {
  const fields: CaseEvent[] = [
    ...(loaded.fresh ? ['started' as const] : []), ...(effects.newSteps.length ? ['entered' as const] : []), ...(effects.finishedSteps.length ? ['finished' as const] : []), ...(effects.end ? ['ended' as const] : []),
  ]
  if (!fields.length || !ctx.runtime.watchers.length) return
  const { instance, definition } = loaded
  const nameOf = (s: { id: string; nodeId: string }): string => loaded.live.find(l => l.id === s.id)?.name ?? definition.process?.nodes[s.nodeId]?.name ?? s.nodeId
  const note: CaseNews = {
    process: definition.key, processName: definition.name, label: loaded.fresh?.label ?? instance.label ?? '', entity: instance.entity, recordId: instance.record_id,
    entered: effects.newSteps.map(s => ({ stepId: s.id, nodeId: s.nodeId, name: s.name })),
    finished: effects.finishedSteps.map(s => ({ stepId: s.id, nodeId: s.nodeId, name: nameOf(s), outcome: s.outcome })),
    ended: effects.end ? { nodeId: effects.end.nodeId ?? null, name: effects.end.name ?? null, how: effects.end.how } : null,
  }
  await tellWatchers(ctx, { subject: CASE_SUBJECT, event: `${CASE_SUBJECT}.progress`, recordId: instance.id, unitId: instance.unit_id, fields, note })
}
