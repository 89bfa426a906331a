import { can, elevated, fail, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import type { PriceAct } from '@quancheng/quotes'
import { groupAbove, placeIn, sets } from './group.ts'
import { today } from './run.ts'
import { subtreeIds } from './tree.ts'

/** No branch sets the price of a group alone (SA-15): only who owns the group at head office, or leads its team. A new branch agreement may still be written while there is no group agreement. */
export async function guardGroupPrices(ctx: Ctx, act: PriceAct): Promise<void> {
  const group = await groupAbove(ctx, act.customerId)
  if (!group || sets(await placeIn(ctx, group, today(ctx)))) return
  if (act.entity === 'contract' && act.changes.every(c => c.listPrice === null)) {
    const [agreed] = await ctx.query("select 1 from contract where tenant_id = $1 and customer_id = $2 and kind = 'group' and state = 'active' limit 1", [ctx.tenant.id, group.id])
    if (!agreed) return
  }
  fail('PRICE_HQ', { group: group.name })
}

interface Line { id: string; item: string; price: string; quantity: string | null; customerId: string; unitId: string }
export interface Effect { amountBefore: string; amountAfter: string; marginBefore: string | null; marginAfter: string | null }

/** What one price does to all that the group has agreed: Σ quantity × price, and the margin over the lines whose cost is known. */
export async function effectOf(ctx: Ctx, groupId: string, lineId: string, toPrice: string): Promise<Effect> {
  const [r] = await ctx.query<Effect & Record<string, unknown>>(
    `with l as (select q.quantity * q.unit_price as before, q.quantity * case when q.id = $3 then $4::numeric else q.unit_price end as after, q.quantity * p.cost as cost
       from contract_line q join contract k on k.tenant_id = q.tenant_id and k.id = q.contract_id
       left join lateral (select p.cost from price p join price_book b on b.tenant_id = p.tenant_id and b.id = p.price_book_id where p.tenant_id = q.tenant_id and p.product_id = q.product_id and p.cost is not null and b.valid_from <= $5 order by b.standard desc nulls last, b.valid_from desc, p.from_quantity limit 1) p on true
       where q.tenant_id = $1 and k.customer_id = any($2) and k.state = 'active' and k.kind in ('branch', 'group', 'frame'))
     select round(coalesce(sum(before), 0), 2)::text as "amountBefore", round(coalesce(sum(after), 0), 2)::text as "amountAfter",
       (case when sum(before) filter (where cost is not null) > 0 then round(100 * (1 - sum(cost) / sum(before) filter (where cost is not null)), 2) end)::text as "marginBefore",
       (case when sum(after) filter (where cost is not null) > 0 then round(100 * (1 - sum(cost) / sum(after) filter (where cost is not null)), 2) end)::text as "marginAfter" from l`,
    [ctx.tenant.id, await subtreeIds(ctx, groupId), lineId, toPrice, today(ctx)])
  return r!
}

async function lineOf(ctx: Ctx, id: string): Promise<Line> {
  const [line] = await ctx.query<Line & Record<string, unknown>>(
    'select q.id, q.item, q.unit_price::text as price, q.quantity::text, k.customer_id as "customerId", k.unit_id as "unitId" from contract_line q join contract k on k.tenant_id = q.tenant_id and k.id = q.contract_id where q.tenant_id = $1 and q.id = $2', [ctx.tenant.id, id])
  return line ?? fail('NOT_FOUND', { id })
}

/** Asks head office for another price, with what it does to the group. It lands in the list of things to do of the group's owner. Errors: PRICE_NO_GROUP, PRICE_SAME. */
export async function askPrice(ctx: Ctx, o: { contractLineId: string; toPrice: string; reason: string }): Promise<Record<string, unknown>> {
  const line = await lineOf(ctx, o.contractLineId), group = await groupAbove(ctx, line.customerId)
  if (!group) return fail('PRICE_NO_GROUP')
  const toPrice = Number(o.toPrice).toFixed(2)
  if (toPrice === line.price) return fail('PRICE_SAME', { fields: [{ field: 'toPrice', message: '和现在的单价一样' }] })
  const sys = elevated(ctx, '调价申请'), effect = await effectOf(ctx, group.id, line.id, toPrice)
  const row = await storeNew(sys, ctx.entities.get('priceRequest'), { groupId: group.id, customerId: line.customerId, contractLineId: line.id, item: line.item, fromPrice: line.price, toPrice, reason: o.reason, ...effect, unitId: line.unitId, ownerId: ctx.user!.id })
  if (group.ownerId) await openTodo(ctx, { title: `调价申请：${group.name} ${line.item} ${line.price} → ${toPrice}`, details: o.reason, toId: group.ownerId, minutes: 450, unitId: null, about: { entity: 'priceRequest', recordId: row.id as string, label: String(row.number) } })
  return row
}

/** Head office's word. Agreed, and the price is changed in the same act; the line's history names the request. Errors: PRICE_HQ, PRICE_DECIDED. */
export async function decidePrice(ctx: Ctx, id: string, o: { accept: boolean; decision: string | null }): Promise<Record<string, unknown>> {
  const [r] = await ctx.query<{ groupId: string; state: string; contractLineId: string; toPrice: string; number: string }>('select group_id as "groupId", state, contract_line_id as "contractLineId", to_price::text as "toPrice", number from price_request where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id])
  if (!r) return fail('NOT_FOUND', { id })
  const group = (await groupAbove(ctx, r.groupId))!
  if (!sets(await placeIn(ctx, group, today(ctx))) && !can(ctx.access, 'priceRequest:decideAny')) return fail('PRICE_HQ', { group: group.name })
  if (r.state !== 'waiting') return fail('PRICE_DECIDED')
  const sys = elevated(ctx, `调价申请 ${r.number}`)
  if (o.accept) await storeChange(sys, ctx.entities.get('contractLine'), r.contractLineId, { unitPrice: r.toPrice }, { note: { request: r.number } })
  return storeChange(sys, ctx.entities.get('priceRequest'), id, { state: o.accept ? 'accepted' : 'declined', decidedById: ctx.user!.id, decidedAt: ctx.now(), decision: o.decision }, { act: o.accept ? 'accept' : 'decline' })
}
