import { fail, known, type CompiledCalendar, type Ctx, type Runtime } from '@quancheng/kernel'
import { checkCalendar, type CalendarParts } from '../rules/calendar-spec.ts'

/** The tenant's business calendar, compiled once for each state of it; about 12 KB a year. */
export const tenantCalendar = (ctx: Ctx): Promise<CompiledCalendar> => known(ctx, 'calendar', async () => {
  const [parts] = await ctx.query<CalendarParts>(
    `select time_zone as "timeZone", shifts, workdays, days, known_years as "knownYears" from calendar where tenant_id = $1 and is_default`, [ctx.tenant.id])
  return parts ? checkCalendar(parts) : fail('CALENDAR_MISSING')
})

/** Gives the runtime its business calendar, before anything is served. */
export function attach(runtime: Runtime): void { runtime.calendar ??= tenantCalendar }
