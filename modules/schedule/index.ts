import { registerHeld } from '@quancheng/dispatch'
import { defineModule } from '@quancheng/kernel'
import './rules/errors.ts'
import { calendarActions } from './actions/calendars.ts'
import { eventActions } from './actions/events.ts'
import * as entities from './entities/index.ts'
import { feedRoute } from './http/feed.ts'
import { heldByEvents } from './store/held.ts'
import { away, bookings, tasksDue } from './store/own-sources.ts'
import { registerAgenda, registerBusy } from './store/sources.ts'
import { JOB_REMIND, remindJob } from './store/tell.ts'

/*
 * For other modules, from their `start: runtime => …` (add '@quancheng/schedule' to your package.json):
 *
 *   registerAgenda(runtime, { name: 'sales.next', label: ['下次跟进', 'Next action'],
 *     items: async (ctx, { personIds, from, to }) => [{ id, personId, title, from: nextAt, href: `/e/engagements/${id}` }] })
 *   registerBusy(runtime, { name: 'parts.count', busy: async (ctx, { personIds, resourceIds, from, to }) => [{ personId, from, to, what: '盘点' }] })
 *
 * An agenda item only shows; a busy time makes its person (or resource) taken. Types: AgendaSource, AgendaItem, BusySource, Busy in store/sources.ts.
 */

/** 日程: calendars of people, teams and things; who is free; the feed that calendar programs subscribe to. */
export const scheduleModule = defineModule({
  name: 'schedule',
  label: ['日程', 'Schedule'],
  entities: Object.values(entities),
  actions: [...calendarActions, ...eventActions],
  permissions: [
    { code: 'user:busy', label: ['查看忙闲与公开的日程', 'See busy times and public events'], scoped: true },
    { code: 'unit:agenda', label: ['查看团队日历', 'Read team calendars'], scoped: true },
    { code: 'unit:plan', label: ['安排团队日历', 'Plan team calendars'], scoped: true },
  ],
  jobs: { [JOB_REMIND]: remindJob },
  routes: feedRoute,
  start: runtime => {
    registerBusy(runtime, away)
    registerBusy(runtime, bookings)
    registerAgenda(runtime, tasksDue)
    registerHeld(runtime, 'schedule', heldByEvents)
  },
})
export default scheduleModule

export { registerAgenda, registerBusy, type AgendaItem, type AgendaQuery, type AgendaSource, type Busy, type BusyQuery, type BusySource } from './store/sources.ts'
export { createEvent, type EventInput } from './store/save.ts'
export { answerEvent } from './store/attendees.ts'
export { freeBusy, type PersonTime } from './store/busy.ts'
