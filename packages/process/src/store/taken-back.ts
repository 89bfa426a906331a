import { schedule, type Ctx } from '@quancheng/kernel'
import { JOB_SLA } from './job-kinds.ts'

/** Head office has taken a station back from its node, which kept what was due: the clocks of its open steps run here again. */
export async function resumeClocks(ctx: Ctx, nodeId: string): Promise<void> {
  const now = ctx.now()
  const steps = await ctx.query<{ id: string; warn_at: Date; due_at: Date }>(
    `select s.id, s.warn_at, s.due_at from process_step s join unit_closure c on c.tenant_id = s.tenant_id and c.descendant_id = s.unit_id join sync_node n on n.tenant_id = c.tenant_id and n.unit_id = c.ancestor_id
     where s.tenant_id = $1 and n.id = $2 and s.state in ('waiting', 'active') and s.kind <> 'vote' and s.warn_at is not null and s.due_at is not null`, [ctx.tenant.id, nodeId])
  for (const s of steps) await schedule(ctx, { kind: JOB_SLA, key: s.id, dueAt: s.warn_at > now ? s.warn_at : s.due_at, payload: { stepId: s.id } })
}
