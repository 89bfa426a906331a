import { all, fail, visible, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { actingOn, reaching } from './acting.ts'
import type { InstanceRow, StepRow } from './load.ts'

/** A case as somebody may look at it: `as` reads its record, `reason` why they may. */
export interface ReachedCase { instance: InstanceRow & { key: string; process_name: string }; process: string; label: string; entity: CompiledEntity; recordId: string; as: Ctx; reason: 'record' | 'starter' | 'asked' | 'acted' | 'copy' }

/**
 * Who may look at a case: whoever may read its record, whoever applied, whoever is asked now or stands for them, whoever has answered, and
 * whoever got a copy. Nobody else; to them it is not there.
 */
export async function reachCase(ctx: Ctx, caseId: string): Promise<ReachedCase> {
  const [instance] = await ctx.query<ReachedCase['instance'] & { label: string | null }>(
    'select i.*, d.key, d.name as process_name from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 and i.id = $2', [ctx.tenant.id, caseId])
  const entity = instance?.entity ? ctx.entities.find(instance.entity) : undefined
  if (!instance?.record_id || !entity) return fail('NOT_FOUND', { id: caseId })
  const of = (as: Ctx, reason: ReachedCase['reason']): ReachedCase => ({ instance, process: instance.process_name, label: instance.label ?? '', entity, recordId: instance.record_id!, as, reason })
  const reach = visible(ctx, entity, 't')
  if (reach) {
    const { rows } = await sql`select 1 from ${sql.table(entity.table)} as t where ${all([reach, sql<boolean>`t.id = ${instance.record_id}`])}`.execute(ctx.db)
    if (rows.length) return of(ctx, 'record')
  }
  const me = ctx.user?.id
  if (!me) return fail('NOT_FOUND', { id: caseId })
  if (instance.started_by === me) return of(reaching(ctx, entity.name), 'starter')
  const mine = await ctx.query<StepRow>("select * from process_step where tenant_id = $1 and instance_id = $2 and assignee_id is not null and (state in ('waiting','active','paused') or (state = 'done' and finished_by = $3)) order by seq", [ctx.tenant.id, caseId, me])
  for (const step of mine) {
    if (step.state === 'done') continue
    const acting = await actingOn(ctx, step, { entity: entity.name, key: instance.key, startedBy: instance.started_by })
    if (acting.named) return of(acting.as, 'asked')
  }
  if (mine.some(s => s.state === 'done' && (s.kind === 'vote' || !s.role))) return of(reaching(ctx, entity.name), 'acted')
  const copies = await ctx.query('select 1 from case_copy where tenant_id = $1 and case_id = $2 and user_id = $3', [ctx.tenant.id, caseId, me])
  return copies.length ? of(reaching(ctx, entity.name), 'copy') : fail('NOT_FOUND', { id: caseId })
}
