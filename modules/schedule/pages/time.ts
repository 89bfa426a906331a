import { instantOf, locale, zoned } from '@quancheng/ui'
import { addDays, dayNo, daysIn, firstOfMonth, partsOf, dayText, weekdayOf } from '../rules/days.ts'
import type { Item, Shape } from './api.ts'

const NAMES = { zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'], en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] }
export const dayOfInstant = (at: string | Date): string => { const p = zoned(at); return `${p.year}-${p.month}-${p.day}` }
export const minuteOf = (at: string | Date): number => { const p = zoned(at); return Number(p.hour) * 60 + Number(p.minute) }
export const clock = (at: string | Date): string => { const p = zoned(at); return `${p.hour}:${p.minute}` }
export const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
export const at = (day: string, minute: number): string => (minute >= 1440 ? instantOf(addDays(day, 1), clockOf(minute - 1440)) : instantOf(day, clockOf(minute))).toISOString()
export const weekdayName = (day: string): string => NAMES[locale() === 'zh' ? 'zh' : 'en'][weekdayOf(dayNo(day)) - 1]!
export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(dayNo(day)))

/** The days that a shape shows around a day; a month from the Monday before its first, by whole weeks. */
export function daysShown(shape: Shape, day: string): string[] {
  const from = (first: string, n: number): string[] => Array.from({ length: n }, (_, i) => addDays(first, i))
  if (shape === 'day') return [day]
  if (shape === 'week') return from(mondayOf(day), 7)
  if (shape === 'list') return from(day, 28)
  const { year, month } = partsOf(dayNo(day)), first = mondayOf(dayText(firstOfMonth(year, month))), last = dayText(firstOfMonth(year, month) + daysIn(year, month) - 1)
  return from(first, Math.ceil((dayNo(last) - dayNo(first) + 1) / 7) * 7)
}
export function step(shape: Shape, day: string, by: 1 | -1): string {
  if (shape !== 'month') return addDays(day, by * { day: 1, week: 7, list: 28 }[shape])
  const { year, month } = partsOf(dayNo(day))
  return dayText(firstOfMonth(year, month + by))
}
export function heading(shape: Shape, day: string): string {
  const shown = daysShown(shape, day), short = (d: string): string => `${Number(d.slice(5, 7))}月${Number(d.slice(8))}日`
  if (shape === 'day') return `${short(day)} ${weekdayName(day)}`
  if (shape === 'month') return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`
  return `${short(shown[0]!)} – ${short(shown.at(-1)!)}`
}
/** Of a day, whole or part: what lies in it. What ends as the day begins does not. */
export const onDay = (items: readonly Item[], day: string): Item[] => items.filter(i => dayOfInstant(i.from) <= day && (dayOfInstant(i.to) > day || (dayOfInstant(i.to) === day && minuteOf(i.to) > 0) || i.from === i.to))
export const timeText = (i: Pick<Item, 'from' | 'to' | 'allDay'>, allDay: string): string => {
  if (i.allDay) { const last = dayOfInstant(new Date(new Date(i.to).getTime() - 1)); return last === dayOfInstant(i.from) ? allDay : `${allDay} – ${last.slice(5)}` }
  return `${clock(i.from)}–${dayOfInstant(i.to) === dayOfInstant(i.from) ? '' : `${dayOfInstant(i.to).slice(5)} `}${clock(i.to)}`
}
