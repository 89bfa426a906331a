import { registerCustomerFigure, registerTimeline } from '@quancheng/customers'
import type { Runtime } from '@quancheng/kernel'

/** What the customer said, on its page (CU-06). */
export function voiceOnTimeline(runtime: Runtime): void {
  registerTimeline(runtime, { entity: 'complaint', kind: 'complaint', at: 'receivedAt', title: ['number', 'words'], who: 'ownerId', channel: 'channel', state: 'stage', phone: 'phone' })
  registerTimeline(runtime, { entity: 'feedback', kind: 'complaint', at: 'receivedAt', title: ['number', 'words'], who: 'ownerId', channel: 'source', state: 'stage', phone: 'phone' })
  registerTimeline(runtime, { entity: 'counterRating', kind: 'complaint', at: 'ratedAt', title: ['score', 'words'], who: 'personId' })
  registerCustomerFigure(runtime, { key: 'openComplaints', label: ['未结投诉', 'Open complaints'], entity: 'complaint', filter: () => ({ endedAt: { isNull: true } }), alert: true, order: 40 })
}
