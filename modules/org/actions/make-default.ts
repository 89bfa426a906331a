import { defineAction, lock, storeChange } from '@quancheng/kernel'
import { z } from 'zod'

/** Another calendar becomes the one that clocks run on; the one before is only kept. */
export const makeDefault = defineAction({
  name: 'makeDefaultCalendar', label: ['设为默认日历', 'Make default'], method: 'POST', path: '/api/calendars/:id/make-default', permission: 'calendar:update', status: 200,
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const entity = ctx.entities.get('calendar')
    const locked = await lock(ctx, entity, id, 'update')
    if (!locked.row.isDefault) {
      const rows = await ctx.query<{ id: string }>('select id from calendar where tenant_id = $1 and is_default', [ctx.tenant.id])
      for (const r of rows) await storeChange(ctx, entity, r.id, { isDefault: false }, { act: 'makeDefault', event: 'calendar.update' })
      await storeChange(ctx, entity, id, { isDefault: true }, { act: 'makeDefault', event: 'calendar.update', locked })
    }
    return { id, isDefault: true }
  },
})
