import { listHref, type Filter } from '@quancheng/ui'

export type Target = { id: string, parentId: string | null, period: string, measure: string, unitId: string, unit: string, userId: string | null, person: string | null, productId: string | null, product: string | null, amount: string, done: string, percent: number, elapsed: number, light: 'green' | 'yellow' | 'red', from: string, to: string, overPeriods: string | null, overPeople: string | null }
export type Shown = Target & { depth: number }

/** Wholes with their parts under them; a part whose whole is not seen stands at the top. */
export function inTree(items: readonly Target[]): Shown[] {
  const known = new Set(items.map(t => t.id)), under = Map.groupBy(items, t => (t.parentId && known.has(t.parentId) ? t.parentId : ''))
  const walk = (id: string, depth: number): Shown[] => (under.get(id) ?? []).flatMap(t => [{ ...t, depth }, ...walk(t.id, depth + 1)])
  return walk('', 0)
}

/** The rows that a target is counted from. */
export function rowsOf(t: Target): string {
  const whose = (prefix = ''): Filter => (t.userId ? { [`${prefix}ownerId`]: t.userId } : { [`${prefix}unitId`]: { below: t.unitId } }), days = { gte: t.from, lte: t.to }, times = { gte: `${t.from}T00:00:00+08:00`, lte: `${t.to}T23:59:59+08:00` }
  if (t.measure === 'signed') return listHref('contracts', { signedOn: days, ...whose(), ...(t.productId ? { 'opportunityId.productId': t.productId } : {}) })
  if (t.measure === 'received') return listHref('receipts', { receivedOn: days, ...whose() })
  if (t.measure === 'orders') return listHref('order-lines', { orderedOn: days, 'orderId.state': { in: ['confirmed', 'delivering', 'done'] }, ...whose('orderId.'), ...(t.productId ? { productId: t.productId } : {}) })
  if (t.measure === 'newCustomers') return listHref('customers', { createdAt: times, ...whose() })
  return listHref('engagements', { kind: 'visit', state: 'done', at: times, ...whose() })
}
export const isMoney = (measure: string): boolean => measure === 'signed' || measure === 'received'
