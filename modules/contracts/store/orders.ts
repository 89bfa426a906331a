import { compareDecimal, elevated, fail, lock, storeChange, storeNew, sumDecimal, timesPrice, type Ctx, type Locked } from '@quancheng/kernel'
import { startFor } from '@quancheng/process'
import { orderAfter, sayOrder, type OrderAct } from '../rules/machine.ts'
import { sayState } from './contract-hooks.ts'
import { overCredit, type Credit } from './credit.ts'
import { contractBits } from './from-contract.ts'
import { sayOrderState } from './order-hooks.ts'
import { requireContractTerms, type VolumeWarning } from './order-terms.ts'
import { today } from './today.ts'

export const CREDIT_PROCESS = 'order-credit'

/** The order, held, in a state from which this may be done; ORDER_STATE otherwise. */
async function orderFor(ctx: Ctx, id: string, act: OrderAct): Promise<{ locked: Locked; to: string }> {
  const locked = await lock(ctx, ctx.entities.get('salesOrder'), id, 'update'), to = orderAfter(String(locked.row.state), act)
  return to ? { locked, to } : fail('ORDER_STATE', { state: sayOrderState(locked.row.state), act: sayOrder(act) })
}

interface Checked { credit: Credit | null; warnings: VolumeWarning[] }

/** Everything that stands against an order: lines, its contract, prices, volumes; what is over credit is told, not refused. */
async function checked(ctx: Ctx, row: Record<string, unknown>): Promise<Checked> {
  const id = String(row.id), contractId = row.contractId as string | null
  const lines = await ctx.query<{ id: string; product_id: string | null; item: string; unit_price: string; quantity: string }>('select id, product_id, item, unit_price::text, quantity::text from order_line where tenant_id = $1 and order_id = $2 order by position, id', [ctx.tenant.id, id])
  if (!lines.length) fail('ORDER_EMPTY')
  const warnings: VolumeWarning[] = []
  let planned = false
  if (contractId) {
    const contract = await contractBits(ctx, contractId)
    if (contract.state !== 'active') fail('ORDER_CONTRACT', { number: contract.number, state: sayState(contract.state) })
    for (const l of lines) { const told = await requireContractTerms(ctx, contractId, { lineId: l.id, productId: l.product_id, item: l.item, unitPrice: l.unit_price, quantity: l.quantity }); if (told) warnings.push(told) }
    planned = (await ctx.query('select 1 from instalment where tenant_id = $1 and contract_id = $2 limit 1', [ctx.tenant.id, contractId])).length > 0
  }
  return { credit: await overCredit(ctx, String(row.customerId), { amount: String(row.amount), planned }), warnings }
}

/** Confirms a draft. 409: ORDER_STATE, ORDER_EMPTY, ORDER_CONTRACT, ORDER_PRICE, ORDER_VOLUME, ORDER_CREDIT (`over`, `limit`, `open`, `amount`). */
export async function confirmOrder(ctx: Ctx, id: string): Promise<{ state: string; warnings: VolumeWarning[] }> {
  const { locked } = await orderFor(ctx, id, 'confirm')
  if (locked.row.state !== 'draft') fail('ORDER_STATE', { state: sayOrderState(locked.row.state), act: sayOrder('confirm') })
  const { credit, warnings } = await checked(ctx, locked.row)
  if (credit) fail('ORDER_CREDIT', { ...credit })
  await storeChange(ctx, ctx.entities.get('salesOrder'), id, { state: 'confirmed', overCredit: null }, { act: 'confirm', locked })
  return { state: 'confirmed', warnings }
}

