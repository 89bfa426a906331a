import { registerTimeline } from '@quancheng/customers'
import type { Runtime } from '@quancheng/kernel'

/** What the customer was told, on its time line (CU-06). */
export const noticesOnTimeline = (runtime: Runtime): void => registerTimeline(runtime, { entity: 'customerNotice', kind: 'notice', title: ['event', 'text'], channel: 'channel', state: 'state' })
