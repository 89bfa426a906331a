import { schedule, type Ctx } from '@quancheng/kernel'
import type { TimerToArm } from '../engine/index.ts'
import { wallOffset } from '../feel/zones.ts'
import { JOB_TIMER } from './job-kinds.ts'
import { businessDayMinutes, deadlineOf } from './standard.ts'

const MINUTE = 60_000

/** The same day of the month, or its last where the month is shorter. */
export function addMonths(at: Date, months: number): Date {
  if (!months) return at
  const day = at.getUTCDate(), moved = new Date(at)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  moved.setUTCDate(Math.min(day, new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()))
  return moved
}

/** An ISO 8601 date-time; without a zone it is meant as the company's clocks show it. */
export function momentOf(ctx: Ctx, text: string): Date {
  if (/(Z|[+-]\d{2}:?\d{2})$/.test(text)) return new Date(text)
  const wall = Date.parse(`${text.includes('T') ? text : `${text}T00:00:00`}Z`)
  return new Date(wall - (wallOffset(ctx.tenant.timeZone, wall) ?? 0) * MINUTE)
}

export type TimerAsked = Pick<TimerToArm, 'clock' | 'months' | 'days' | 'minutes' | 'at'>

/** When a timer that is armed at `from` is due: on the business calendar, or by the clock. */
export async function timerDue(ctx: Ctx, t: TimerAsked, from: Date): Promise<Date> {
  if (t.at !== undefined) return momentOf(ctx, t.at)
  if (t.clock === 'business') return (await deadlineOf(ctx, { minutes: t.days * (await businessDayMinutes(ctx)) + t.minutes, clock: 'business', warnPercent: 100 }, addMonths(from, t.months), [])).dueAt
  return addMonths(new Date(from.getTime() + t.days * 1440 * MINUTE + t.minutes * MINUTE), t.months)
}

const MISSED_AT_MOST = 1000

/** The next of a cycle, one interval after the last was due. One without end skips what it missed while nothing ran: nobody wants a week of reminders at once. */
export async function nextDue(ctx: Ctx, t: TimerAsked, from: Date, endless: boolean): Promise<Date> {
  const now = ctx.now()
  let due = await timerDue(ctx, t, from)
  for (let missed = 0; endless && due < now; missed++) due = missed < MISSED_AT_MOST ? await timerDue(ctx, t, due) : await timerDue(ctx, t, now)
  return due
}

/** The first of a series that has a beginning. One without end that began before now goes on from its next: a weekly reminder does not ring at once in every new case. */
export async function firstDue(ctx: Ctx, t: TimerAsked & { at: string }, endless: boolean): Promise<Date> {
  const at = momentOf(ctx, t.at)
  const { clock, months, days, minutes } = t
  return endless && at < ctx.now() ? nextDue(ctx, { clock, months, days, minutes }, at, true) : at
}

/** Puts what the engine armed on the list. `from`: when the timer that fired was due, from which the next of a cycle counts. */
export async function armTimers(ctx: Ctx, instanceId: string, timers: readonly TimerToArm[], from: Date | null): Promise<void> {
  for (const t of timers) {
    const next = from !== null && t.repeat !== undefined && t.at === undefined
    const dueAt = next ? await nextDue(ctx, t, from, t.repeat === null) : t.at === undefined ? await timerDue(ctx, t, ctx.now()) : await firstDue(ctx, { ...t, at: t.at }, t.repeat === null)
    await schedule(ctx, { kind: JOB_TIMER, key: t.id, dueAt, payload: { instanceId, stepId: t.stepId, nodeId: t.nodeId, due: dueAt.toISOString(), ...(t.repeat === undefined ? {} : { repeat: t.repeat }) } })
  }
}

export const dropTimers = (ctx: Ctx, ownerIds: readonly string[]): void =>
  ctx.send("delete from job where tenant_id = $1 and kind = 'process.timer' and step_id = any($2)", [ctx.tenant.id, ownerIds], 'timers_drop')