/** An order over credit goes to whoever may allow it: approved it is confirmed, refused it is a draft again, with the reason. */
export async function askCredit(ctx: Ctx, id: string): Promise<{ state: string; caseId: string }> {
  const { locked } = await orderFor(ctx, id, 'ask')
  const { credit } = await checked(ctx, locked.row)
  if (!credit) return fail('ORDER_WITHIN_CREDIT')
  const entity = ctx.entities.get('salesOrder'), sys = elevated(ctx, '超信用送审')
  await storeChange(sys, entity, id, { overCredit: credit.over }, { act: 'askCredit', locked, note: { ...credit } })
  const { caseId } = await startFor(sys, CREDIT_PROCESS, 'salesOrder', id, {})
  return { state: 'approving', caseId }
}

export async function cancelOrder(ctx: Ctx, id: string, reason: string): Promise<{ state: string }> {
  const { locked, to } = await orderFor(ctx, id, 'cancel')
  await storeChange(ctx, ctx.entities.get('salesOrder'), id, { state: to }, { act: 'cancel', locked, note: { reason } })
  return { state: to }
}

export interface DeliverInput { deliveredOn?: string | undefined; note?: string | undefined; lines?: ReadonlyArray<{ orderLineId: string; quantity: string }> | undefined }

/** Books what went to the customer; without lines, everything that is still to go. DELIVERY_TOO_MUCH beyond what was ordered. */
export async function deliverOrder(ctx: Ctx, id: string, input: DeliverInput): Promise<{ id: string; number: string; state: string }> {
  const { locked, to } = await orderFor(ctx, id, 'deliver'), { row } = locked, sys = elevated(ctx, '交付')
  if (input.deliveredOn && input.deliveredOn > today(ctx)) fail('INVALID', { summary: '交付日不能在今天之后', fields: [{ field: 'deliveredOn', code: 'RANGE', message: '不能在今天之后' }] })
  const lines = await ctx.query<{ id: string; item: string; quantity: string; delivered: string; unit_price: string; rest: string }>('select id, item, quantity::text, delivered::text, unit_price::text, (quantity - delivered)::text as rest from order_line where tenant_id = $1 and order_id = $2 order by position, id for update', [ctx.tenant.id, id])
  const wanted = (input.lines ?? lines.map(l => ({ orderLineId: l.id, quantity: l.rest }))).filter(l => compareDecimal(l.quantity, '0') > 0)
  if (!wanted.length) fail('ORDER_EMPTY')
  const delivery = await storeNew(sys, ctx.entities.get('delivery'), { orderId: id, contractId: row.contractId, customerId: row.customerId, deliveredOn: input.deliveredOn ?? today(ctx), note: input.note ?? null, amount: '0.00' })
  const amounts: string[] = []
  for (const w of wanted) {
    const line = lines.find(l => l.id === w.orderLineId) ?? fail('NOT_FOUND', { id: w.orderLineId }), delivered = sumDecimal([line.delivered, w.quantity])
    if (compareDecimal(delivered, line.quantity) > 0) fail('DELIVERY_TOO_MUCH', { item: line.item, ordered: line.quantity, delivered: line.delivered, quantity: w.quantity })
    // the difference of two totals, so that many small deliveries come to exactly the line's amount
    const amount = sumDecimal([timesPrice(delivered, line.unit_price), `-${timesPrice(line.delivered, line.unit_price)}`])
    amounts.push(amount)
    await storeNew(sys, ctx.entities.get('deliveryLine'), { deliveryId: delivery.id, orderLineId: line.id, quantity: w.quantity, amount })
    await storeChange(sys, ctx.entities.get('orderLine'), line.id, { delivered }, { act: 'deliver', note: { delivery: delivery.number } })
    line.delivered = delivered
  }
  await storeChange(sys, ctx.entities.get('delivery'), delivery.id as string, { amount: sumDecimal(['0.00', ...amounts]) })
  const state = lines.every(l => compareDecimal(l.delivered, l.quantity) >= 0) ? 'done' : to
  await storeChange(ctx, ctx.entities.get('salesOrder'), id, { state }, { act: 'deliver', locked, note: { delivery: delivery.number } })
  return { id: delivery.id as string, number: delivery.number as string, state }
}
