import { can, elevated, fail, lock, storeChange, type Ctx } from '@quancheng/kernel'
import { begin, prepareStart } from './begin.ts'
import { completeStep } from './complete.ts'
import type { Opened } from './persist.ts'

export interface Started { caseId: string; stage: string; next: Opened[]; ended: boolean }

/**
 * Starts a process on any record: the owner of the record may, and whoever may start processes on such records. A first step that is the
 * applicant's own form is handed in at once, for the record is filled in already; what it still lacks is told, and nothing is stored.
 */
export async function startFor(ctx: Ctx, key: string, entityName: string, recordId: string, variables: Record<string, unknown> = {}): Promise<Started> {
  const entity = ctx.entities.find(entityName)
  if (!entity || entity.internal) return fail('NOT_FOUND', { id: recordId })
  const verb = can(ctx.access, `${entityName}:startProcess`) ? 'startProcess' : 'read'
  const { row } = await lock(ctx, entity, recordId, verb)
  const owner = entity.scope?.owner
  if (verb === 'read' && !(owner && row[owner] === ctx.user?.id)) fail('START_NOT_ALLOWED')
  const unitId = (entity.scope?.unit ? (row[entity.scope.unit] as string | null) : null) ?? ctx.user?.unitId ?? null
  const prepared = await prepareStart(ctx, key, variables, null, unitId)
  const { process } = prepared.definition
  if (process!.binding && process!.binding.entity !== entityName) fail('PROCESS_OTHER_ENTITY', { name: prepared.definition.name })
  const running = await ctx.query("select 1 from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 and i.record_id = $2 and i.entity = $3 and d.key = $4 and i.state = 'active'", [ctx.tenant.id, recordId, entityName, key])
  if (running.length) fail('CASE_RUNNING', { key })
  const label = String(row.number ?? entity.display.map(n => row[n] ?? '').join(' '))
  const { instanceId, opened } = await begin(ctx, prepared, { entity: entityName, record: row, unitId, label, startedBy: ctx.user?.id ?? null })
  const stageField = process!.binding?.stageField
  await storeChange(elevated(ctx, 'process'), entity, recordId, stageField && prepared.stage ? { [stageField]: prepared.stage } : {}, { act: 'startProcess', note: { process: prepared.definition.name } })
  const form = opened.length === 1 ? process!.nodes[opened[0]!.nodeId] : null
  if (form?.type === 'userTask' && form.task.assign.rule === 'completer' && !form.task.role && opened[0]!.assigneeId === ctx.user?.id && ctx.user) {
    const done = await completeStep(ctx, opened[0]!.id, { outcome: form.task.outcomes[0]?.id ?? null })
    return { caseId: instanceId, stage: done.stage, next: done.next, ended: done.ended }
  }
  return { caseId: instanceId, stage: prepared.stage, next: opened, ended: prepared.effects.end !== null }
}
