import { defineAction, lock, missingYears, schedule, startOfDay, storeChange, type Ctx } from '@quancheng/kernel'
import { localDay, type YearWarning } from '../rules/calendar-spec.ts'

export const WATCH = 'calendar.watch'
const SOON_AFTER_MIDNIGHT_MS = 5 * 60_000

interface Watched { id: string; name: string; time_zone: string; known_years: number[] | null; warnings: YearWarning[] | null }
const calendars = (ctx: Ctx): Promise<Watched[]> => ctx.query<Watched>('select id, name, time_zone, known_years, warnings from calendar where tenant_id = $1 order by is_default desc, name', [ctx.tenant.id])
const missing = (c: Watched, now: Date): number[] => missingYears({ timeZone: c.time_zone, knownYears: c.known_years ?? [] }, now)

/**
 * Puts the next look on the list: now at start, then once a day. The key is the day, because the row of the job that runs is
 * removed when it ends and must not be the one that was just put there.
 */
export async function scheduleWatch(ctx: Ctx, at: Date): Promise<void> {
  await schedule(ctx, { kind: WATCH, key: localDay(at, ctx.tenant.timeZone), dueAt: at })
}

/** Raises 日历未维护 once for each year that is due to be entered and is not; the event `calendar.warn` carries the years. */
export async function watchCalendars(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  const entity = ctx.entities.get('calendar')
  for (const c of await calendars(ctx)) {
    const raised = c.warnings ?? []
    const years = missing(c, now).filter(y => !raised.some(w => w.year === y))
    if (!years.length) continue
    const warnings = [...raised, ...years.map(year => ({ year, raisedAt: now.toISOString() }))]
    await storeChange(ctx, entity, c.id, { warnings }, { act: 'warn', note: { years, message: years.map(messageOf).join('；') }, locked: await lock(ctx, entity, c.id, 'update') })
  }
  const tomorrow = new Date(`${localDay(now, ctx.tenant.timeZone)}T00:00:00Z`)
  tomorrow.setUTCDate(tomorrow.getUTCDate() + 1)
  await scheduleWatch(ctx, new Date(startOfDay(tomorrow, ctx.tenant.timeZone).getTime() + SOON_AFTER_MIDNIGHT_MS))
}

const messageOf = (year: number): string => `日历未维护 ${year} 年`

/** What is not maintained at this moment, computed anew: never later than the daily job, and gone at once when the year is confirmed. */
export const calendarWarnings = defineAction({
  name: 'calendarWarnings', label: ['日历提醒', 'Calendar warnings'], method: 'GET', path: '/api/calendars/warnings', permission: 'calendar:read', readOnly: true,
  async run(ctx) {
    const items = (await calendars(ctx)).flatMap(c => missing(c, ctx.now()).map(year => ({
      calendarId: c.id, name: c.name, year, message: messageOf(year), raisedAt: c.warnings?.find(w => w.year === year)?.raisedAt ?? null,
    })))
    return { items }
  },
})
