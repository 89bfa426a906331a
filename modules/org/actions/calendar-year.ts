import { defineAction, read } from '@quancheng/kernel'
import { z } from 'zod'
import { checkCalendar, daysOfYear, type CalendarParts } from '../rules/calendar-spec.ts'

/** A year of a calendar as a page shows it. */
export const calendarYear = defineAction({
  name: 'calendarYear', label: ['查看年历', 'Year of a calendar'], method: 'GET', path: '/api/calendars/:id/year', permission: 'calendar:read', readOnly: true,
  input: z.object({ id: z.uuid(), year: z.coerce.number().int().min(2000).max(2999) }),
  async run(ctx, { id, year }) {
    const row = await read(ctx, ctx.entities.get('calendar'), id) as unknown as CalendarParts
    const days = daysOfYear(checkCalendar(row), row.days ?? {}, year)
    const count = (kind: 'off' | 'work'): number => days.filter(d => d.kind === kind).length
    return { year, known: (row.knownYears ?? []).includes(year), off: count('off'), work: count('work'), workdays: days.filter(d => d.workday).length, days }
  },
})
