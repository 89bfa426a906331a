import { dayOf, startOfDay, type Ctx } from '@quancheng/kernel'
import { addDays, type Span } from './period.ts'

export const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
/** The moment at which a day begins for the company. */
export const beginOf = (ctx: Ctx, day: string): Date => startOfDay(new Date(`${day}T00:00:00Z`), ctx.tenant.timeZone)
/** Days as half-open instants, for what has a time. */
export const instantsOf = (ctx: Ctx, s: Span): { fromAt: Date; toAt: Date } => ({ fromAt: beginOf(ctx, s.from), toAt: beginOf(ctx, addDays(s.to, 1)) })
