import { type CalendarSpec, defineEntity, f, fail } from '@quancheng/kernel'
import { checkCalendar, type CalendarParts, type YearWarning } from '../rules/calendar-spec.ts'

/**
 * 业务日历: shifts, the ordinary week, and the days that differ from it. A tenant has one default calendar. Days and known years
 * are entered through the actions, so that every holiday has its own line in the history.
 */
export const Calendar = defineEntity('calendar', {
  label: ['业务日历', 'Business calendar'],
  icon: 'calendar',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, unique: true, max: 40 }),
    timeZone: f.text(['时区', 'Time zone'], { required: true, default: 'Asia/Shanghai', max: 60 }),
    shifts: f.json<CalendarSpec['shifts']>(['班次', 'Shifts'], { required: true }),
    workdays: f.choices(['工作日', 'Workdays'], {
      '1': ['周一', 'Monday'], '2': ['周二', 'Tuesday'], '3': ['周三', 'Wednesday'], '4': ['周四', 'Thursday'],
      '5': ['周五', 'Friday'], '6': ['周六', 'Saturday'], '7': ['周日', 'Sunday'],
    }, { required: true }),
    days: f.json<CalendarSpec['days']>(['放假与调休', 'Holidays and make-up days'], { readOnly: true, default: {} }),
    knownYears: f.json<number[]>(['已维护年份', 'Years maintained'], { readOnly: true, default: [] }),
    isDefault: f.boolean(['默认', 'Default'], { readOnly: true, default: false }),
    warnings: f.json<YearWarning[]>(['维护提醒', 'Warnings'], { readOnly: true, hidden: true, default: [] }),
  },
  display: ['name'],
  list: ['name', 'timeZone', 'workdays', 'isDefault'],
  sort: 'name',
  indexes: [{ on: ['isDefault'], where: 'is_default', unique: true }],
  everyone: ['read'],
  hooks: {
    before(_ctx, c) {
      if (c.act === 'remove') { if (c.before?.isDefault) fail('CALENDAR_DEFAULT'); return }
      checkCalendar({ ...c.before, ...c.draft } as unknown as CalendarParts)
    },
  },
})
