import { registerErrors } from '@quancheng/kernel'

registerErrors({
  EVENT_UNKNOWN: [404, '没有找到这个日程，可能已经取消', 'No such event'],
  EVENT_READ_ONLY: [403, '这个日程不归你安排', 'This event is not yours to change'],
  EVENT_DAY: [409, '{day} 没有这次日程，可能已经改过', 'It does not happen on {day}'],
  EVENT_NOT_ASKED: [403, '这个日程没有邀请你', 'You were not asked to this event'],
  CALENDAR_NOT_SHARED: [403, '看不到这个日历', 'This calendar is not for you'],
  RESOURCE_TAKEN: [409, '{name} 在 {when} 已被占用', '{name} is taken at {when}'],
  CALENDAR_SPAN: [422, '一次最多看 {days} 天', 'At most {days} days at once'],
})
