import { defineModule } from '@quancheng/kernel'
import './rules/errors.ts'
import { coverage } from './actions/coverage.ts'
import { head } from './actions/head.ts'
import { dismissDouble, doubles, known, mergeCustomers, unmergeCustomers } from './actions/merge.ts'
import { exportPerson } from './actions/person.ts'
import { statistics } from './actions/statistics.ts'
import { timeline } from './actions/timeline.ts'
import { tree } from './actions/tree.ts'
import * as entities from './entities/index.ts'
import { eraseMerged } from './store/erase-merged.ts'
import { registerOwn } from './timeline/own.ts'

/*
 * What other modules use (see the docstrings at the definitions; signatures are kept stable):
 *
 * In `start(runtime)`:
 *   registerTimeline(runtime, { entity: 'salesOrder', kind: 'deal', at: 'orderedOn', title: ['number'], who: 'ownerId', amount: 'amount', channel: 'channel', state: 'state' })
 *     – the module's events on the customer's time line (CU-06): names of the entity's own fields; rights and masks are applied for you
 *   registerCustomerFigure(runtime, { key: 'openOrders', label: ['未完成订单', 'Open orders'], entity: 'salesOrder', measure: 'sum:amount', filter: () => ({ state: { in: […] } }), rollUp: true })
 *     – a figure at the head of the page that opens its rows; `rollUp`: summed up the tree of companies too (CU-05)
 *   registerExposure(runtime, { key, label, open: async (ctx, customerIds) => '95000.00' }), registerPaymentRecord(runtime, { key, rows })
 *     – what a customer owes, and how it paid (CU-08)
 * In an act: creditCheck(ctx, customerId, amount, { forUpdate: true }) → { limit, open, over }; hasConsent(ctx, customerId, 'marketing', 'sms'), consenting(ctx, ids, …);
 *   preferencesOf(ctx, customerId); subtreeIds(ctx, id), belowCustomer(ctx, 't.customer_id', id) as an SQL condition; survivorOf(ctx, id); merge/unmerge(ctx, …)
 * In a module's `web.ts`: registerPanel('customer.main' | 'customer.side', { lazy, permission }) – blocks of the customer's page, which get { row }
 */

/** Customers, the people there, what they own, and the models and lines that these things are of. */
export const customers = defineModule({
  name: 'customers',
  label: ['客户', 'Customers'],
  entities: Object.values(entities),
  actions: [coverage, head, timeline, tree, doubles, known, mergeCustomers, unmergeCustomers, dismissDouble, exportPerson, statistics],
  acts: { merge: ['合并', 'Merge'], mergedInto: ['并入', 'Merged into another'], unmerge: ['撤销合并', 'Merge undone'], 'customer.exportPerson': ['导出个人信息', 'Personal data exported'] },
  permissions: [{ code: 'customer:merge', label: ['合并客户', 'Merge customers'], scoped: true }, { code: 'customer:exportPerson', label: ['导出一个人的全部信息', 'Export a person’s data'], scoped: true }],
  start: registerOwn,
  // who is erased is erased with all the records that were merged into this one
  listeners: [{ name: 'customers.erase', event: 'customer.erase', run: (ctx, e) => eraseMerged(ctx, e.recordId) }],
})
export default customers

export * from './entities/index.ts'
export { lastWarrantyDay, longestWarranty, warrantyOn, type WarrantyState } from './rules/warranty.ts'
export { coverageOf, type Coverage } from './actions/coverage.ts'
export { ACCOUNT_TYPES } from './entities/customer.ts'
export { registerCustomerFigure, registerExposure, registerPaymentRecord, registerTimeline, type CustomerFigure, type Exposure, type PaymentRecord, type TimelineKind, type TimelineSource } from './timeline/registry.ts'
export { byPhone, identityOf, type Identity } from './timeline/identity.ts'
export { hasConsent, consenting } from './store/consent.ts'
export { creditCheck, openAmount, standing } from './store/credit.ts'
export { merge, unmerge, type MergeInput, type Unmerged } from './store/merge.ts'
export { survivorOf } from './store/merged.ts'
export { preferencesOf, type CustomerPreference } from './store/preferences.ts'
export { belowCustomer, subtreeIds } from './store/tree.ts'
export { overCredit, standingOf, type CreditAnswer, type Due, type Grade, type Standing } from './rules/credit.ts'
