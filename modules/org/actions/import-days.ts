import { AppError, call, isId, fail, lock, parseCalendarFile, storeChange, uploaded, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import type { CalendarParts } from '../rules/calendar-spec.ts'

const LIMIT = 1024 * 1024

/** Days of a file (JSON or ICS) into a calendar; a day that the file does not name stays as it is. All or nothing. */
export async function importDays(ctx: Ctx, id: string, text: string): Promise<{ years: number[]; added: number; changed: number; unchanged: number }> {
  const entity = ctx.entities.get('calendar')
  const locked = await lock(ctx, entity, id, 'update')
  const file = parseCalendarFile(text)
  if (file.problems.length) throw new AppError('CALENDAR_FILE', { count: file.problems.length, problems: file.problems })
  const before = (locked.row.days ?? {}) as NonNullable<CalendarParts['days']>
  const entries = Object.entries(file.days)
  const added = entries.filter(([d]) => !before[d]).length
  const unchanged = entries.filter(([d, kind]) => before[d] === kind).length
  const report = { years: file.years, added, changed: entries.length - added - unchanged, unchanged }
  if (unchanged < entries.length) await storeChange(ctx, entity, id, { days: { ...before, ...file.days } }, { act: 'importDays', event: 'calendar.update', note: report, locked })
  return report
}

/** The upload is read before the transaction opens, so it is a route and not an action. */
export const importRoute: NonNullable<ModuleSpec['routes']> = (app, runtime) => {
  app.post('/api/calendars/:id/import', async (req, reply) => {
    const { id } = req.params as { id: string }
    if (!isId(id)) return fail('NOT_FOUND', { id })
    const { content } = await uploaded(runtime, req, LIMIT)
    return call(runtime, req, reply, {}, ctx => importDays(ctx, id, content.toString('utf8')))
  })
}
