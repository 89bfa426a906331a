import type { Ctx } from '../context.ts'
import { schedule } from '../store/jobs.ts'

export const HOUSEKEEPING = 'core.housekeeping'
const EVERY_HOURS = 6
/** how long the answer of an idempotent request is kept for a client that asks again */
const ANSWERS_DAYS = 7

/** Sweeps away what nobody can use any more, then puts itself on the list for the next time. */
export async function housekeeping(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000)
  await ctx.query('delete from session where tenant_id = $1 and expires_at < $2', [ctx.tenant.id, now])
  await ctx.query('delete from password_reset where tenant_id = $1 and expires_at < $2', [ctx.tenant.id, now])
  await ctx.query('delete from idempotency where tenant_id = $1 and at < $2', [ctx.tenant.id, ago(ANSWERS_DAYS)])
  await ctx.query('delete from rate_limit where tenant_id = $1 and window_start < $2', [ctx.tenant.id, ago(1)])
  await schedule(ctx, { kind: HOUSEKEEPING, key: 'sweep', dueAt: new Date(now.getTime() + EVERY_HOURS * 3_600_000) })
}

export const startHousekeeping = (ctx: Ctx): Promise<void> => schedule(ctx, { kind: HOUSEKEEPING, key: 'sweep', dueAt: ctx.now() })
