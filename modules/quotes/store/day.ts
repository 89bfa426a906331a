import { dayOf, startOfDay, type Ctx } from '@quancheng/kernel'

const DAY = 86_400_000

/** The tenant's calendar day, `2026-11-22`; `plus` days later. */
export const today = (ctx: Ctx, plus = 0): string => new Date(dayOf(ctx.now(), ctx.tenant.timeZone).getTime() + plus * DAY).toISOString().slice(0, 10)

/** The instant after the last moment of a day. */
export const endOf = (ctx: Ctx, day: string): Date => startOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + DAY), ctx.tenant.timeZone)
