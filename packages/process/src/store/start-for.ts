import { fail, type Ctx } from '@quancheng/kernel'
import { beginOn } from './begin-on.ts'
import { completeStep } from './complete.ts'
import type { Opened } from './persist.ts'
import { holdToStart } from './record-starts.ts'

export interface Started { caseId: string; stage: string; next: Opened[]; ended: boolean }

/**
 * Starts a process on any record: the owner of the record may, and whoever may start processes on such records. A first step that is the
 * applicant's own form is handed in at once, for the record is filled in already; what it still lacks is told, and nothing is stored.
 */
export async function startFor(ctx: Ctx, key: string, entityName: string, recordId: string, variables: Record<string, unknown> = {}): Promise<Started> {
  const entity = ctx.entities.find(entityName)
  if (!entity || entity.internal) return fail('NOT_FOUND', { id: recordId })
  const { row } = await holdToStart(ctx, entity, recordId)
  const { prepared, instanceId, opened } = await beginOn(ctx, { key, entity, row, variables, startedBy: ctx.user?.id ?? null })
  const form = opened.length === 1 ? prepared.definition.process!.nodes[opened[0]!.nodeId] : null
  if (form?.type === 'userTask' && form.task.assign.rule === 'completer' && !form.task.role && opened[0]!.assigneeId === ctx.user?.id && ctx.user) {
    const done = await completeStep(ctx, opened[0]!.id, { outcome: form.task.outcomes[0]?.id ?? null })
    return { caseId: instanceId, stage: done.stage, next: done.next, ended: done.ended }
  }
  return { caseId: instanceId, stage: prepared.stage, next: opened, ended: prepared.effects.end !== null }
}
