import { schedule, type Ctx } from '@quancheng/kernel'
import type { Migration, PendingTimer } from '../migration/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import { JOB_TIMER } from './job-kinds.ts'
import { timerDue } from './timers.ts'

/** A timer on the list. `since`: when it began to run. */
export interface Pending extends PendingTimer { caseId: string; since: Date }

const hasTimers = (process: CompiledProcess): boolean => Object.values(process.nodes).some(n => n.type === 'boundaryTimer' || ('triggers' in n && n.triggers.some(t => t.on === 'timer')))

/** What the list of timers holds for these cases; it is not asked where the old version has none. */
export async function pendingTimers(ctx: Ctx, way: { from: { process: CompiledProcess } }, cases: ReadonlyArray<{ id: string; owners: readonly string[] }>): Promise<Pending[]> {
  const of = new Map(cases.flatMap(c => c.owners.map(o => [o, c.id])))
  if (!of.size || !hasTimers(way.from.process)) return []
  const rows = await ctx.query<{ ownerId: string; nodeId: string; since: Date }>(
    `select payload->>'stepId' as "ownerId", payload->>'nodeId' as "nodeId", created_at as since from job where tenant_id = $1 and kind = 'process.timer' and step_id = any($2)`, [ctx.tenant.id, [...of.keys()]], 'timers_pending')
  return rows.map(r => ({ ...r, caseId: of.get(r.ownerId)! }))
}

/** Timers follow their case: the same ones under their event's new id, those of another time from when they began. */
export async function moveTimers(ctx: Ctx, caseId: string, m: Migration, pending: readonly Pending[]): Promise<void> {
  const where = "tenant_id = $1 and kind = 'process.timer' and step_id = $2 and payload->>'nodeId' = $3"
  for (const t of m.timersGone) await ctx.query(`delete from job where ${where}`, [ctx.tenant.id, t.ownerId, t.nodeId])
  for (const t of m.timersMoved) await ctx.query(`update job set payload = payload || jsonb_build_object('nodeId', $4::text) where ${where}`, [ctx.tenant.id, t.ownerId, t.from, t.to])
  for (const { timer: t, was } of m.timersReset) {
    const since = pending.find(p => p.ownerId === t.stepId && p.nodeId === was)?.since ?? ctx.now()
    const dueAt = await timerDue(ctx, t, since)
    await schedule(ctx, { kind: JOB_TIMER, key: t.id, dueAt, payload: { instanceId: caseId, stepId: t.stepId, nodeId: t.nodeId, due: dueAt.toISOString(), ...(t.repeat === undefined ? {} : { repeat: t.repeat }) } })
  }
}
