import { businessMinutesBetween, type CompiledCalendar } from '@quancheng/kernel'

/**
 * How old a step is. Where it has a standard, by that: within it, warned of, late, late by as much again. Where it has none, by its age in
 * business time. A paused step has no clock running and is a kind of its own, so that the kinds of a step add up to what is open there.
 */
export const AGES = ['within', 'warn', 'late', 'twice', 'paused', 'hour', 'day', 'days', 'more'] as const
export type Age = (typeof AGES)[number]

/** `day`: working minutes of an ordinary day. The ages of steps without a standard, by their upper end. */
export const agesWithout = (day: number): ReadonlyArray<readonly [Age, number]> => [['hour', 60], ['day', day], ['days', 3 * day]]

const MINUTE = 60_000
/** No case is older than that. */
const FAR_DAYS = 366 * 30

/** The latest moment since which `minutes` of business time have passed until `now`: whatever began then or before is that old. */
export function instantBefore(cal: CompiledCalendar, now: Date, minutes: number): Date {
  const end = now.getTime()
  let span = Math.max(minutes, 1) * MINUTE
  while (businessMinutesBetween(cal, new Date(end - span), now) < minutes && span < FAR_DAYS * 1440 * MINUTE) span *= 2
  let old = end - span, young = end
  while (young - old > 1) {
    const middle = Math.floor((old + young) / 2)
    if (businessMinutesBetween(cal, new Date(middle), now) >= minutes) old = middle
    else young = middle
  }
  return new Date(old)
}

/** Working minutes of an ordinary day. */
export const dayMinutes = (cal: CompiledCalendar): number => cal.shifts.reduce((sum, s) => sum + s.end - s.start, 0)
