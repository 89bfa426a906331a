import { cycleOf } from '@quancheng/process/timer'

/*
 * Timers as people say them, and as ISO 8601 has them. A moment is written as the company's clocks show it, without a zone: the store reads it so.
 */
export type Unit = 'M' | 'H' | 'D' | 'W' | 'month'
export type Clock = 'clock' | 'business'
export type TimerKind = 'duration' | 'date' | 'cycle'
export type Timing =
  | { is: 'after'; amount: number; unit: Unit }
  | { is: 'at'; day: string; time: string }
  | { is: 'every'; amount: number; unit: Unit; times: number | null }
  | { is: 'daily'; time: string; from: string }
  | { is: 'weekly'; weekday: number; time: string; from: string }
  | { is: 'monthly'; day: number; time: string; from: string }
  /** an expression that yields a duration, a date or a cycle */
  | { is: 'variable'; kind: TimerKind; source: string }
  /** anything else that the file says, as it says it */
  | { is: 'written'; kind: TimerKind; text: string }

const interval = (amount: number, unit: Unit): string => (unit === 'month' ? `P${amount}M` : unit === 'D' || unit === 'W' ? `P${amount}${unit}` : `PT${amount}${unit}`)

function amountOf(iso: string): { amount: number; unit: Unit } | null {
  const m = /^P(?:(\d+)(M|W|D)|T(\d+)(H|M))$/.exec(iso)
  if (!m) return null
  return m[1] ? { amount: Number(m[1]), unit: m[2] === 'M' ? 'month' : m[2] as Unit } : { amount: Number(m[3]), unit: m[4] as Unit }
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::00)?$/
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 + 1
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** What the file says, in the way of the form; what the form has no way for stays as it is written. */
export function timingOf(kind: TimerKind, body: string): Timing {
  const text = body.trim()
  if (text.startsWith('=')) return { is: 'variable', kind, source: text.slice(1).trim() }
  if (kind === 'duration') {
    const a = amountOf(text)
    return a ? { is: 'after', ...a } : { is: 'written', kind, text }
  }
  if (kind === 'date') {
    const m = MOMENT.exec(text)
    return m ? { is: 'at', day: m[1]!, time: m[2]! } : { is: 'written', kind, text }
  }
  const cycle = cycleOf(text), a = cycle && amountOf(cycle.interval)
  if (!cycle || !a) return { is: 'written', kind, text }
  if (cycle.from === null) return { is: 'every', ...a, times: cycle.times }
  const m = MOMENT.exec(cycle.from)
  if (!m || a.amount !== (a.unit === 'D' && cycle.interval === 'P7D' ? 7 : 1) || cycle.times !== null) return { is: 'written', kind, text }
  const [from, time] = [m[1]!, m[2]!]
  if (cycle.interval === 'P1D') return { is: 'daily', time, from }
  if (cycle.interval === 'P1W' || cycle.interval === 'P7D') return { is: 'weekly', weekday: weekdayOf(from), time, from }
  return cycle.interval === 'P1M' ? { is: 'monthly', day: Number(from.slice(8)), time, from } : { is: 'written', kind, text }
}

/** The kind of timer and its text. */
export function timingText(t: Timing): { kind: TimerKind; text: string } {
  switch (t.is) {
    case 'after': return { kind: 'duration', text: interval(t.amount, t.unit) }
    case 'at': return { kind: 'date', text: `${t.day}T${t.time}:00` }
    case 'every': return { kind: 'cycle', text: `R${t.times ?? ''}/${interval(t.amount, t.unit)}` }
    case 'daily': return { kind: 'cycle', text: `R/${t.from}T${t.time}:00/P1D` }
    case 'weekly': return { kind: 'cycle', text: `R/${t.from}T${t.time}:00/P1W` }
    case 'monthly': return { kind: 'cycle', text: `R/${t.from}T${t.time}:00/P1M` }
    case 'variable': return { kind: t.kind, text: `=${t.source}` }
    case 'written': return { kind: t.kind, text: t.text }
  }
}

/** The first day of a series, from today on (`today`: a wall-clock date held as if it were UTC). */
export const firstWeekday = (weekday: number, today: Date): string => dayOf(new Date(today.getTime() + ((weekday - weekdayOf(dayOf(today)) + 7) % 7) * 86_400_000))
export function firstMonthday(day: number, today: Date): string {
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth() + (today.getUTCDate() > day ? 1 : 0)]
  return dayOf(new Date(Date.UTC(year, month, day)))
}

/** A timing of this way to begin with. */
export function beginning(is: Timing['is'], today: Date): Timing {
  const tomorrow = dayOf(new Date(today.getTime() + 86_400_000)), time = '09:00'
  switch (is) {
    case 'after': return { is, amount: 1, unit: 'D' }
    case 'at': return { is, day: tomorrow, time }
    case 'every': return { is, amount: 1, unit: 'D', times: null }
    case 'daily': return { is, time, from: tomorrow }
    case 'weekly': return { is, weekday: 1, time, from: firstWeekday(1, today) }
    case 'monthly': return { is, day: 1, time, from: firstMonthday(1, today) }
    case 'variable': return { is, kind: 'duration', source: '' }
    case 'written': return { is, kind: 'duration', text: 'P1D' }
  }
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日']
const UNITS: Record<Unit, string> = { M: '分钟', H: '小时', D: '天', W: '周', month: '个月' }
const BUSINESS: Partial<Record<Unit, string>> = { M: '工作分钟', H: '工作小时', D: '个工作日' }
export const unitName = (unit: Unit, clock: Clock): string => (clock === 'business' ? BUSINESS[unit] : undefined) ?? UNITS[unit]
const clockText = (time: string): string => time.replace(/^0(?=\d:)/, '')

/** In one line: 2 个工作日后；每周一 9:00. */
export function timingWords(t: Timing, clock: Clock): string {
  switch (t.is) {
    case 'after': return `${t.amount} ${unitName(t.unit, clock)}后`
    case 'at': return `${t.day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1 年 $2 月 $3 日')} ${clockText(t.time)}`
    case 'every': return `每 ${t.amount} ${unitName(t.unit, clock)}一次${t.times === null ? '' : `，共 ${t.times} 次`}`
    case 'daily': return `每天 ${clockText(t.time)}`
    case 'weekly': return `每周${WEEKDAYS[t.weekday - 1]} ${clockText(t.time)}`
    case 'monthly': return `每月 ${t.day} 日 ${clockText(t.time)}`
    case 'variable': return `由“${t.source}”得出`
    case 'written': return t.text
  }
}
