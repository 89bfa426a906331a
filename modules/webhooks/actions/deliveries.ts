import { can, defineAction, fail, list, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { messageId } from '../rules/sign.ts'
import { mayActAs } from '../store/check.ts'
import { openLane } from '../store/make.ts'

const STATES = ['waiting', 'sending', 'done', 'failed', 'dropped'] as const
const STATE_NAMES: Record<string, string> = { waiting: '等待', sending: '正在发', done: '已送到', failed: '没有送到', dropped: '不发了' }
const PAGE = 50
const READ = { method: 'GET', permission: 'webhook:read', readOnly: true } as const

interface Delivery { id: string; webhookId: string; webhookName: string; type: string; test: boolean; entity: string | null; recordId: string | null; label: string | null; at: Date; state: string; dueAt: Date | null; attempts: number; status: number | null; ms: number | null; error: string | null; finishedAt: Date | null }

const COLUMNS = 'd.id, d.webhook_id as "webhookId", w.name as "webhookName", d.type, d.test, d.entity, d.record_id as "recordId", d.at, d.state, d.due_at as "dueAt", d.attempts, d.status, d.ms, d.error, d.finished_at as "finishedAt"'
const FROM = 'from webhook_delivery d join webhook w on w.tenant_id = d.tenant_id and w.id = d.webhook_id'

async function deliveries(ctx: Ctx, q: { webhookId?: string | undefined; state?: string | undefined; after?: string | undefined }): Promise<{ items: Delivery[]; next: string | null }> {
  const rows = await ctx.query<Delivery & Record<string, unknown>>(
    `select ${COLUMNS} ${FROM} where d.tenant_id = $1 and ($2::uuid is null or d.webhook_id = $2) and ($3::text is null or d.state = $3) and ($4::uuid is null or d.id < $4) order by d.id desc limit ${PAGE + 1}`, [ctx.tenant.id, q.webhookId ?? null, q.state ?? null, q.after ?? null])
  const shown = rows.slice(0, PAGE), names = await namesOf(ctx, shown)
  return { items: shown.map(r => ({ ...r, label: names.get(r.recordId ?? '') ?? null })), next: rows.length > PAGE ? rows[PAGE - 1]!.id : null }
}

/** The names of records as the caller may see them now. */
async function namesOf(ctx: Ctx, rows: readonly Delivery[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const [name, of] of Map.groupBy(rows, r => r.entity)) {
    const entity = name ? ctx.entities.find(name) : undefined
    if (!entity || !can(ctx.access, `${entity.name}:read`, entity)) continue
    const ids = [...new Set(of.flatMap(r => r.recordId ?? []))]
    for (const row of (await list(ctx, entity, { filter: { id: { in: ids } }, limit: PAGE })).items) names.set(row.id, entity.display.map(n => row[n] ?? '').join(' ').trim())
  }
  return names
}

export const deliveryActions = [
  defineAction({ name: 'webhookDeliveries', label: ['投递记录', 'Deliveries'], ...READ, path: '/api/webhooks/deliveries', input: z.object({ webhookId: z.uuid().optional(), state: z.enum(STATES).optional(), after: z.uuid().optional() }), run: deliveries }),
  defineAction({
    name: 'webhookDelivery', label: ['一条投递', 'A delivery'], ...READ, path: '/api/webhooks/deliveries/:id', input: z.object({ id: z.uuid() }),
    async run(ctx, { id }) {
      const [row] = await ctx.query<Delivery & { url: string; asUserId: string; body: string | null; answer: string | null; tries: unknown[]; sentAt: Date | null } & Record<string, unknown>>(
        `select ${COLUMNS}, w.url, w.as_user_id as "asUserId", d.body, d.answer, d.tries, d.sent_at as "sentAt" ${FROM} where d.tenant_id = $1 and d.id = $2`, [ctx.tenant.id, id])
      if (!row) return fail('NOT_FOUND', { id })
      const { asUserId, body, answer, ...rest } = row
      // it shows what its owner may see: to whoever may act with their rights, and to nobody else
      const open = mayActAs(ctx, asUserId)
      return { ...rest, label: (await namesOf(ctx, [row])).get(row.recordId ?? '') ?? null, messageId: messageId(id), hidden: !open, body: open ? body : null, answer: open ? answer : null }
    },
  }),
  defineAction({
    name: 'resendWebhookDeliveries', label: ['重发没有送到的', 'Send again'], method: 'POST', path: '/api/webhooks/deliveries/again', permission: 'webhook:edit', status: 200,
    input: z.object({ ids: z.array(z.uuid()).min(1).max(200).optional(), webhookId: z.uuid().optional() }).refine(x => x.ids !== undefined || x.webhookId !== undefined),
    async run(ctx, { ids, webhookId }) {
      const found = await ctx.query<{ id: string; state: string; webhook_id: string; as_user_id: string; body: string | null }>(
        `select d.id, d.state, d.webhook_id, w.as_user_id, d.body ${FROM} where d.tenant_id = $1 and ($2::uuid[] is null or d.id = any($2)) and ($3::uuid is null or d.webhook_id = $3) and ($2::uuid[] is not null or (d.state = 'failed' and not d.test)) order by d.id limit 10000 for update of d`, [ctx.tenant.id, ids ?? null, webhookId ?? null])
      if (ids?.length === 1 && !found.length) fail('NOT_FOUND', { id: ids[0] })
      const again = found.filter(d => (d.state === 'failed' || d.state === 'dropped') && d.body !== null && mayActAs(ctx, d.as_user_id))
      if (ids?.length === 1 && !again.length) fail('WEBHOOK_DELIVERY', { state: STATE_NAMES[found[0]!.state] })
      ctx.send("update webhook_delivery set state = 'waiting', due_at = $3, finished_at = null, attempts = 0, error = null where tenant_id = $1 and id = any($2)", [ctx.tenant.id, again.map(d => d.id), ctx.now()])
      for (const id of new Set(again.map(d => d.webhook_id))) await openLane(ctx, id, ctx.now())
      return { again: again.length }
    },
  }),
]
