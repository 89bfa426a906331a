import { defineAction, isWorkday, lock, storeChange } from '@quancheng/kernel'
import { z } from 'zod'
import { checkCalendar, type CalendarParts } from '../rules/calendar-spec.ts'

/** One day becomes a holiday, a make-up workday, or an ordinary day again. */
export const setDay = defineAction({
  name: 'setCalendarDay', label: ['设置放假或调休', 'Set a day'], method: 'POST', path: '/api/calendars/:id/day', permission: 'calendar:update', status: 200,
  input: z.object({ id: z.uuid(), date: z.iso.date('日期应写成 2027-01-01'), kind: z.enum(['off', 'work']).nullable() }),
  async run(ctx, { id, date, kind }) {
    const entity = ctx.entities.get('calendar')
    const locked = await lock(ctx, entity, id, 'update')
    const { [date]: was, ...rest } = (locked.row.days ?? {}) as NonNullable<CalendarParts['days']>
    const days = kind ? { ...rest, [date]: kind } : rest
    if ((was ?? null) !== kind) await storeChange(ctx, entity, id, { days }, { act: 'setDay', event: 'calendar.update', note: { date, kind }, locked })
    return { date, kind, workday: isWorkday(checkCalendar({ ...(locked.row as unknown as CalendarParts), days }), date) }
  },
})
