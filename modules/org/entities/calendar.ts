import { type CalendarSpec, defineEntity, f, fail } from '@quancheng/kernel'
import { checkCalendar, sortedDays, type CalendarParts, type YearWarning } from '../rules/calendar-spec.ts'

/** 业务日历: shifts, the ordinary week, and the days that differ from it. A tenant has one default calendar, on which its clocks run. */
export const Calendar = defineEntity('calendar', {
  label: ['业务日历', 'Business calendar'],
  icon: 'calendar',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, unique: true, max: 40 }),
    timeZone: f.text(['时区', 'Time zone'], { required: true, default: 'Asia/Shanghai', max: 60 }),
    shifts: f.json<CalendarSpec['shifts']>(['班次', 'Shifts'], { required: true, default: [['09:00', '12:00'], ['13:30', '18:00']] }),
    workdays: f.json<number[]>(['工作日', 'Workdays'], { required: true, default: [1, 2, 3, 4, 5], help: ['1 是周一，7 是周日', '1 is Monday, 7 is Sunday'] }),
    days: f.json<CalendarSpec['days']>(['放假与调休', 'Holidays and make-up days'], { default: {} }),
    knownYears: f.json<number[]>(['已维护年份', 'Years maintained'], { default: [] }),
    isDefault: f.boolean(['默认', 'Default'], { readOnly: true, default: false }),
    warnings: f.json<YearWarning[]>(['维护提醒', 'Warnings'], { readOnly: true, hidden: true, default: [] }),
  },
  affectsMeta: true,
  display: ['name'],
  list: ['name', 'timeZone', 'isDefault', 'updatedAt'],
  sort: 'name',
  indexes: [{ on: ['isDefault'], where: 'is_default', unique: true }],
  everyone: ['read'],
  hooks: {
    before(_ctx, c) {
      if (c.act === 'remove') { if (c.before?.isDefault) fail('CALENDAR_DEFAULT'); return }
      const next = { ...c.before, ...c.draft } as unknown as CalendarParts & { warnings: YearWarning[] | null }
      checkCalendar(next)
      if (c.draft.days) c.draft.days = sortedDays(next.days!)
      // a year that is maintained needs no reminder any more, whichever way it was entered
      if (c.draft.knownYears && next.warnings?.some(w => next.knownYears!.includes(w.year))) c.draft.warnings = next.warnings.filter(w => !next.knownYears!.includes(w.year))
    },
  },
})
