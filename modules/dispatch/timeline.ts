import { registerTimeline } from '@quancheng/customers'
import type { Runtime } from '@quancheng/kernel'

/** Bookings on the customer's time line (CU-06). */
export const bookingsOnTimeline = (runtime: Runtime): void => registerTimeline(runtime, { entity: 'booking', kind: 'service', title: ['number', 'service', 'faultDescription'], state: 'state', channel: { text: ['预约', 'Booking'] }, phone: 'phone' })
