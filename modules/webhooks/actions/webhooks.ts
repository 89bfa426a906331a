import { defineAction, elevated, fail, lock, newId, remove, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { CASE_SUBJECT } from '@quancheng/process'
import { z } from 'zod'
import { WEBHOOK, type Subject, type WebhookInput } from '../rules/types.ts'
import { checkUrl, checkWebhook, mayActAs, tellable } from '../store/check.ts'
import { keep, openLane } from '../store/make.ts'
import { renewSecret } from '../store/secrets.ts'

const ID = z.object({ id: z.uuid() })
const EDIT = { permission: 'webhook:edit', status: 200 } as const
const READ = { method: 'GET', permission: 'webhook:read', readOnly: true } as const

interface Line { id: string; version: number; name: string; url: string; asUserId: string; asUserName: string | null; asUserOff: boolean; subjects: Subject[]; off: boolean; note: string | null; updatedAt: Date; updatedBy: string | null; successAt: Date | null; failingSince: Date | null; error: string | null; offReason: string | null; waiting: number; failed: number; oldSecretUntil: Date | null; mayEdit: boolean }

async function lines(ctx: Ctx, id: string | null): Promise<Line[]> {
  const rows = await ctx.query<Line & Record<string, unknown>>(
    `select w.id, w.version, w.name, w.url, w.as_user_id as "asUserId", o.name as "asUserName", coalesce(o.off, true) as "asUserOff", coalesce(w.subjects, '[]') as subjects, coalesce(w.off, false) as off, w.note, w.updated_at as "updatedAt", u.name as "updatedBy",
       s.success_at as "successAt", s.failing_since as "failingSince", s.error, s.off_reason as "offReason", d.waiting, d.failed, case when k.old_until > $2 then k.old_until end as "oldSecretUntil"
     from webhook w left join "user" o on o.tenant_id = w.tenant_id and o.id = w.as_user_id left join "user" u on u.tenant_id = w.tenant_id and u.id = w.updated_by
       left join webhook_state s on s.tenant_id = w.tenant_id and s.webhook_id = w.id left join webhook_secret k on k.tenant_id = w.tenant_id and k.webhook_id = w.id
       cross join lateral (select (select count(*)::int from webhook_delivery x where x.tenant_id = w.tenant_id and x.webhook_id = w.id and x.state in ('waiting', 'sending') and not x.test) as waiting, (select count(*)::int from webhook_delivery x where x.tenant_id = w.tenant_id and x.webhook_id = w.id and x.state = 'failed' and not x.test) as failed) d
     where w.tenant_id = $1 and ($3::uuid is null or w.id = $3) order by w.name limit 200`, [ctx.tenant.id, ctx.now(), id])
  return rows.map(r => ({ ...r, mayEdit: mayActAs(ctx, r.asUserId) }))
}

/** What may be chosen: all kinds of records that there are, and how cases go on. */
async function choices(ctx: Ctx) {
  const processes = await ctx.query<{ key: string; name: string }>("select distinct on (key) key, name from process_definition where tenant_id = $1 and kind = 'bpmn' order by key, version desc", [ctx.tenant.id])
  return {
    entities: ctx.entities.all().filter(tellable).map(e => ({ name: e.name, label: e.label[0], staged: e.fields.has('stage'), personal: [...e.fields.values()].some(x => x.personal) })),
    case: { name: CASE_SUBJECT, label: '流程进展' }, processes, me: ctx.user?.id ?? null, others: mayActAs(ctx, newId()),
  }
}

async function save(ctx: Ctx, w: WebhookInput & { id?: string; seen?: number }): Promise<{ id: string; version: number; secret?: string }> {
  const entity = ctx.entities.get('webhook'), sys = elevated(ctx, '对外通知')
  const before = w.id ? await lock(sys, entity, w.id, 'read') : null
  // whoever may not lend its rights may not lead them elsewhere either
  if (before && !mayActAs(ctx, before.row.asUserId as string)) fail('WEBHOOK_OWNER')
  const asUserId = w.asUserId ?? (before?.row.asUserId as string | undefined) ?? ctx.user?.id ?? fail('WEBHOOK_OWNER')
  const url = await checkUrl(ctx, w.url)
  await checkWebhook(ctx, w, asUserId)
  const draft = { name: w.name, url, asUserId, subjects: w.subjects, note: w.note || null }
  if (before) {
    const row = await storeChange(sys, entity, w.id!, draft, { locked: before, ...(w.seen === undefined ? {} : { version: w.seen }) })
    return { id: w.id!, version: row.version as number }
  }
  const id = newId()
  await storeNew(sys, entity, { ...draft, off: w.off ?? false }, { id })
  return { id, version: 1, secret: (await renewSecret(ctx, id, 0)).secret }
}
export { save as saveWebhook }

async function mine(ctx: Ctx, id: string) {
  const locked = await lock(elevated(ctx, '对外通知'), ctx.entities.get('webhook'), id, 'read')
  if (!mayActAs(ctx, locked.row.asUserId as string)) fail('WEBHOOK_OWNER')
  return locked
}

export const webhookActions = [
  defineAction({ name: 'webhookChoices', label: ['对外通知里可选的', 'What a webhook may name'], ...READ, path: '/api/webhooks/choices', run: choices }),
  defineAction({ name: 'webhooks', label: ['对外通知', 'Webhooks'], ...READ, path: '/api/webhooks/endpoints', run: async ctx => ({ items: await lines(ctx, null) }) }),
  defineAction({ name: 'webhook', label: ['一个对外通知', 'A webhook'], ...READ, path: '/api/webhooks/endpoints/:id', input: ID, run: async (ctx, { id }) => (await lines(ctx, id))[0] ?? fail('NOT_FOUND', { id }) }),
  defineAction({ name: 'addWebhook', label: ['新建对外通知', 'New webhook'], method: 'POST', path: '/api/webhooks/endpoints', permission: 'webhook:edit', status: 201, input: WEBHOOK, run: (ctx, w) => save(ctx, w) }),
  defineAction({ name: 'saveWebhook', label: ['修改对外通知', 'Change a webhook'], method: 'PUT', path: '/api/webhooks/endpoints/:id', ...EDIT, input: WEBHOOK.extend({ id: z.uuid(), seen: z.coerce.number().int().optional() }), run: (ctx, w) => save(ctx, w as WebhookInput & { id: string }) }),
  defineAction({
    name: 'switchWebhook', label: ['启用或停用对外通知', 'Switch a webhook'], method: 'POST', path: '/api/webhooks/endpoints/:id/switch', ...EDIT, input: ID.extend({ off: z.boolean(), waiting: z.enum(['send', 'drop']).default('send') }),
    async run(ctx, { id, off, waiting }) {
      const locked = await mine(ctx, id)
      if (!off) { const w = WEBHOOK.parse(locked.row); await checkUrl(ctx, w.url); await checkWebhook(ctx, w, locked.row.asUserId as string) }
      const row = await storeChange(elevated(ctx, off ? '停用对外通知' : '启用对外通知'), ctx.entities.get('webhook'), id, { off }, { locked })
      if (waiting === 'drop') ctx.send("update webhook_delivery set state = 'dropped', due_at = null, finished_at = $3, error = '启用或停用时放弃' where tenant_id = $1 and webhook_id = $2 and state = 'waiting'", [ctx.tenant.id, id, ctx.now()])
      if (off) return { id, off, version: row.version }
      ctx.send('update webhook_state set failing_since = null, error = null, off_reason = null where tenant_id = $1 and webhook_id = $2', [ctx.tenant.id, id])
      ctx.send("update webhook_delivery set due_at = $3 where tenant_id = $1 and webhook_id = $2 and state = 'waiting'", [ctx.tenant.id, id, ctx.now()])
      await openLane(ctx, id, ctx.now())
      return { id, off, version: row.version }
    },
  }),
  defineAction({
    name: 'renewWebhookSecret', label: ['更换签名密钥', 'Renew the secret'], method: 'POST', path: '/api/webhooks/endpoints/:id/secret', ...EDIT, input: ID.extend({ overlapHours: z.coerce.number().int().min(0).max(720).default(24) }),
    async run(ctx, { id, overlapHours }) {
      const locked = await mine(ctx, id)
      const made = await renewSecret(ctx, id, overlapHours)
      await storeChange(elevated(ctx, '更换签名密钥'), ctx.entities.get('webhook'), id, {}, { locked, act: 'renewSecret', note: { overlapHours } })
      return made
    },
  }),
  defineAction({
    name: 'testWebhook', label: ['发送测试', 'Send a test'], method: 'POST', path: '/api/webhooks/endpoints/:id/test', ...EDIT, input: ID,
    async run(ctx, { id }) {
      const { row } = await mine(ctx, id)
      await checkUrl(ctx, row.url as string)
      const deliveryId = await keep(ctx, id, { source: `test/${newId()}`, type: 'webhook.test', entity: null, recordId: null, version: 0, data: { message: '这是一条测试通知，收到说明地址和网络都对。', webhook: row.name as string } }, ctx.now(), true)
      await openLane(ctx, id, ctx.now())
      return { deliveryId }
    },
  }),
  defineAction({
    name: 'removeWebhook', label: ['删除对外通知', 'Remove a webhook'], method: 'DELETE', path: '/api/webhooks/endpoints/:id', ...EDIT, input: ID,
    async run(ctx, { id }) {
      const { row } = await mine(ctx, id)
      if (!row.off) fail('WEBHOOK_IN_USE')
      for (const table of ['webhook_delivery', 'webhook_secret', 'webhook_state']) ctx.send(`delete from ${table} where tenant_id = $1 and webhook_id = $2`, [ctx.tenant.id, id])
      await remove(elevated(ctx, '删除对外通知'), ctx.entities.get('webhook'), id)
      return { id }
    },
  }),
]
