import { durationText } from '@quancheng/ui'
import { ts } from './texts.ts'

/** Working minutes: from one working day on, in working days of the company. */
export function workText(minutes: number | null, dayMinutes: number): string {
  if (minutes === null) return '—'
  if (minutes > 0 && minutes < 1) return durationText(minutes)
  return minutes < dayMinutes ? durationText(minutes) : ts('workDay', { n: numberText(minutes / dayMinutes, 1) })
}

export const numberText = (n: number, digits = 1): string => (Number.isInteger(n) ? String(n) : n.toFixed(digits))
export const percent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 100)}%`)
