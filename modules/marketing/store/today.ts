import { dayOf, type Ctx } from '@quancheng/kernel'

/** The company's day, YYYY-MM-DD. */
export const todayOf = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
