import { fail, type CompiledCalendar, type Ctx, type Runtime } from '@quancheng/kernel'
import { checkCalendar, type CalendarParts } from '../rules/calendar-spec.ts'

/** Compiled calendars by tenant, least recently used first. About 12 KB a year of a calendar. */
const cache = new Map<string, { key: string; calendar: CompiledCalendar }>()
const KEPT = 1000

/**
 * The tenant's business calendar, compiled. One prepared statement a call; the document itself travels only when it has changed.
 * The key holds the writing transaction too: a change that was rolled back must not leave its calendar behind under a version
 * that the next change will use.
 */
export async function tenantCalendar(ctx: Ctx): Promise<CompiledCalendar> {
  const known = cache.get(ctx.tenant.id)
  const [row] = await ctx.query<{ key: string; parts: CalendarParts | null }>(
    `select c.key, case when c.key = $2 then null else c.parts end as parts from (
       select concat_ws(':', id, version, xmin) as key,
         jsonb_build_object('timeZone', time_zone, 'shifts', shifts, 'workdays', workdays, 'days', days, 'knownYears', known_years) as parts
       from calendar where tenant_id = $1 and is_default) c`, [ctx.tenant.id, known?.key ?? ''], 'tenant_calendar')
  if (!row) return fail('CALENDAR_MISSING')
  cache.delete(ctx.tenant.id)
  const calendar = row.parts ? checkCalendar(row.parts) : known!.calendar
  cache.set(ctx.tenant.id, { key: row.key, calendar })
  if (cache.size > KEPT) cache.delete(cache.keys().next().value!)
  return calendar
}

/** Gives the runtime its business calendar, before anything is served. */
export function attach(runtime: Runtime): void { runtime.calendar ??= tenantCalendar }
