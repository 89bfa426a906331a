import { elevated, fail, fenOf, lock, pick, storeChange, storeNew, yuanOf, type Ctx } from '@quancheng/kernel'
import { todayOf } from './today.ts'

interface PromotionRow { id: string; budget: string; per_use: string; spent: string; settled: string; uses: number; starts_on: string; ends_on: string; off: boolean | null }
const promotionOf = async (ctx: Ctx, id: string): Promise<PromotionRow> => (await ctx.query<PromotionRow & Record<string, unknown>>('select id, budget::text, per_use::text, coalesce(spent, 0)::text as spent, coalesce(settled, 0)::text as settled, coalesce(uses, 0) as uses, starts_on::text, ends_on::text, off from promotion where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id]))[0] ?? fail('NOT_FOUND', { id })
const count = (ctx: Ctx, id: string, values: Record<string, unknown>, act: string): Promise<unknown> => storeChange(elevated(ctx, '促销'), ctx.entities.get('promotion'), id, values, { act })
const use = (ctx: Ctx, id: string, values: Record<string, unknown>, act: string): Promise<unknown> => storeChange(elevated(ctx, '促销'), ctx.entities.get('promotionUse'), id, values, { act })

/** One use, if the budget still holds it. The promotion's row is locked: of two at once on the last one, the second is refused. */
export async function usePromotion(ctx: Ctx, id: string, o: { customerId: string; voucher: string | null }): Promise<{ id: string; left: string }> {
  await lock(ctx, ctx.entities.get('promotion'), id, 'use')
  await lock(ctx, ctx.entities.get('customer'), o.customerId, 'read', { forUpdate: false })
  const p = await promotionOf(ctx, id), today = todayOf(ctx)
  if (p.off) fail('PROMOTION_STOPPED')
  if (today < p.starts_on || today > p.ends_on) fail('PROMOTION_DAYS', { from: p.starts_on, to: p.ends_on })
  const after = fenOf(p.spent) + fenOf(p.per_use)
  if (after > fenOf(p.budget)) fail('PROMOTION_OVER', { budget: p.budget, spent: p.spent, amount: p.per_use })
  if (o.voucher && (await ctx.query('select 1 from promotion_use where tenant_id = $1 and promotion_id = $2 and voucher = $3', [ctx.tenant.id, id, o.voucher])).length) fail('PROMOTION_VOUCHER', { voucher: o.voucher })
  const made = await storeNew(elevated(ctx, '促销'), ctx.entities.get('promotionUse'), { promotionId: id, customerId: o.customerId, usedAt: ctx.now(), amount: p.per_use, voucher: o.voucher, state: 'used' })
  await count(ctx, id, { uses: p.uses + 1, spent: yuanOf(after) }, 'use')
  return { id: made.id as string, left: yuanOf(fenOf(p.budget) - after) }
}

/** All uses until now that nobody disputes are settled: how many, and how much. */
export async function settlePromotion(ctx: Ctx, id: string): Promise<{ count: number; amount: string }> {
  await lock(ctx, ctx.entities.get('promotion'), id, 'settle')
  const p = await promotionOf(ctx, id)
  const open = await ctx.query<{ id: string; amount: string }>("select id, amount::text from promotion_use where tenant_id = $1 and promotion_id = $2 and state = 'used' order by used_at, id for update", [ctx.tenant.id, id])
  for (const u of open) await use(ctx, u.id, { state: 'settled', settledAt: ctx.now() }, 'settle')
  const amount = open.reduce((sum, u) => sum + fenOf(u.amount), 0n)
  if (open.length) await count(ctx, id, { settled: yuanOf(fenOf(p.settled) + amount) }, 'settle')
  return { count: open.length, amount: yuanOf(amount) }
}

/** A dispute holds one use back; decided, it is to be settled after all, or it is not, and its money is free again. */
export async function judgeUse(ctx: Ctx, id: string, to: 'disputed' | 'used' | 'rejected', reason: string): Promise<void> {
  const found = await lock(ctx, ctx.entities.get('promotionUse'), id, 'read'), u = found.row as { state: string; promotionId: string; amount: string }
  await lock(ctx, ctx.entities.get('promotion'), u.promotionId, 'settle')
  const from = to === 'disputed' ? 'used' : 'disputed'
  if (u.state !== from) fail('PROMOTION_STATE', { state: pick(ctx.entities.get('promotionUse').fields.get('state')!.options!.find(o => o.value === u.state)!.label, ctx.locale), act: to === 'disputed' ? '提出争议' : '处理争议' })
  await use(ctx, id, { state: to, reason }, to === 'disputed' ? 'dispute' : 'judge')
  if (to !== 'rejected') return
  const p = await promotionOf(ctx, u.promotionId)
  await count(ctx, u.promotionId, { uses: p.uses - 1, spent: yuanOf(fenOf(p.spent) - fenOf(u.amount)) }, 'judge')
}
