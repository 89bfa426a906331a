import { dayOf, startOfDay, type Ctx } from '@quancheng/kernel'

/** The company's calendar day now, `2026-11-22`. */
export const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
/** The moment at which a day begins for the company. */
export const beginOf = (ctx: Ctx, day: string): Date => startOfDay(new Date(`${day}T00:00:00Z`), ctx.tenant.timeZone)
/** A date as the database or a form gives it → its text. */
export const dayText = (value: unknown): string | null => (value instanceof Date ? value.toISOString().slice(0, 10) : typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? value.slice(0, 10) : null)
