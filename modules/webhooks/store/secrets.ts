import type { Ctx } from '@quancheng/kernel'
import { newSecret } from '../rules/sign.ts'

/** Makes a new secret, told this once. The one before keeps signing beside it for so many hours. */
export async function renewSecret(ctx: Ctx, webhookId: string, overlapHours: number): Promise<{ secret: string; oldUntil: Date | null }> {
  const secret = newSecret(), oldUntil = new Date(ctx.now().getTime() + overlapHours * 3_600_000)
  const [kept] = await ctx.query<{ old_until: Date | null }>(
    `insert into webhook_secret as s (tenant_id, webhook_id, secret) values ($1, $2, $3)
     on conflict (tenant_id, webhook_id) do update set secret = excluded.secret, old_secret = case when $4 then s.secret end, old_until = case when $4 then $5::timestamptz end returning old_until`,
    [ctx.tenant.id, webhookId, secret, overlapHours > 0, oldUntil])
  return { secret, oldUntil: kept?.old_until ?? null }
}

/** Those that sign now, the newest first. */
export async function secretsOf(ctx: Ctx, webhookId: string): Promise<string[]> {
  const [row] = await ctx.query<{ secret: string; old_secret: string | null; old_until: Date | null }>('select secret, old_secret, old_until from webhook_secret where tenant_id = $1 and webhook_id = $2', [ctx.tenant.id, webhookId])
  return row ? [row.secret, ...(row.old_secret && row.old_until && row.old_until > ctx.now() ? [row.old_secret] : [])] : []
}
