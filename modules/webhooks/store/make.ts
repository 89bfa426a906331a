import { newId, schedule, type Ctx } from '@quancheng/kernel'
import { inForce } from './in-force.ts'
import { JOB_LANE } from './jobs.ts'
import { bodyOf, messagesFor, stateOf, type Event, type Message } from './payload.ts'

/** What a committed change means for the tenant's webhooks: each that wants it gets messages of its own, made once however often this runs. */
export async function onChange(ctx: Ctx, e: Event): Promise<void> {
  if (e.event.endsWith('.erase')) forget(ctx, e.entity, e.recordId)
  const asked = (await inForce(ctx)).byEntity.get(e.entity) ?? []
  const state = stateOf(ctx, e)
  for (const a of asked) {
    let made = 0
    for (const m of await messagesFor(ctx, a, e, state)) if (await keep(ctx, a.hook.id, m, e.at)) made++
    if (made) await openLane(ctx, a.hook.id, ctx.now())
  }
}

/** Its id; null: it is there already. */
export async function keep(ctx: Ctx, webhookId: string, m: Message, at: Date, test = false): Promise<string | null> {
  const rows = await ctx.query<{ id: string }>(
    `insert into webhook_delivery (tenant_id, id, webhook_id, source, type, test, entity, record_id, record_version, at, created_at, state, due_at, finished_at, error, body)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16) on conflict (tenant_id, webhook_id, source) do nothing returning id`,
    [ctx.tenant.id, newId(), webhookId, m.source, m.type, test, m.entity, m.recordId, m.version, at, ctx.now(), m.dropped ? 'dropped' : 'waiting', m.dropped ? null : ctx.now(), m.dropped ? ctx.now() : null, m.dropped ?? null, bodyOf(m, at)], 'webhook_keep')
  return rows[0]?.id ?? null
}

/** Looks at what waits for this receiver at `at`. */
export const openLane = (ctx: Ctx, webhookId: string, at: Date): Promise<void> => schedule(ctx, { kind: JOB_LANE, key: webhookId, dueAt: at, payload: { webhookId } })

/** Whose personal data was erased is in no message any more: what waits is not sent, what was sent keeps its row without its text. */
function forget(ctx: Ctx, entity: string, recordId: string): void {
  ctx.send(`update webhook_delivery set body = null, state = case when state in ('waiting', 'failed') then 'dropped' else state end, error = case when state in ('waiting', 'failed') then '个人信息已清除' else error end,
    due_at = case when state = 'waiting' then null else due_at end, finished_at = coalesce(finished_at, $4) where tenant_id = $1 and entity = $2 and record_id = $3`, [ctx.tenant.id, entity, recordId, ctx.now()])
}
