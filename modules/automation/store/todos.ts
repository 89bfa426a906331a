import { elevated, storeNew, type Ctx } from '@quancheng/kernel'
import { begin, deadlineOf, prepareStart } from '@quancheng/process'

export const TODO_PROCESS = 'todo'

export interface About { entity: string; recordId: string; label: string }

/** Gives somebody something to do: a record and its case, in one act. The caller has been authorised. */
export async function openTodo(ctx: Ctx, t: { title: string; details: string | null; toId: string; minutes: number; unitId: string | null; about: About | null; source?: string }): Promise<{ id: string; taskId: string }> {
  const sys = elevated(ctx, '交办')
  const prepared = await prepareStart(sys, TODO_PROCESS, { assignee: t.toId }, null, t.unitId)
  const { dueAt } = await deadlineOf(sys, { minutes: t.minutes, clock: 'business', warnPercent: 80 }, ctx.now(), [])
  const row = await storeNew(sys, ctx.entities.get('todo'), {
    title: t.title, details: t.details, ownerId: t.toId, unitId: t.unitId, stage: prepared.stage, minutes: t.minutes, dueAt,
    ...(t.about ? { entity: t.about.entity, aboutId: t.about.recordId, about: t.about.label } : {}), ...(t.source ? { source: t.source } : {}),
  })
  const { opened } = await begin(sys, prepared, { entity: 'todo', record: row, unitId: t.unitId, label: t.title })
  return { id: row.id as string, taskId: opened[0]!.id }
}
