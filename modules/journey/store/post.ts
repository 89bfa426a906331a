import { create, fail, isId, list, read, storeNew, type Ctx, type Row } from '@quancheng/kernel'
import { survivorOf } from '@quancheng/customers'
import type { TouchChannel } from '../rules/choices.ts'
import { knownOf, offersAt, type Offer } from './journey-line.ts'
import { pointByCode } from './points.ts'

export interface TouchInput { point: string; channel: TouchChannel; customerId?: string | null | undefined; phone?: string | null | undefined; at?: string | null | undefined; score?: number | null | undefined; text?: string | null | undefined; occasion?: string | null | undefined; record?: string | null | undefined; key?: string | null | undefined; preferences?: ReadonlyArray<{ topic: string; value: string }> | undefined }
export interface Posted { id: string; customerId: string | null; offer: Offer[]; ask: string[]; again: boolean }

const refuse = (field: string, message: string): never => fail('INVALID', { summary: message, fields: [{ field, code: 'TOUCH', message }] })

interface Whose { id: string; unitId: string | null; ownerId: string | null }
const whose = (row: Row): Whose => ({ id: row.id, unitId: row.unitId as string | null, ownerId: row.ownerId as string | null })

/** The one customer who has this telephone, among those whom the caller may see. Two who share one are told apart by nobody. */
async function customerOf(ctx: Ctx, o: TouchInput): Promise<Whose | null> {
  if (o.customerId) {
    if (!isId(o.customerId)) return refuse('customerId', '没有这个客户')
    return whose(await read(ctx, ctx.entities.get('customer'), await survivorOf(ctx, o.customerId), ['unitId', 'ownerId']))
  }
  const { items } = await list(ctx, ctx.entities.get('customer'), { filter: { phone: o.phone }, fields: ['unitId', 'ownerId'], limit: 2 })
  return items.length === 1 ? whose(items[0]!) : null
}

/**
 * Any channel says: this customer came by here (TP-02). What was heard of preferences is kept, and the answer says what to offer now (TP-03).
 * With a `key`, the same event told again is the same one. Errors: POINT_UNKNOWN, INVALID.
 */
export async function post(ctx: Ctx, o: TouchInput): Promise<Posted> {
  const point = await pointByCode(ctx, o.point)
  if (!o.customerId && !o.phone) refuse('customerId', '请写明客户或电话')
  const customer = await customerOf(ctx, o), at = o.at ? new Date(o.at) : ctx.now()
  if (at.getTime() > ctx.now().getTime() + 86_400_000) refuse('at', '时间不能在将来')
  const answer = async (id: string, again: boolean): Promise<Posted> => ({ id, customerId: customer?.id ?? null, ...offersAt(point, customer ? await knownOf(ctx, customer.id) : []), again })
  if (o.key) {
    await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`${ctx.tenant.id}/touch/${o.key}`])
    const [there] = await ctx.query<{ id: string }>('select id from touch_event where tenant_id = $1 and key = $2', [ctx.tenant.id, o.key])
    if (there) return answer(there.id, true)
  }
  const row = await storeNew(ctx, ctx.entities.get('touchEvent'), {
    pointId: point.id, channel: o.channel, customerId: customer?.id ?? null, phone: o.phone ?? null, at, score: o.score ?? null, text: o.text ?? null, occasion: o.occasion ?? null, record: o.record ?? null, key: o.key ?? null, ownerId: customer?.ownerId ?? null, unitId: customer?.unitId ?? ctx.user?.unitId ?? null,
  })
  if (customer) for (const p of o.preferences ?? []) await create(ctx, ctx.entities.get('preference'), { customerId: customer.id, topic: p.topic, value: p.value, learnedAt: at, learnedFrom: point.name })
  return answer(row.id as string, false)
}
