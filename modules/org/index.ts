import { defineModule } from '@quancheng/kernel'
import './rules/errors.ts'
import { calendarYear } from './actions/calendar-year.ts'
import { confirmYear } from './actions/confirm-year.ts'
import { importRoute } from './actions/import-days.ts'
import { makeDefault } from './actions/make-default.ts'
import { setDay } from './actions/set-day.ts'
import { setup } from './actions/setup.ts'
import { attach } from './actions/tenant-calendar.ts'
import { tryDue } from './actions/try-due.ts'
import { calendarWarnings, WATCH, watchCalendars } from './actions/watch-calendars.ts'
import { Calendar } from './entities/calendar.ts'
import { Employee } from './entities/employee.ts'
import { Post } from './entities/post.ts'

/** Organisation beyond accounts: posts, employees, and the calendar that every clock runs on. */
export const org = defineModule({
  name: 'org',
  label: ['组织', 'Organisation'],
  acts: { 'calendar.warn': ['提醒日历未确认', 'Calendar to be confirmed'], makeDefault: ['设为默认', 'Make default'] },
  entities: [Post, Employee, Calendar],
  actions: [setDay, confirmYear, makeDefault, calendarYear, tryDue, calendarWarnings],
  jobs: { [WATCH]: ctx => watchCalendars(ctx) },
  start: attach,
  routes: importRoute,
  setup,
})
export default org

export { attach, tenantCalendar } from './actions/tenant-calendar.ts'
export { Calendar, Employee, Post }
export { STANDARD_POSTS } from './rules/posts.ts'
export type { StandardRole } from './rules/allow.ts'
export { STANDARD_ROLES } from './rules/standard-roles.ts'
