import { isWorkday, type CompiledCalendar } from '@quancheng/kernel'
import { addDays } from './ageing.ts'

/** Working days after one day, up to and with another (RU-11): signed 09-30, entered 10-10 → 8, 9 and 10 October, for 1–7 are holidays and the 10th is worked. */
export function workingDaysAfter(cal: CompiledCalendar, from: string, to: string): string[] {
  const days: string[] = []
  for (let day = addDays(from, 1), n = 0; day <= to && n < 4000; day = addDays(day, 1), n++) if (isWorkday(cal, day)) days.push(day)
  return days
}

/** The last day on which so many working days have not yet passed. */
export function lastDayFor(cal: CompiledCalendar, from: string, days: number): string {
  let day = from
  for (let left = days, n = 0; left > 0 && n < 4000; n++) { day = addDays(day, 1); if (isWorkday(cal, day)) left-- }
  return day
}
