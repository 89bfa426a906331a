import { defineModule, schedule, type Ctx, type OutboxEvent } from '@quancheng/kernel'
import { registerStill } from '@quancheng/notices'
import { registerDispatch } from '@quancheng/process'
import { onStage } from '@quancheng/service'
import './rules/errors.ts'
import { dispatchAssign, dispatchBoard, dispatchSuggest } from './actions/dispatch.ts'
import { publicActions } from './actions/public.ts'
import { staffActions } from './actions/staff.ts'
import * as entities from './entities/index.ts'
import { JOB_MISSED, JOB_REMIND, missedJob } from './store/book.ts'
import { againJob, dispatcher, JOB_AGAIN, lookAgain } from './store/give.ts'
import { anyAutomatic } from './store/known.ts'
import { remindJob, stillBooked } from './store/tell.ts'
import { bookingsOnTimeline } from './timeline.ts'

/** Somebody knows more, takes on more, or is there again; or work is given out by itself from now on: what waits is looked at. */
const freshHands = ['personSkill.*', 'workProfile.*', 'absence.*', 'dispatchRule.*'].map(event => ({
  name: `dispatch.${event.split('.')[0]!}`, event, comesDown: true as const,
  run: async (ctx: Ctx, _: OutboxEvent) => { if (await anyAutomatic(ctx)) await schedule(ctx, { kind: JOB_AGAIN, key: 'all', dueAt: ctx.now(), payload: {} }) },
}))

/** 派工与服务资源: who gets which work and why (CE-04), and what a customer can book (CE-05). */
export const dispatch = defineModule({
  name: 'dispatch',
  label: ['派工与预约', 'Dispatch and bookings'],
  acts: { 'booking.arrive': ['到店', 'Arrived'] },
  entities: Object.values(entities),
  actions: [dispatchBoard, dispatchSuggest, dispatchAssign, ...staffActions, ...publicActions],
  permissions: [{ code: 'booking:create', label: ['登记、更改、取消预约', 'Make and change bookings'], scoped: true }, { code: 'booking:arrive', label: ['预约到店', 'Booked customer arrived'], scoped: true }],
  listeners: freshHands,
  jobs: { [JOB_AGAIN]: againJob, [JOB_MISSED]: missedJob, [JOB_REMIND]: remindJob },
  start: runtime => { bookingsOnTimeline(runtime); registerDispatch(runtime, dispatcher); onStage(runtime, lookAgain); registerStill(runtime, ['booked', 'bookingSoon'], stillBooked) },
})
export default dispatch

export * from './entities/index.ts'
export { watchBooking } from './store/book.ts'
export { registerHeld, type Held, type HeldQuery, type HeldSource } from './store/held.ts'
