import { randomBytes } from 'node:crypto'
import { preferencesOf } from '@quancheng/customers'
import { defineAction, elevated, fail, list, lock, read, storeChange, storeNew, type Ctx, type Row } from '@quancheng/kernel'
import { progressOf } from '@quancheng/service'
import { z } from 'zod'

/** Makes the key that a telephone system signs with; shown this once. The former one is void at once. */
export const newSecret = defineAction({
  name: 'newCtiSecret', label: ['生成密钥', 'New key'], method: 'POST', path: '/api/cti-sources/:id/secret', permission: 'ctiSource:update', status: 201, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { row } = await lock(ctx, ctx.entities.get('ctiSource'), id, 'update')
    const secret = randomBytes(32).toString('base64url')
    await ctx.query('insert into cti_secret (tenant_id, source, secret, changed_at) values ($1, $2, $3, $4) on conflict (tenant_id, source) do update set secret = excluded.secret, changed_at = excluded.changed_at', [ctx.tenant.id, row.code, secret, ctx.now()])
    await storeChange(elevated(ctx, '密钥'), ctx.entities.get('ctiSource'), id, {}, { act: 'newSecret', note: {} })
    return { secret, path: `/api/hooks/cti/${String(row.code).toLowerCase()}` }
  },
})

/** Where I sit today. Whoever sat there before is moved off. */
export const sit = defineAction({
  name: 'sitAtExtension', label: ['登记分机', 'Sit at an extension'], method: 'POST', path: '/api/hotline/extension', permission: 'phoneCall:read', input: z.object({ extension: z.string().trim().regex(/^[A-Za-z0-9-]{1,20}$/).nullable() }),
  async run(ctx, { extension }) {
    const sys = elevated(ctx, '分机'), entity = ctx.entities.get('agentExtension'), wanted = extension?.toUpperCase() ?? null
    const rows = await ctx.query<{ id: string; extension: string }>('select id, extension from agent_extension where tenant_id = $1 and (user_id = $2 or extension = $3) order by id for update', [ctx.tenant.id, ctx.user!.id, wanted])
    const here = rows.find(r => r.extension === wanted)
    for (const r of rows) if (r !== here) await ctx.query('delete from agent_extension where tenant_id = $1 and id = $2', [ctx.tenant.id, r.id])
    if (here) await storeChange(sys, entity, here.id, { userId: ctx.user!.id })
    else if (wanted) await storeNew(sys, entity, { extension: wanted, userId: ctx.user!.id })
    return { extension: wanted }
  },
})

const readable = (ctx: Ctx, name: string): boolean => ctx.access.system || ctx.access.grants.has(`${name}:read`)
const rows = async (ctx: Ctx, name: string, filter: Record<string, unknown>, limit: number, sort?: string): Promise<Row[]> => (readable(ctx, name) ? (await list(ctx, ctx.entities.get(name), { filter, limit, ...(sort ? { sort } : {}) })).items : [])

/** Of so many open requests the pop-up says how far they are; nobody asks about more in one call. */
const TOLD = 3

/** What the customer is about to ask: where it is, for how long, when it will be done. The same as their own page says. */
async function farOf(ctx: Ctx, requestId: string) {
  const p = await progressOf(ctx, requestId), now = p?.stages.findLast(s => s.state === 'current')
  return p ? { id: requestId, stage: now?.name ?? p.stage, paused: now?.paused ?? null, minutes: now?.minutes ?? null, total: p.stages.reduce((sum, s) => sum + (s.minutes ?? 0), 0), next: p.next, expected: p.expected } : null
}

/** Everything about whoever is on the line: the customers with this number, their open requests, their last calls. Masks as everywhere. */
async function about(ctx: Ctx, call: Row, phone: string | null) {
  const found = phone ? await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and phone = $2 union select customer_id from contact where tenant_id = $1 and phone = $2 and until is null limit 5', [ctx.tenant.id, phone]) : []
  const byPhone = phone ? await ctx.query<{ id: string }>('select id from service_request where tenant_id = $1 and phone = $2 and ended_at is null order by id desc limit 10', [ctx.tenant.id, phone]) : []
  const ids = found.map(c => c.id)
  const customers = ids.length ? await rows(ctx, 'customer', { id: { in: ids } }, 5) : []
  const requests = await rows(ctx, 'serviceRequest', { endedAt: { isNull: true }, or: [{ id: { in: byPhone.map(r => r.id) } }, ...(ids.length ? [{ customerId: { in: ids } }] : [])] }, 10, '-startedAt')
  const calls = phone ? (await ctx.query<{ id: string }>('select id from phone_call where tenant_id = $1 and phone = $2 and id <> $3 order by ring_at desc limit 5', [ctx.tenant.id, phone, call.id])).map(c => c.id) : []
  const progress = []
  for (const r of requests.slice(0, TOLD)) progress.push(await farOf(ctx, r.id))
  const preferences = (await Promise.all(customers.map(c => preferencesOf(ctx, c.id)))).flat()
  return { call, customers, preferences, requests, progress: progress.filter(p => p !== null), lastCalls: calls.length ? await rows(ctx, 'phoneCall', { id: { in: calls } }, 5, '-ringAt') : [] }
}

/** The pop-up: what rings or talks at my extension now, and what rings at an extension where nobody is known to sit (CE-06). */
export const current = defineAction({
  name: 'currentCalls', label: ['来电弹屏', 'Caller pop-up'], method: 'GET', path: '/api/hotline/current', permission: 'phoneCall:read', readOnly: true, input: z.object({}),
  async run(ctx) {
    const open = await ctx.query<{ id: string; phone: string | null }>(
      "select id, phone from phone_call where tenant_id = $1 and state in ('ringing','talking') and (user_id = $2 or user_id is null) and ring_at > $3::timestamptz - interval '4 hours' order by ring_at desc limit 5", [ctx.tenant.id, ctx.user!.id, ctx.now()])
    const [seat] = await ctx.query<{ extension: string }>('select extension from agent_extension where tenant_id = $1 and user_id = $2', [ctx.tenant.id, ctx.user!.id])
    const shown = await rows(ctx, 'phoneCall', { id: { in: open.map(c => c.id) } }, 5, '-ringAt')
    const calls = []
    for (const row of shown) calls.push(await about(ctx, row, open.find(c => c.id === row.id)!.phone))
    return { extension: seat?.extension ?? null, calls }
  },
})

/** What the call was about: its request, and a line of one's own. */
export const noteCall = defineAction({
  name: 'noteCall', label: ['通话小记', 'Note a call'], method: 'POST', path: '/api/phone-calls/:id/note', permission: 'phoneCall:note', input: z.object({ id: z.uuid(), note: z.string().trim().max(500).nullish(), requestId: z.uuid().nullish() }),
  async run(ctx, { id, ...draft }) {
    await lock(ctx, ctx.entities.get('phoneCall'), id, 'note')
    if (draft.requestId) await read(ctx, ctx.entities.get('serviceRequest'), draft.requestId, ['id']).catch(() => fail('NOT_FOUND', { id: draft.requestId! }))
    await storeChange(elevated(ctx, '小记'), ctx.entities.get('phoneCall'), id, draft)
    return { id }
  },
})
