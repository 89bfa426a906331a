import type { Runtime } from '@quancheng/kernel'
import { registerCustomerFigure, registerExposure, registerPaymentRecord, registerTimeline } from '@quancheng/customers'
import { openFor } from './store/credit.ts'

/** What a customer's page shows of contracts, orders and money, and what counts against the credit limit. */
export function registerOnCustomers(runtime: Runtime): void {
  registerTimeline(runtime, { entity: 'contract', kind: 'deal', at: 'signedOn', title: ['number', 'title'], who: 'ownerId', amount: 'amount', state: 'state' })
  registerTimeline(runtime, { entity: 'salesOrder', kind: 'deal', at: 'orderedOn', title: ['number'], who: 'ownerId', amount: 'amount', channel: 'channel', state: 'state' })
  registerTimeline(runtime, { entity: 'receipt', kind: 'money', at: 'receivedOn', title: ['number', 'note'], who: 'ownerId', amount: 'amount', channel: 'method' })
  registerCustomerFigure(runtime, { key: 'contractsInForce', label: ['履行中合同', 'In force'], entity: 'contract', measure: 'count', filter: () => ({ state: 'active' }), order: 40 })
  registerCustomerFigure(runtime, { key: 'openOrders', label: ['未完成订单', 'Open orders'], entity: 'salesOrder', measure: 'sum:amount', unit: 'money', filter: () => ({ state: { in: ['confirmed', 'delivering'] } }), rollUp: true, order: 41 })
  registerCustomerFigure(runtime, { key: 'received', label: ['累计收款', 'Received'], entity: 'receipt', measure: 'sum:amount', unit: 'money', rollUp: true, worth: true, order: 42 })
  registerExposure(runtime, { key: 'contracts', label: ['未收款与已确认订单', 'Open sums'], open: openFor })
  registerPaymentRecord(runtime, { key: 'instalments', rows: (ctx, ids) => ctx.query('select due_on::text as "dueOn", settled_on::text as "settledOn", amount::text, received::text from instalment where tenant_id = $1 and customer_id = any($2) order by due_on', [ctx.tenant.id, ids]) })
}
