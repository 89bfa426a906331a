import { addBusinessMinutes, defineAction, read } from '@quancheng/kernel'
import { z } from 'zod'
import { checkCalendar, type CalendarParts } from '../rules/calendar-spec.ts'
import { tenantCalendar } from './tenant-calendar.ts'

/** Tries a calendar: when are so many business minutes over? `tentative` = 暂定. */
export const tryDue = defineAction({
  name: 'tryCalendar', label: ['试算到期时间', 'Try a due time'], method: 'GET', path: '/api/calendars/due', permission: 'calendar:read', readOnly: true,
  input: z.object({ start: z.iso.datetime({ offset: true, error: '开始时间应带时区，如 2026-09-18T17:00:00+08:00' }), minutes: z.coerce.number().min(0).max(1_000_000), calendarId: z.uuid().optional() }),
  async run(ctx, { start, minutes, calendarId }) {
    const calendar = calendarId ? checkCalendar(await read(ctx, ctx.entities.get('calendar'), calendarId) as unknown as CalendarParts) : await tenantCalendar(ctx)
    return { start: new Date(start), minutes, timeZone: calendar.timeZone, ...addBusinessMinutes(calendar, new Date(start), minutes) }
  },
})
