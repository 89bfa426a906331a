import { addBusinessMinutes, businessMinutesBetween, dueWithPauses, type CompiledCalendar, type Ctx } from '@quancheng/kernel'
import type { Clock, Standard, UserTaskNode } from '../model/index.ts'

/** A pause of a step: `to` is null while it lasts. */
export interface StepPause { from: string; to: string | null; reason: string; by: string | null }

/** Finds the time standard of a stage for one case; a module registers its own (product line, customer tier). Null: the model's. */
export type StandardResolver = (ctx: Ctx, o: { key: string; node: UserTaskNode; entity: string; record: Record<string, unknown> }) => Promise<Standard | null>

export const STANDARD_SERVICE = 'process.standard'

export async function standardFor(ctx: Ctx, o: { key: string; node: UserTaskNode; entity: string; record: Record<string, unknown> }): Promise<Standard | null> {
  const resolver = ctx.runtime.services.get(STANDARD_SERVICE) as StandardResolver | undefined
  return (await resolver?.(ctx, o)) ?? o.node.task.standard
}

export interface Deadline { warnAt: Date; dueAt: Date; tentative: boolean }

const MINUTE = 60_000

const calendars = new WeakMap<Ctx, Promise<CompiledCalendar>>()

/** The tenant's calendar, asked for once an act: a board of five hundred cards is one question, not five hundred. */
export function calendarOf(ctx: Ctx): Promise<CompiledCalendar> {
  if (!ctx.runtime.calendar) throw new Error('no module provides the business calendar')
  let known = calendars.get(ctx)
  if (!known) calendars.set(ctx, known = ctx.runtime.calendar(ctx))
  return known
}

/** Working minutes of an ordinary day of the tenant's calendar: what a business day of a timer is. */
export const businessDayMinutes = async (ctx: Ctx): Promise<number> => (await calendarOf(ctx)).shifts.reduce((sum, s) => sum + s.end - s.start, 0)

/** When a stage is to be warned of and when it is late: standard minutes on its clock, pauses added once. */
export async function deadlineOf(ctx: Ctx, s: { minutes: number; clock: Clock; warnPercent: number }, enteredAt: Date, pauses: readonly StepPause[]): Promise<Deadline> {
  const spans = pauses.map(p => ({ from: new Date(p.from), to: p.to ? new Date(p.to) : null }))
  if (s.clock === 'clock') {
    const paused = spans.reduce((sum, p) => sum + Math.max(0, (p.to ?? ctx.now()).getTime() - Math.max(p.from.getTime(), enteredAt.getTime())), 0)
    const at = (share: number): Date => new Date(enteredAt.getTime() + s.minutes * share * MINUTE + paused)
    return { warnAt: at(s.warnPercent / 100), dueAt: at(1), tentative: false }
  }
  const cal = await calendarOf(ctx)
  const at = (share: number) => (spans.length ? dueWithPauses(cal, enteredAt, s.minutes * share, spans, ctx.now()) : addBusinessMinutes(cal, enteredAt, s.minutes * share))
  const warn = at(s.warnPercent / 100), due = at(1)
  return { warnAt: warn.due, dueAt: due.due, tentative: due.tentative }
}

/** Minutes that a step has used on its own clock, pauses taken out; two decimals. */
export async function minutesUsed(ctx: Ctx, clock: Clock, enteredAt: Date, until: Date, pauses: readonly StepPause[]): Promise<number> {
  const between = clock === 'clock' ? (a: Date, b: Date): number => (b.getTime() - a.getTime()) / MINUTE : await calendarOf(ctx).then(cal => (a: Date, b: Date) => businessMinutesBetween(cal, a, b))
  const used = between(enteredAt, until) - pauses.reduce((sum, p) => {
    const from = new Date(Math.max(new Date(p.from).getTime(), enteredAt.getTime())), to = new Date(Math.min((p.to ? new Date(p.to) : until).getTime(), until.getTime()))
    return sum + (to > from ? between(from, to) : 0)
  }, 0)
  return Math.round(Math.max(0, used) * 100) / 100
}
