import { defineAction, lock, storeChange } from '@quancheng/kernel'
import { z } from 'zod'

/** Somebody vouches that the holidays of a year are complete: from now on its due times are no longer 暂定. */
export const confirmYear = defineAction({
  name: 'confirmCalendarYear', label: ['确认年份已维护', 'Confirm a year'], method: 'POST', path: '/api/calendars/:id/confirm-year', permission: 'calendar:update', status: 200,
  input: z.object({ id: z.uuid(), year: z.number().int().min(2000).max(2999) }),
  async run(ctx, { id, year }) {
    const entity = ctx.entities.get('calendar')
    const locked = await lock(ctx, entity, id, 'update')
    const known = (locked.row.knownYears ?? []) as number[]
    if (known.includes(year)) return { knownYears: known }
    const knownYears = [...known, year].toSorted((a, b) => a - b)
    await storeChange(ctx, entity, id, { knownYears }, { act: 'confirmYear', event: 'calendar.update', note: { year }, locked })
    return { knownYears }
  },
})
