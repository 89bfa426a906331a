import type { Ctx } from '@quancheng/kernel'

/** What opens a channel. It is written by whoever sets the channel up and read by nobody but the sending job. */
export async function keepSecret(ctx: Ctx, channelId: string, secret: Record<string, string>): Promise<void> {
  await ctx.query('insert into notice_secret (tenant_id, channel_id, secret) values ($1, $2, $3) on conflict (tenant_id, channel_id) do update set secret = notice_secret.secret || excluded.secret', [ctx.tenant.id, channelId, JSON.stringify(secret)])
}

export const secretOf = async (ctx: Ctx, channelId: string): Promise<Record<string, string>> =>
  (await ctx.query<{ secret: Record<string, string> }>('select secret from notice_secret where tenant_id = $1 and channel_id = $2', [ctx.tenant.id, channelId]))[0]?.secret ?? {}

/** Which of its secrets are set: that, and nothing more, is shown. */
export async function secretsSet(ctx: Ctx): Promise<Map<string, string[]>> {
  const rows = await ctx.query<{ id: string; names: string[] }>('select channel_id as id, array(select jsonb_object_keys(secret)) as names from notice_secret where tenant_id = $1', [ctx.tenant.id])
  return new Map(rows.map(r => [r.id, r.names]))
}
