import { compareDecimal, elevated, fail, storeChange, sumDecimal, type Change, type Ctx } from '@quancheng/kernel'
import { guardPrices } from '@quancheng/quotes'
import { keepInBlock } from '@quancheng/sales'
import { ORDER_STATES } from '../rules/choices.ts'
import { orderMay } from '../rules/machine.ts'
import { lineAmountOf } from './most.ts'
import { contractBits } from './from-contract.ts'
import { requireContractTerms } from './order-terms.ts'
import { dayText, today } from './today.ts'

export const sayOrderState = (state: unknown): string => ORDER_STATES[state as keyof typeof ORDER_STATES]?.[0] ?? String(state)
const FIXED = ['customerId', 'contractId', 'orderedOn', 'channel', 'unitId']

export async function orderBefore(ctx: Ctx, c: Change): Promise<void> {
  const { draft: d, before: was } = c
  if (c.act === 'remove') return was!.state === 'draft' || ctx.access.system ? undefined : fail('ORDER_STATE', { state: sayOrderState(was!.state), act: '删除' })
  if (c.act === 'update') await keepInBlock(ctx, 'salesOrder', c)
  if (c.act === 'create') {
    if (d.contractId) { const k = await contractBits(ctx, String(d.contractId)); d.customerId ??= k.customer_id; d.unitId ??= k.unit_id; d.ownerId ??= k.owner_id }
    d.unitId ??= ctx.user?.unitId ?? null
    d.ownerId ??= ctx.user?.id ?? null
    d.orderedOn ??= today(ctx)
  }
  if (was && d.state !== undefined && !orderMay(String(was.state), String(d.state))) fail('ORDER_STATE', { state: sayOrderState(was.state), act: `变为“${sayOrderState(d.state)}”` })
  if (was && was.state !== 'draft' && !ctx.access.system) for (const name of FIXED) if (d[name] !== undefined && (dayText(d[name]) ?? d[name] ?? null) !== (dayText(was[name]) ?? was[name] ?? null)) fail('ORDER_STATE', { state: sayOrderState(was.state), act: '修改' })
  const now = { ...was, ...d }
  if (now.contractId && (d.contractId !== undefined || d.customerId !== undefined) && (await contractBits(ctx, String(now.contractId))).customer_id !== now.customerId) fail('ORDER_CUSTOMER')
  if (was?.state === 'approving' && d.state === 'draft') d.refusal = await refusalOf(ctx, c.id)
  if (d.state === 'confirmed') d.refusal = null
}

/** What the one who refused wrote. */
async function refusalOf(ctx: Ctx, id: string): Promise<string | null> {
  const [row] = await ctx.query<{ comment: string }>("select s.data->>'comment' as comment from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and i.entity = 'salesOrder' and i.record_id = $2 and coalesce(s.data->>'comment', '') <> '' order by i.started_at desc, s.finished_at desc nulls last, s.seq desc limit 1", [ctx.tenant.id, id])
  return row?.comment.slice(0, 1000) ?? null
}

/** What lines repeat of their order follows it while it is a draft. */
export async function orderAfter(ctx: Ctx, c: Change): Promise<void> {
  if (c.act !== 'update' || (c.before!.customerId === c.row!.customerId && dayText(c.before!.orderedOn) === dayText(c.row!.orderedOn))) return
  for (const { id } of await ctx.query<{ id: string }>('select id from order_line where tenant_id = $1 and order_id = $2', [ctx.tenant.id, c.id])) await storeChange(elevated(ctx, '订单改了客户或日期'), ctx.entities.get('orderLine'), id, { customerId: c.row!.customerId, orderedOn: dayText(c.row!.orderedOn) })
}

const orderOf = (c: Change): string => String(c.draft.orderId ?? c.before?.orderId)

export async function orderLineBefore(ctx: Ctx, c: Change): Promise<void> {
  const { draft: d, before: was } = c
  const [order] = await ctx.query<{ state: string; customer_id: string; unit_id: string; contract_id: string | null; ordered_on: string }>('select state, customer_id, unit_id, contract_id, ordered_on::text from sales_order where tenant_id = $1 and id = $2', [ctx.tenant.id, orderOf(c)])
  if (order && order.state !== 'draft' && !ctx.access.system) fail('ORDER_STATE', { state: sayOrderState(order.state), act: '改明细' })
  if (c.act === 'remove' || !order) return
  const now = { ...was, ...d }
  if (!now.item && now.productId) now.item = d.item = (await ctx.query<{ name: string }>('select name from product where tenant_id = $1 and id = $2', [ctx.tenant.id, now.productId]))[0]?.name
  if (c.act === 'create') { d.customerId = order.customer_id; d.orderedOn = order.ordered_on }
  if (now.quantity === undefined || now.quantity === null || !now.unitPrice || !now.item) return
  if (compareDecimal(String(now.quantity), '0') <= 0) fail('INVALID', { summary: '数量应大于 0', fields: [{ field: 'quantity', code: 'RANGE', message: '应大于 0' }] })
  d.amount = lineAmountOf(String(now.quantity), String(now.unitPrice))
  const wants = d.unitPrice !== undefined || d.quantity !== undefined || d.productId !== undefined || d.item !== undefined
  // what is not bound by a contract is bound by whoever sets prices for the group (SA-15)
  if (!order.contract_id && wants && now.listPrice && compareDecimal(String(now.listPrice), String(now.unitPrice)) !== 0) await guardPrices(ctx, { entity: 'salesOrder', recordId: orderOf(c), customerId: order.customer_id, unitId: order.unit_id, discount: '0', changes: [{ productId: (now.productId as string | null | undefined) ?? null, item: String(now.item), quantity: String(now.quantity), listPrice: String(now.listPrice), unitPrice: String(now.unitPrice), discount: '0' }] })
  if (order.contract_id && wants) await requireContractTerms(ctx, order.contract_id, { lineId: c.id, productId: (now.productId as string | null | undefined) ?? null, item: String(now.item), unitPrice: String(now.unitPrice), quantity: String(now.quantity) })
}

export async function orderLineAfter(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'update' && String(c.before!.amount) === String(c.row!.amount)) return
  const id = orderOf(c)
  const rows = await ctx.query<{ amount: string }>('select amount::text from order_line where tenant_id = $1 and order_id = $2', [ctx.tenant.id, id])
  const [order] = await ctx.query('select 1 from sales_order where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  if (order) await storeChange(elevated(ctx, '订单明细合计'), ctx.entities.get('salesOrder'), id, { amount: sumDecimal(['0.00', ...rows.map(r => r.amount)]) })
}
