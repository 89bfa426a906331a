import { addDays, dayNo } from './days.ts'
import { occurrenceOn, ruleOf, wallDay, wallOf, type Series } from './occurrences.ts'
import { daysOfRule, formatRule, movedRule } from './rrule.ts'

/** 改这一次 · 改以后 · 改全部. */
export const HOW = ['this', 'following', 'all'] as const
export type How = (typeof HOW)[number]

/** The series without what comes from a day on; null: nothing is left of it. */
export function until(s: Series, day: string, timeZone: string): string | null {
  const rule = ruleOf(s), first = wallDay(s.startsAt, timeZone)
  return rule && day > first ? formatRule({ ...rule, count: null, until: addDays(day, -1) }) : null
}

/** The rule that goes on from a day: of so many times, those that have been are gone. */
export function onwards(s: Series, day: string, timeZone: string): string | null {
  const rule = ruleOf(s)
  if (!rule) return null
  if (rule.count === null) return formatRule(rule)
  let past = 0
  for (const d of daysOfRule(rule, wallDay(s.startsAt, timeZone))) { if (d >= day) break; past += 1 }
  return formatRule({ ...rule, count: Math.max(1, rule.count - past) })
}

/** Somebody moved one time of a series and means all: where the whole series goes. `by`: days by which everything known by its day moves along. */
export function shifted(s: Series, day: string, startsAt: Date, endsAt: Date, timeZone: string): { startsAt: Date; endsAt: Date; rule: string | null; exDays: string[]; by: number } {
  const by = dayNo(wallDay(startsAt, timeZone)) - dayNo(day), first = addDays(wallDay(s.startsAt, timeZone), by), rule = ruleOf(s)
  const whole = occurrenceOn({ ...s, startsAt, endsAt }, first, timeZone)
  return { startsAt: whole.from, endsAt: whole.to, rule: rule && formatRule(movedRule(rule, wallDay(s.startsAt, timeZone), first)), exDays: (s.exDays ?? []).map(d => addDays(d, by)), by }
}

const FIRST_YEAR = 1900, LAST_YEAR = 2200

/** What is wrong with the times and the rule of an event, by field; null: nothing. */
export function wrongTimes(s: Series, timeZone: string): { field: string; code: string; message: string } | null {
  const minutes = (s.endsAt.getTime() - s.startsAt.getTime()) / 60_000
  for (const [field, at] of [['startsAt', s.startsAt], ['endsAt', s.endsAt]] as const) if (!(at.getUTCFullYear() >= FIRST_YEAR && at.getUTCFullYear() <= LAST_YEAR)) return { field, code: 'YEAR', message: `应在 ${FIRST_YEAR} 年到 ${LAST_YEAR} 年之间` }
  if (minutes <= 0) return { field: 'endsAt', code: 'ORDER', message: '结束要晚于开始' }
  if (minutes > 366 * 1440) return { field: 'endsAt', code: 'RANGE', message: '一个日程最长一年' }
  if (!s.rule) return null
  const rule = ruleOf(s)
  if (!rule) return { field: 'rule', code: 'RULE', message: '重复的写法不对' }
  if (minutes > 31 * 1440) return { field: 'endsAt', code: 'RANGE', message: '重复的日程每次最长 31 天' }
  const first = wallDay(s.startsAt, timeZone)
  if (rule.until && Number(rule.until.slice(0, 4)) > LAST_YEAR) return { field: 'rule', code: 'UNTIL', message: `重复的截止日最晚到 ${LAST_YEAR} 年` }
  if (rule.until && rule.until < first) return { field: 'rule', code: 'UNTIL', message: '重复的截止日早于开始' }
  for (const day of daysOfRule(rule, first)) return day === first ? null : { field: 'rule', code: 'START', message: `开始的那天不在重复里：从 ${first} 起第一次是 ${day}，请改开始的日期` }
  return { field: 'rule', code: 'NEVER', message: '按这个重复，一次也不会举行' }
}

/** Whole days: from midnight of the first to midnight after the last. */
export function wholeDays(startsAt: Date, endsAt: Date, timeZone: string, instantOf: (wall: number) => number): { startsAt: Date; endsAt: Date } {
  const day = 86_400_000, first = Math.floor(wallOf(startsAt, timeZone) / day), last = Math.max(first + 1, Math.ceil(wallOf(endsAt, timeZone) / day))
  return { startsAt: new Date(instantOf(first * day)), endsAt: new Date(instantOf(last * day)) }
}
