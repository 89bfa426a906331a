import { registerTimeline } from '@quancheng/customers'
import type { Runtime } from '@quancheng/kernel'

/** Quotes on the customer's time line (CU-06). */
export function quotesOnTimeline(runtime: Runtime): void {
  registerTimeline(runtime, { entity: 'quote', kind: 'deal', title: ['number', 'title'], who: 'ownerId', amount: 'amount', state: 'state' })
}
