import { dateText, presentTime, shortText, zoned } from '@quancheng/ui'
import { tc } from './texts.ts'

/** 今天 14:30, 明天 10:05, 11-27 09:20: how one tells a customer a time. */
export function promiseText(at: string, now: Date = presentTime()): string {
  const { hour, minute } = zoned(at)
  const day = dateText(at)
  if (day === dateText(now)) return tc('today', { t: `${hour}:${minute}` })
  if (day === dateText(new Date(now.getTime() + 86_400_000))) return tc('tomorrow', { t: `${hour}:${minute}` })
  return shortText(at, now)
}
