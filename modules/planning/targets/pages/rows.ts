import { listHref, type Filter } from '@quancheng/ui'
import type { Target } from './tree.ts'

/** The rows that a target is counted from. */
export function rowsOf(t: Target): string {
  const whose = (prefix = ''): Filter => (t.userId ? { [`${prefix}ownerId`]: t.userId } : { [`${prefix}unitId`]: { below: t.unitId } }), days = { gte: t.from, lte: t.to }, times = { gte: `${t.from}T00:00:00+08:00`, lte: `${t.to}T23:59:59+08:00` }
  if (t.measure === 'signed') return listHref('contracts', { signedOn: days, ...whose(), ...(t.productId ? { 'opportunityId.productId': t.productId } : {}) })
  if (t.measure === 'received') return listHref('receipts', { receivedOn: days, ...whose() })
  if (t.measure === 'orders') return listHref('order-lines', { orderedOn: days, 'orderId.state': { in: ['confirmed', 'delivering', 'done'] }, ...whose('orderId.'), ...(t.productId ? { productId: t.productId } : {}) })
  if (t.measure === 'newCustomers') return listHref('customers', { createdAt: times, ...whose() })
  return listHref('engagements', { kind: 'visit', state: 'done', at: times, ...whose() })
}
