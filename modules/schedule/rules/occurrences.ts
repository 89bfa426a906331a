import { instantOf, offsetAt } from '@quancheng/kernel'
import { addDays, dayNo } from './days.ts'
import { daysOfRule, parseRule, type Rule } from './rrule.ts'

/** What an event is to the clock. `exDays`: days of its rule that were taken out (or moved: then they are events of their own). */
export interface Series { startsAt: Date; endsAt: Date; rule: string | null; skipHolidays: boolean; exDays: readonly string[] | null }
export interface Place { timeZone: string; /** 放假: by the company's calendar */ off(day: string): boolean }
/** `day`: the day by which one time of a series is known, whatever is moved around it. */
export interface Occurrence { day: string; from: Date; to: Date }

const MINUTE = 60_000
/** So many in one answer, and no more. */
const LIMIT = 1000

/** The wall clock at an instant, in milliseconds as if it were UTC. */
export const wallOf = (at: Date, timeZone: string): number => at.getTime() + offsetAt(timeZone, at.getTime())
export const wallDay = (at: Date, timeZone: string): string => new Date(wallOf(at, timeZone)).toISOString().slice(0, 10)
export const ruleOf = (s: Pick<Series, 'rule'>): Rule | null => (s.rule ? parseRule(s.rule) : null)

/** One time of an event: the same wall-clock times, on that day. Across a change of summer time it lasts as the clock on the wall says. */
export function occurrenceOn(s: Series, day: string, timeZone: string): Occurrence {
  const start = wallOf(s.startsAt, timeZone), end = wallOf(s.endsAt, timeZone), shift = (dayNo(day) - dayNo(new Date(start).toISOString().slice(0, 10))) * 1440 * MINUTE
  return shift === 0 ? { day, from: s.startsAt, to: s.endsAt } : { day, from: new Date(instantOf(timeZone, start + shift)), to: new Date(instantOf(timeZone, end + shift)) }
}

/** Its times that touch [from, to), in order. Days taken out and, where it skips them, holidays are not among them. */
export function occurrencesIn(s: Series, p: Place, from: Date, to: Date, limit = LIMIT): Occurrence[] {
  const first = wallDay(s.startsAt, p.timeZone), rule = ruleOf(s), out = new Set(s.exDays ?? []), found: Occurrence[] = []
  if (!rule) return s.startsAt < to && (s.endsAt > from || s.startsAt >= from) ? [{ day: first, from: s.startsAt, to: s.endsAt }] : []
  // by days first: turning every day since years into instants costs what a page must not cost
  const long = Math.ceil((s.endsAt.getTime() - s.startsAt.getTime()) / (1440 * MINUTE)) + 1, low = addDays(wallDay(from, p.timeZone), -long), high = addDays(wallDay(to, p.timeZone), 1)
  for (const day of daysOfRule(rule, first)) {
    if (day > high || found.length >= limit) break
    if (day < low || out.has(day) || (s.skipHolidays && p.off(day))) continue
    const o = occurrenceOn(s, day, p.timeZone)
    if (o.from < to && (o.to > from || o.from >= from)) found.push(o)
  }
  return found
}

/** Its times in which a holiday fell: what a calendar program that knows no holidays has to be told. */
export function skippedDays(s: Series, p: Place, until: string): string[] {
  const rule = ruleOf(s), skipped: string[] = []
  if (!rule || !s.skipHolidays) return skipped
  for (const day of daysOfRule(rule, wallDay(s.startsAt, p.timeZone))) { if (day > until) break; if (p.off(day)) skipped.push(day) }
  return skipped
}

/** When its last time is over, holidays or not; null: never. */
export function lastEnd(s: Series, timeZone: string): Date | null {
  const rule = ruleOf(s)
  if (!rule) return s.endsAt
  if (rule.count === null && rule.until === null) return null
  let last = wallDay(s.startsAt, timeZone)
  for (const day of daysOfRule(rule, last)) last = day
  return occurrenceOn(s, last, timeZone).to
}

/** The first of its times that begins after a moment; null: there is none within ten years. */
export function nextAfter(s: Series, p: Place, at: Date): Occurrence | null {
  const far = new Date(at.getTime() + 3660 * 1440 * MINUTE)
  return occurrencesIn(s, p, at, far, 400).find(o => o.from > at) ?? null
}
