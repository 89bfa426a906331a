/** The calendar a Chinese company starts with: State Council holiday schedules and an ordinary office day. */

import cn2025 from './data/cn-2025.json' with { type: 'json' }
import cn2026 from './data/cn-2026.json' with { type: 'json' }
import type { CalendarSpec, DayKind } from './spec.ts'

/** A fresh, editable copy. Years not shipped here are entered or imported by the head office, see `parseCalendarFile`. */
export function chinaCalendar(): CalendarSpec {
  const years = [cn2025, cn2026]
  const days: Record<string, DayKind> = {}
  for (const year of years) {
    for (const date of year.off) days[date] = 'off'
    for (const date of year.work) days[date] = 'work'
  }
  return {
    timeZone: 'Asia/Shanghai',
    shifts: [['09:00', '12:00'], ['13:30', '18:00']],
    workdays: [1, 2, 3, 4, 5],
    days,
    knownYears: years.map(year => year.year),
  }
}
