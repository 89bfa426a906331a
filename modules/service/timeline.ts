import { registerCustomerFigure, registerTimeline } from '@quancheng/customers'
import type { Runtime } from '@quancheng/kernel'
import { ENDED } from './store/stages.ts'

/** What the customer's page shows of service (CU-06). A request of nobody counts by its telephone (TP-05). */
export function serviceOnTimeline(runtime: Runtime): void {
  registerTimeline(runtime, { entity: 'serviceRequest', kind: 'service', at: 'startedAt', title: ['number', 'model', 'faultDescription'], who: 'ownerId', amount: 'quotedAmount', channel: 'source', state: 'stage', phone: 'phone' })
  registerTimeline(runtime, { entity: 'contactAttempt', kind: 'contact', title: ['note'], who: 'createdBy', channel: 'channel', opens: { field: 'requestId', entity: 'serviceRequest' } })
  registerCustomerFigure(runtime, { key: 'openRequests', label: ['在办请求', 'Open requests'], entity: 'serviceRequest', filter: () => ({ stage: { nin: [...ENDED] } }), rollUp: true, order: 30 })
}
