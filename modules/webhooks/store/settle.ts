import { elevated, storeChange, type Ctx } from '@quancheng/kernel'
import { raiseAlarm } from '@quancheng/process'
import { OFF_AFTER_MS, waitSeconds } from '../rules/backoff.ts'
import type { Flight, Landed } from './fly.ts'
import { openLane } from './make.ts'

interface Row { state: string; attempts: number; type: string }

/** Notes what came of one try: it has arrived, it waits for the next, or it is given up. What comes late, after another try began, says nothing any more. */
export async function settle(ctx: Ctx, f: Flight, l: Landed): Promise<void> {
  const { id: tenantId } = ctx.tenant, now = ctx.now()
  const [row] = await ctx.query<Row & Record<string, unknown>>('select state, attempts, type from webhook_delivery where tenant_id = $1 and id = $2 for update', [tenantId, f.id])
  if (row?.state !== 'sending' || row.attempts !== f.attempt) return
  const arrived = l.error === null, gone = l.status === 410
  const wait = arrived || gone || f.test ? null : waitSeconds(f.attempt, l.retryAfter, Math.random)
  const dueAt = wait === null ? null : new Date(now.getTime() + wait * 1000)
  const tries = JSON.stringify([{ at: now, status: l.status, ms: l.ms, ...(l.error ? { error: l.error } : {}) }])
  ctx.send(`update webhook_delivery set state = $3, due_at = $4, lease_until = null, finished_at = $5, status = $6, ms = $7, answer = $8, error = $9, tries = tries || $10::jsonb where tenant_id = $1 and id = $2`,
    [tenantId, f.id, arrived ? 'done' : dueAt ? 'waiting' : 'failed', dueAt, dueAt ? null : now, l.status, l.ms, l.answer, l.error, tries])
  if (!f.test) await fare(ctx, f.webhookId, l, gone)
  await openLane(ctx, f.webhookId, now)
}

/** How the receiver fares: answering, failing since when, given up. */
async function fare(ctx: Ctx, webhookId: string, l: Landed, gone: boolean): Promise<void> {
  const now = ctx.now(), { id: tenantId } = ctx.tenant
  if (l.error === null) {
    ctx.send('insert into webhook_state (tenant_id, webhook_id, success_at) values ($1, $2, $3) on conflict (tenant_id, webhook_id) do update set success_at = excluded.success_at, failing_since = null, error = null', [tenantId, webhookId, now])
    return
  }
  const [state] = await ctx.query<{ since: Date }>(
    `insert into webhook_state as s (tenant_id, webhook_id, failing_since, error) values ($1, $2, $3, $4)
     on conflict (tenant_id, webhook_id) do update set failing_since = coalesce(s.failing_since, excluded.failing_since), error = excluded.error returning failing_since as since`, [tenantId, webhookId, now, l.error])
  if (gone) return switchOff(ctx, webhookId, '对方回答 410：这个地址不再接收')
  if (now.getTime() - state!.since.getTime() >= OFF_AFTER_MS) return switchOff(ctx, webhookId, `连续三天没有送到：${l.error}`)
}

/** Switched off by itself: what waits stays, and whose rights it uses and who set it up last are told. */
async function switchOff(ctx: Ctx, webhookId: string, reason: string): Promise<void> {
  const [hook] = await ctx.query<{ name: string; off: boolean; as_user_id: string; updated_by: string | null }>('select name, coalesce(off, false) as off, as_user_id, updated_by from webhook where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, webhookId])
  if (!hook || hook.off) return
  await storeChange({ ...elevated(ctx, reason), reason }, ctx.entities.get('webhook'), webhookId, { off: true })
  ctx.send('update webhook_state set off_reason = $3 where tenant_id = $1 and webhook_id = $2', [ctx.tenant.id, webhookId, reason])
  for (const personId of new Set([hook.as_user_id, ...(hook.updated_by ? [hook.updated_by] : [])])) {
    await raiseAlarm(ctx, { kind: 'notice', title: `对外通知“${hook.name}”已停用：${reason}`.slice(0, 200), entity: 'webhook', recordId: webhookId, stepKey: `${webhookId}/${personId.slice(-12)}`, stage: null, unitId: null, ownerId: personId, recipientIds: [personId] })
  }
}
