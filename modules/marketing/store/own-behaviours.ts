import type { Runtime } from '@quancheng/kernel'
import { sql } from 'kysely'
import { registerBehaviour } from './behaviours.ts'

const confirmed = (_ctx: unknown, t: string) => sql<boolean>`${sql.ref(`${t}.state`)} in ('confirmed', 'delivering', 'done')`
const done = (_ctx: unknown, t: string) => sql<boolean>`${sql.ref(`${t}.state`)} = 'done'`

/** What every installation can ask about; other modules add theirs. */
export function ownBehaviours(runtime: Runtime): void {
  const times = ['次', 'times'] as const, days = ['天', 'days'] as const
  registerBehaviour(runtime, { name: 'repairs', label: ['维修', 'Repairs'], entity: 'serviceRequest', measure: 'count', at: 'started_at', unit: times })
  registerBehaviour(runtime, { name: 'repairedDaysAgo', label: ['距上次送修', 'Days since the last repair'], entity: 'serviceRequest', measure: 'lastDays', at: 'started_at', unit: days })
  registerBehaviour(runtime, { name: 'orders', label: ['订单', 'Orders'], entity: 'salesOrder', measure: 'count', at: 'ordered_on', unit: times, where: confirmed })
  registerBehaviour(runtime, { name: 'orderAmount', label: ['订单金额', 'Amount of orders'], entity: 'salesOrder', measure: 'sum', amount: 'amount', at: 'ordered_on', unit: ['元', 'yuan'], where: confirmed })
  registerBehaviour(runtime, { name: 'orderedDaysAgo', label: ['距上次下单', 'Days since the last order'], entity: 'salesOrder', measure: 'lastDays', at: 'ordered_on', unit: days, where: confirmed })
  registerBehaviour(runtime, { name: 'bought', label: ['购买明细', 'Things bought'], entity: 'orderLine', measure: 'count', at: 'ordered_on', text: 'item', unit: times, where: (_ctx, t) => sql<boolean>`exists (select 1 from sales_order so where so.tenant_id = ${sql.ref(`${t}.tenant_id`)} and so.id = ${sql.ref(`${t}.order_id`)} and so.state in ('confirmed', 'delivering', 'done'))` })
  registerBehaviour(runtime, { name: 'visits', label: ['拜访', 'Visits'], entity: 'customerVisit', measure: 'count', at: 'visited_at', unit: times, where: done })
  registerBehaviour(runtime, { name: 'contacts', label: ['联系（行动记录）', 'Contacts'], entity: 'engagement', measure: 'count', at: 'at', unit: times, where: done })
  registerBehaviour(runtime, { name: 'contactedDaysAgo', label: ['距上次联系', 'Days since the last contact'], entity: 'engagement', measure: 'lastDays', at: 'at', unit: days, where: done })
}
