import { dateText, presentTime, zoned } from '@quancheng/ui'
import type { Slot } from './api.ts'
import { tb } from './texts.ts'

const DAY_MS = 86_400_000
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

export const clockText = (at: string): string => { const { hour, minute } = zoned(at); return `${hour}:${minute}` }

/** 今天, 明天, 11-25 周三: a day 'YYYY-MM-DD' as one says it. */
export function dayName(day: string, now: Date = presentTime()): string {
  if (day === dateText(now)) return tb('today')
  if (day === dateText(new Date(now.getTime() + DAY_MS))) return tb('tomorrow')
  return `${day.slice(5)} ${tb(WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()]!)}`
}

export const shiftDay = (day: string, by: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10)
export const whenText = (at: string): string => `${dayName(dateText(at))} ${clockText(at)}`

/** Slots by their day, in order. */
export function byDay<S extends Slot>(slots: readonly S[]): Array<{ day: string, slots: S[] }> {
  const days = new Map<string, S[]>()
  for (const slot of slots) { const day = dateText(slot.startsAt); days.set(day, [...(days.get(day) ?? []), slot]) }
  return [...days].map(([day, list]) => ({ day, slots: list }))
}
