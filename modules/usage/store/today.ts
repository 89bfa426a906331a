import { dayOf, startOfDay, type Ctx } from '@quancheng/kernel'
import { addDays } from '../rules/days.ts'

export const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
/** The instant at which a day begins in the tenant's zone. */
export const dayStart = (ctx: Ctx, day: string): Date => startOfDay(new Date(`${day}T00:00:00Z`), ctx.tenant.timeZone)
/** Both ends of a span of whole days, half open. */
export const spanOfDays = (ctx: Ctx, from: string, until: string): [Date, Date] => [dayStart(ctx, from), dayStart(ctx, addDays(until, 1))]
