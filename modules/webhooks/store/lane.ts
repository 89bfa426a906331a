import type { Ctx } from '@quancheng/kernel'
import { KEEP_ORDER_TRIES } from '../rules/backoff.ts'
import { atWork } from './at-work.ts'
import { fly } from './fly.ts'
import { reachOf } from './in-force.ts'
import { openLane } from './make.ts'
import { secretsOf } from './secrets.ts'

/** So many messages to one receiver at once; one that fails is tried with one. */
const HANDS = 4
/** After so long a message of which nothing was heard is sent again: longer than any try lasts. */
const LEASE_MS = 60_000

interface Waiting extends Record<string, unknown> { id: string; type: string; body: string | null; attempts: number; test: boolean }

/**
 * Takes what is due for one receiver, as far as it has a hand free, and writes that it is leaving; after that is committed it goes, outside any
 * transaction. Each receiver has a lane of its own (one job by its key), so that one that hangs holds up nobody else's. A program that dies
 * between sending and noting leaves a lease behind: when it is over the same message goes again, with the same id.
 */
export async function laneJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const webhookId = String(payload.webhookId), now = ctx.now(), { id: tenantId } = ctx.tenant
  const [hook] = await ctx.query<{ url: string; off: boolean; failing: boolean }>(
    'select h.url, coalesce(h.off, false) as off, s.failing_since is not null as failing from webhook h left join webhook_state s on s.tenant_id = h.tenant_id and s.webhook_id = h.id where h.tenant_id = $1 and h.id = $2', [tenantId, webhookId])
  if (!hook) return
  // whoever notes an answer holds its row and waits for this job's: nothing here waits for a row
  await ctx.query(`update webhook_delivery set state = 'waiting', due_at = $3, lease_until = null, error = '程序中断，再发一次' where tenant_id = $1 and id in (
    select id from webhook_delivery where tenant_id = $1 and webhook_id = $2 and state = 'sending' and lease_until <= $3 and id <> all($4::uuid[]) for update skip locked)`, [tenantId, webhookId, now, atWork(ctx.runtime).ids()])
  const [busy] = await ctx.query<{ n: number }>("select count(*)::int as n from webhook_delivery where tenant_id = $1 and webhook_id = $2 and state = 'sending'", [tenantId, webhookId])
  const free = (hook.failing ? 1 : HANDS) - busy!.n
  // one record's messages leave one after the other, as long as the first has not failed too often
  const due = free <= 0 ? [] : await ctx.query<Waiting>(
    `select d.id, d.type, d.body, d.attempts, d.test from webhook_delivery d where d.tenant_id = $1 and d.webhook_id = $2 and d.state = 'waiting' and d.due_at <= $3 and (not $4 or d.test)
       and not exists (select 1 from webhook_delivery b where b.tenant_id = d.tenant_id and b.webhook_id = d.webhook_id and b.entity = d.entity and b.record_id = d.record_id and b.state in ('waiting', 'sending')
         and (b.state = 'sending' or b.attempts < $5) and (b.record_version, b.id) < (d.record_version, d.id))
     order by d.id limit $6 for update of d skip locked`, [tenantId, webhookId, now, hook.off, KEEP_ORDER_TRIES, free])
  if (due.length) await send(ctx, webhookId, hook.url, due)
  const [next] = await ctx.query<{ at: Date | null }>(
    `select least(min(due_at) filter (where state = 'waiting' and due_at > $3 and (not $4 or test)), min(lease_until) filter (where state = 'sending')) as at from webhook_delivery where tenant_id = $1 and webhook_id = $2 and state in ('waiting', 'sending')`, [tenantId, webhookId, now, hook.off])
  // whoever notes an answer comes back at once; this is for what nobody notes
  if (next?.at) await openLane(ctx, webhookId, next.at > now ? next.at : new Date(now.getTime() + LEASE_MS))
}

async function send(ctx: Ctx, webhookId: string, address: string, due: readonly Waiting[]): Promise<void> {
  const url = new URL(address)
  const secrets = await secretsOf(ctx, webhookId), reach = await reachOf(ctx, url)
  await ctx.query("update webhook_delivery set state = 'sending', attempts = attempts + 1, lease_until = $3, sent_at = $4, error = null where tenant_id = $1 and id = any($2)",
    [ctx.tenant.id, due.map(d => d.id), new Date(ctx.now().getTime() + LEASE_MS), ctx.now()])
  const { runtime, tenant } = ctx
  for (const d of due) {
    const flight = { tenantId: tenant.id, webhookId, id: d.id, attempt: d.attempts + 1, url: address, reach, secrets, body: d.body ?? '{}', test: d.test }
    ctx.afterCommit(() => { atWork(runtime).begin(d.id, () => fly(runtime, flight)) })
  }
}
