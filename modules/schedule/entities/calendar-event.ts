import { defineEntity, f } from '@quancheng/kernel'

export const KINDS = { meeting: ['会议', 'Meeting', 'blue'], visit: ['拜访', 'Visit', 'green'], out: ['外出', 'Out', 'orange'], training: ['培训', 'Training', 'purple'], duty: ['值班', 'Duty', 'cyan'], activity: ['活动', 'Activity', 'magenta'], other: ['其他', 'Other', 'default'] } as const
export const VISIBILITIES = { public: ['公开', 'Public'], busy: ['只显示忙', 'Busy only'], private: ['仅自己', 'Private'] } as const

/**
 * 日程: something at a time, once or by a rule (rules/rrule.ts). With `unitId` it is the team's, otherwise its owner's. One day of a series that was
 * changed by itself is an event of its own, which names its series and the day that it replaces. Read through the calendar's own actions, which
 * know what may be seen of it (rules/see.ts); the generic list shows people their own.
 */
export const CalendarEvent = defineEntity('calendarEvent', {
  label: ['日程', 'Event'],
  icon: 'calendar',
  fields: {
    title: f.text(['标题', 'Title'], { required: true, max: 120, search: 'text' }),
    kind: f.choice(['类型', 'Kind'], KINDS, { required: true, default: 'meeting' }),
    startsAt: f.datetime(['开始', 'Starts'], { required: true }),
    endsAt: f.datetime(['结束', 'Ends'], { required: true }),
    allDay: f.boolean(['全天', 'All day'], { default: false }),
    free: f.boolean(['不占时间', 'Shown as free'], { default: false }),
    place: f.text(['地点', 'Place'], { max: 120, search: 'text' }),
    ownerId: f.ref(['日历的主人', 'Owner'], () => 'user', { required: true }),
    unitId: f.ref(['团队', 'Team'], () => 'unit'),
    resourceId: f.ref(['资源', 'Resource'], () => 'serviceResource', { onDelete: 'setNull' }),
    rule: f.text(['重复', 'Repeats'], { max: 200 }),
    skipHolidays: f.boolean(['逢放假跳过', 'Not on holidays'], { default: false }),
    exDays: f.json<string[]>(['不举行的日子', 'Days left out']),
    lastEnd: f.datetime(['最后一次结束', 'Over at'], { hidden: true }),
    seriesId: f.ref(['所属重复日程', 'Series'], () => 'calendarEvent', { onDelete: 'cascade' }),
    originalDay: f.date(['原来那天', 'Replaces']),
    reminderMinutes: f.integer(['提前几分钟提醒', 'Remind minutes before'], { min: 0, max: 40_320 }),
    visibility: f.choice(['谁能看到内容', 'Visibility'], VISIBILITIES, { required: true, default: 'public' }),
    note: f.text(['说明', 'Note'], { max: 4000, multiline: true }),
    entity: f.text(['相关对象', 'Entity'], { max: 60, hidden: true }),
    recordId: f.text(['相关记录标识', 'Record'], { max: 40, hidden: true, index: true }),
    about: f.text(['相关记录', 'About'], { max: 200 }),
    budget: f.money(['预算', 'Budget'], { min: 0 }),
  },
  scope: { owner: 'ownerId' },
  everyone: ['read'],
  travels: 'never',
  display: ['title'],
  list: ['title', 'kind', 'startsAt', 'endsAt', 'place', 'unitId', 'rule', 'about'],
  sort: '-startsAt',
  managed: true,
  indexes: [{ on: ['seriesId', 'originalDay'], where: 'series_id is not null', unique: true }, { on: ['startsAt', 'lastEnd'] }],
})
