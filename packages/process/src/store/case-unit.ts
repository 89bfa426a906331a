import { fail, schedule, type Ctx } from '@quancheng/kernel'
import { closeAlarms } from './alarms.ts'
import type { Candidates } from './candidates.ts'
import { JOB_SLA } from './job-kinds.ts'
import { mayTake, watchPool } from './persist.ts'

interface Open { id: string; role: string | null; assignee_id: string | null; state: string; clock: 'business' | 'clock' | null; due_at: Date | null; candidates: Candidates | null }

/**
 * A running case goes to another unit, with its open steps: from now on they lie in that unit's pools, and whoever had one and is nobody there has
 * it no more. Alarms that told the unit before are closed; what is late is told the new one. The caller has authorised it, and writes the record
 * and why.
 */
export async function caseToUnit(ctx: Ctx, of: { entity: string; recordId: string }, unitId: string): Promise<void> {
  const [instance] = await ctx.query<{ id: string }>("select id from process_instance where tenant_id = $1 and entity = $2 and record_id = $3 and state = 'active' order by started_at desc limit 1 for update", [ctx.tenant.id, of.entity, of.recordId])
  if (!instance) return fail('NOT_FOUND', { id: of.recordId })
  await ctx.query('update process_instance set unit_id = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, instance.id, unitId])
  const open = await ctx.query<Open & Record<string, unknown>>("select id, role, assignee_id, state, clock, due_at, data->'candidates' as candidates from process_step where tenant_id = $1 and instance_id = $2 and kind = 'user' and state in ('waiting','active','paused') for update", [ctx.tenant.id, instance.id])
  for (const s of open) {
    const keeps = s.assignee_id !== null && await mayTake(ctx, s.assignee_id, s.role, unitId, s.candidates)
    await ctx.query("update process_step set unit_id = $3, assignee_id = case when $4 then assignee_id end, state = case when $4 or state = 'paused' then state else 'waiting' end where tenant_id = $1 and id = $2", [ctx.tenant.id, s.id, unitId, keeps])
    await closeAlarms(ctx, [s.id])
    if (s.state === 'paused') continue
    if (!keeps && s.clock === 'business') await watchPool(ctx, s.id, 'business')
    if (s.due_at && s.due_at <= ctx.now()) await schedule(ctx, { kind: JOB_SLA, key: s.id, dueAt: ctx.now(), payload: { stepId: s.id } })
  }
}
