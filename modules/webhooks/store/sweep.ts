import { schedule, type Ctx } from '@quancheng/kernel'
import { JOB_SWEEP } from './jobs.ts'

/** How long the log is kept, days: what arrived or was dropped, and what failed. */
const KEEP = { over: 30, failed: 90 } as const

export async function sweepJob(ctx: Ctx): Promise<void> {
  const ago = (days: number): Date => new Date(ctx.now().getTime() - days * 86_400_000)
  await ctx.query("delete from webhook_delivery where tenant_id = $1 and ((state in ('done', 'dropped') and finished_at < $2) or (state = 'failed' and finished_at < $3))", [ctx.tenant.id, ago(KEEP.over), ago(KEEP.failed)])
  await schedule(ctx, { kind: JOB_SWEEP, key: 'sweep', dueAt: new Date(ctx.now().getTime() + 86_400_000) })
}
