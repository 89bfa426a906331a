import { defineAction, create, elevated, fail, lock, read, storeNew, visible } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { askCredit, cancelOrder, confirmOrder, deliverOrder } from '../store/orders.ts'
import { fixedLines, type LastPrice } from '../store/order-terms.ts'

const ID = z.object({ id: z.uuid() }), DAY = z.iso.date(), at = (verb: string): string => `/api/sales-orders/:id/${verb}`
const QUANTITY = z.string().regex(/^\d{1,12}(\.\d{1,3})?$/, '数量应为数字，最多三位小数')

export const orderActions = [
  defineAction({ name: 'orderFromContract', label: ['按合同下单', 'Order from a contract'], method: 'POST', path: '/api/contracts/:id/order', permission: 'salesOrder:create', status: 201, input: z.object({ id: z.uuid(), withLines: z.boolean().optional() }),
    async run(ctx, { id, withLines }) {
      const { row } = await lock(ctx, ctx.entities.get('contract'), id, 'read', { forUpdate: false })
      if (row.state !== 'active') fail('ORDER_CONTRACT', { number: row.number, state: ctx.entities.get('contract').fields.get('state')?.options?.find(o => o.value === row.state)?.label[0] ?? row.state })
      const made = await create(ctx, ctx.entities.get('salesOrder'), { contractId: id, customerId: row.customerId, opportunityId: row.opportunityId, quoteId: row.quoteId, unitId: row.unitId, ownerId: row.ownerId, orderedOn: undefined })
      if (withLines) for (const [i, l] of (await fixedLines(ctx, id)).entries()) if (l.quantity) await storeNew(elevated(ctx, '按合同下单'), ctx.entities.get('orderLine'), { orderId: made.id, position: i + 1, productId: l.productId, item: l.item, quantity: l.quantity, unitPrice: l.unitPrice, listPrice: l.unitPrice })
      return { id: made.id, number: made.number }
    } }),
  defineAction({ name: 'confirmOrder', label: ['确认订单', 'Confirm'], method: 'POST', path: at('confirm'), permission: 'salesOrder:update', input: ID, run: (ctx, { id }) => confirmOrder(ctx, id) }),
  defineAction({ name: 'askOrderCredit', label: ['超信用送审', 'Ask for credit'], method: 'POST', path: at('ask-credit'), permission: 'salesOrder:update', input: ID, run: (ctx, { id }) => askCredit(ctx, id) }),
  defineAction({ name: 'cancelOrder', label: ['取消订单', 'Cancel'], method: 'POST', path: at('cancel'), permission: 'salesOrder:update', input: z.object({ id: z.uuid(), reason: z.string().trim().min(2, '请写明原因，至少 2 个字').max(500, '原因最多 500 个字') }), run: (ctx, { id, reason }) => cancelOrder(ctx, id, reason) }),
  defineAction({ name: 'deliverOrder', label: ['交付', 'Deliver'], method: 'POST', path: at('deliver'), permission: 'salesOrder:update', status: 201, input: z.object({ id: z.uuid(), deliveredOn: DAY.optional(), note: z.string().max(200).optional(), lines: z.array(z.object({ orderLineId: z.uuid(), quantity: QUANTITY })).max(500).optional() }), run: (ctx, { id, ...o }) => deliverOrder(ctx, id, o) }),
  defineAction({ name: 'orderPrices', label: ['最近的价格', 'Last prices'], method: 'GET', path: at('prices'), permission: 'salesOrder:read', readOnly: true, input: z.object({ id: z.uuid(), productId: z.uuid().optional(), item: z.string().max(100).optional() }),
    async run(ctx, { id, productId, item }) {
      const order = await read(ctx, ctx.entities.get('salesOrder'), id), seen = visible(ctx, ctx.entities.get('orderLine'), 't', 'read') ?? fail('FORBIDDEN', { permission: 'orderLine:read' })
      const { rows } = await sql<LastPrice>`select t.unit_price::text as "unitPrice", t.quantity::text, t.ordered_on::text as "orderedOn", o.number, k.name as customer, (t.customer_id = ${order.customerId}) as mine from order_line t
        join sales_order o on o.tenant_id = t.tenant_id and o.id = t.order_id join customer k on k.tenant_id = t.tenant_id and k.id = t.customer_id
        where ${seen} and o.state in ('confirmed', 'delivering', 'done') and o.id <> ${id} and ((${productId ?? null}::uuid is not null and t.product_id = ${productId ?? null}::uuid) or (${productId ?? null}::uuid is null and t.item = ${item ?? ''}))
        order by (t.customer_id = ${order.customerId}) desc, t.ordered_on desc, t.id desc limit 5`.execute(ctx.db)
      const fixed = order.contractId ? (await fixedLines(ctx, String(order.contractId))).find(l => (productId ? l.productId === productId : l.item === item)) ?? null : null
      return { items: rows, contract: fixed }
    } }),
]
