import type { IconName } from '@quancheng/ui'
import { tc } from './texts.ts'
import type { Age, CaseLine } from './types.ts'

/** In this order they stand in a bar: of steps with a standard, then of those without. */
export const AGES: readonly Age[] = ['within', 'warn', 'late', 'twice', 'hour', 'day', 'days', 'more', 'paused']
export const AGE_FILTERS = ['within', 'warn', 'overdue', 'late', 'twice', 'hour', 'day', 'days', 'more'] as const
export const FLAGS = ['unassigned', 'incident', 'paused', 'urged'] as const
export const STATES = ['open', 'completed', 'cancelled', 'failed', 'ended'] as const
export const SORTS = ['since', '-since', 'due', '-due', 'started', '-started', 'label', '-label'] as const
export const MOST = 500

/** Business minutes as people say them; `day`: working minutes of a day. A working day is not 24 hours, hence not `durationText`. */
export function workText(minutes: number, day: number): string {
  const whole = Math.max(0, Math.round(minutes))
  if (whole < 60) return tc('workMinutes', { n: whole })
  if (whole >= day && day > 0) return tc('workDays', { n: String(Math.round((whole / day) * 10) / 10) })
  const h = Math.floor(whole / 60), m = whole % 60
  return m ? tc('workHours', { h, m }) : tc('workHoursOnly', { h })
}

/** Who has it, in words. */
export function whoText(row: Pick<CaseLine, 'voters' | 'assigneeName' | 'unassigned' | 'role' | 'kind'>): string {
  if (row.voters) return row.voters
  if (row.assigneeName) return row.assigneeName
  if (row.unassigned) return row.role ? tc('poolOf', { role: row.role }) : tc('pool')
  return row.kind === 'service' ? tc('program') : row.kind === 'user' || !row.kind ? '—' : tc('event')
}

export type Mark = { icon: IconName, text: string, tone: 'danger' | 'warn' | 'soft' }
export function marksOf(row: CaseLine): Mark[] {
  return [
    ...(row.incident ? [{ icon: 'warn', text: tc('incident'), tone: 'danger' } as const] : []),
    ...(row.pausedFor !== null ? [{ icon: 'pause', text: tc('pausedFor', { why: row.pausedFor }), tone: 'soft' } as const] : []),
    ...(row.urgedAt ? [{ icon: 'bell', text: tc('urged'), tone: 'warn' } as const] : []),
  ]
}
