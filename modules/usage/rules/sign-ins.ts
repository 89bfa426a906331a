import { addDays, mondayOf } from './days.ts'

/** What a person ought to have done in a span and did: days on ordinary weeks, two days a week on a week with travel. */
export interface Duty { due: number; kept: number; missing: Missing[] }
/** A working day without sign-in, or a week of travel (its Monday) that is `short` by so many. */
export interface Missing { kind: 'day' | 'week'; day: string; short: number }

export interface Facts {
  from: string; until: string
  /** not judged yet, nor what lies after it */
  today: string
  /** first day of the account */
  since?: string
  isWorkday(day: string): boolean
  onLeave(day: string): boolean
  travels(day: string): boolean
  signedIn(day: string): boolean
}

export const TIMES_A_WEEK = 2

/**
 * 每工作日登录, 出差每周两次 (RU-01, RU-02). A week with travel is judged as a whole, in the span in which its Sunday lies, once it is over; it asks
 * for no more days than were left to work in it. Sign-ins are counted by the day: twice on one day is once.
 */
export function judgeSignIns(f: Facts): Duty {
  const duty: Duty = { due: 0, kept: 0, missing: [] }
  const owes = (day: string): boolean => f.isWorkday(day) && !f.onLeave(day) && day >= (f.since ?? '')
  const add = (kind: Missing['kind'], day: string, due: number, kept: number): void => {
    duty.due += due
    duty.kept += Math.min(due, kept)
    if (kept < due) duty.missing.push({ kind, day, short: due - kept })
  }
  for (let day = f.from; day <= f.until && day <= f.today; day = addDays(day, 1)) {
    const monday = mondayOf(day), week = Array.from({ length: 7 }, (_, i) => addDays(monday, i))
    if (!week.some(f.travels)) {
      // the day that is not over yet counts for whoever was there already, and against nobody
      if (owes(day) && (day < f.today || f.signedIn(day))) add('day', day, 1, f.signedIn(day) ? 1 : 0)
    } else if (day === week[6] && day < f.today) add('week', monday, Math.min(TIMES_A_WEEK, week.filter(owes).length), week.filter(f.signedIn).length)
  }
  return duty
}

/** Per cent with one decimal; null where nothing was due. */
export const rateOf = (part: number, whole: number): number | null => (whole ? Math.round(part / whole * 1000) / 10 : null)
