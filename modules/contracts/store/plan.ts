import { compareDecimal, elevated, fail, lock, remove, storeNew, sumDecimal, type Ctx } from '@quancheng/kernel'
import { planOf, sumOfPercent, type TermOfPayment } from '../rules/plan.ts'
import { dayText, today } from './today.ts'

/** Makes the instalments of a contract from its payment terms, in place of those that are there; refused once money has come in. */
export async function planContract(ctx: Ctx, id: string, o: { terms: readonly TermOfPayment[]; deliveryOn?: string | undefined }): Promise<{ items: Array<{ id: string; label: string; dueOn: string; amount: string }> }> {
  const { row } = await lock(ctx, ctx.entities.get('contract'), id, 'update'), sys = elevated(ctx, '生成收款计划')
  const sum = sumOfPercent(o.terms)
  if (compareDecimal(sum, '100') !== 0) fail('PLAN_PERCENT', { sum })
  const there = await ctx.query<{ id: string; received: string }>('select id, received::text from instalment where tenant_id = $1 and contract_id = $2', [ctx.tenant.id, id])
  if (there.some(i => compareDecimal(i.received, '0') > 0)) fail('PLAN_PAID')
  for (const i of there) await remove(sys, ctx.entities.get('instalment'), i.id)
  const sign = dayText(row.signedOn) ?? dayText(row.validFrom) ?? today(ctx), items = []
  for (const p of planOf(sumDecimal([String(row.amount), String(row.changed ?? '0')]), o.terms, { sign, delivery: o.deliveryOn ?? dayText(row.validUntil) ?? sign })) {
    const made = await storeNew(sys, ctx.entities.get('instalment'), { contractId: id, ...p })
    items.push({ id: made.id as string, ...p })
  }
  return { items }
}
