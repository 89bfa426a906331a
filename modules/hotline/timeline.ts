import { byPhone, registerTimeline } from '@quancheng/customers'
import type { Runtime } from '@quancheng/kernel'

/** Calls on the customer's time line (CU-06, TP-05): a caller whom nobody put to a customer is known by the telephone. */
export function hotlineOnTimeline(runtime: Runtime): void {
  registerTimeline(runtime, { entity: 'phoneCall', kind: 'contact', at: 'ringAt', title: ['direction', 'note'], who: 'userId', channel: { text: ['电话', 'Telephone'] }, state: 'state', phone: 'phone' })
  registerTimeline(runtime, { entity: 'hotlineTicket', kind: 'service', at: 'calledAt', title: ['hotlineId', 'faultDescription'], who: 'decidedById', state: 'state', channel: { text: ['热线', 'Hotline'] }, customer: (ctx, identity, t) => byPhone(ctx, identity, `${t}.phone`, `${t}.called_at`) })
}
