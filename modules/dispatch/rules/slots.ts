import { isWorkday, startOfDay, type CompiledCalendar } from '@quancheng/kernel'

const MINUTE = 60_000, DAY_MS = 86_400_000, DAY_MINUTES = 1440

/** `14:00 16:00` (also with commas) → minutes since midnight, in order, each once. Null: that is no list of times. */
export function readStarts(text: string): number[] | null {
  const words = text.trim().split(/[\s,，、;；]+/).filter(Boolean)
  const minutes = words.map(w => { const m = /^(\d{1,2})[:：]([0-5]\d)$/.exec(w); return m && Number(m[1]) < 24 ? Number(m[1]) * 60 + Number(m[2]) : null })
  return words.length > 0 && minutes.every(m => m !== null) ? [...new Set(minutes as number[])].toSorted((a, b) => a - b) : null
}

export interface SlotSpec { minutes: number; starts: string | null; everyDay: boolean; leadMinutes: number; daysAhead: number }
export interface Slot { startsAt: Date; endsAt: Date }

/** The slots of one day 'YYYY-MM-DD': at the times named, or one after another within each shift; none on a day off. */
export function slotsOn(day: string, spec: SlotSpec, cal: CompiledCalendar): Slot[] {
  if (!spec.everyDay && !isWorkday(cal, day)) return []
  const midnight = startOfDay(new Date(`${day}T00:00:00Z`), cal.timeZone).getTime()
  const starts = (spec.starts ? readStarts(spec.starts) : null) ?? cal.shifts.flatMap(s => Array.from({ length: Math.floor((Math.min(s.end, DAY_MINUTES) - s.start) / spec.minutes) }, (_, i) => s.start + i * spec.minutes))
  return starts.map(m => ({ startsAt: new Date(midnight + m * MINUTE), endsAt: new Date(midnight + (m + spec.minutes) * MINUTE) }))
}

/** Every slot that can be chosen now: not sooner than the lead time, not later than so many days ahead (0 is today). */
export function slotsAhead(spec: SlotSpec, cal: CompiledCalendar, now: Date, today: Date): Slot[] {
  const first = now.getTime() + spec.leadMinutes * MINUTE
  return Array.from({ length: spec.daysAhead + 1 }, (_, i) => new Date(today.getTime() + i * DAY_MS).toISOString().slice(0, 10))
    .flatMap(day => slotsOn(day, spec, cal)).filter(s => s.startsAt.getTime() >= first)
}

export const sameMoment = (slots: readonly Slot[], at: Date): Slot | null => slots.find(s => s.startsAt.getTime() === at.getTime()) ?? null
export const overlaps = (a: Slot, b: Slot): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt

export interface Taken extends Slot { place: number; resourceId: string | null; own: boolean }

/** How many more a slot takes. `taken`: bookings of this rule, and of its resources elsewhere (`own` false). `free`: its resources that are there that day; null: it needs none. */
export function roomIn(slot: Slot, capacity: number, resources: readonly string[] | null, taken: readonly Taken[]): { places: number[]; resources: string[] } {
  const used = new Set(taken.filter(t => t.own && t.startsAt.getTime() === slot.startsAt.getTime()).map(t => t.place))
  const busy = new Set(taken.filter(t => t.resourceId && overlaps(t, slot)).map(t => t.resourceId))
  const free = (resources ?? []).filter(r => !busy.has(r))
  const places = Array.from({ length: capacity }, (_, i) => i + 1).filter(p => !used.has(p))
  return { places: resources ? places.slice(0, free.length) : places, resources: free }
}
