import { registerErrors } from '@quancheng/kernel'

registerErrors({
  SLOT_TAKEN: [409, '这个时段刚刚约满，还可以选 {free}', 'This slot has just been taken; free: {free}'],
  SLOT_FULL: [409, '这个时段已约满，最近都没有空的时段，请致电服务站', 'No slot is free: call the station'],
  SLOT_NONE: [409, '这个时间不能预约，请从列出的时段里选', 'No such slot: choose one of those shown'],
  SLOT_CLOSED: [409, '服务站现在不接这种预约', 'The station takes no such bookings now'],
  BOOKING_UNKNOWN: [404, '没有找到这个预约', 'No such booking'],
  BOOKING_STATE: [409, '这个预约现在是“{state}”，不能再改', 'This booking is {state}'],
  BOOKING_LATE: [409, '离预约不到 {minutes} 分钟，请致电服务站更改', 'Less than {minutes} minutes left: call the station'],
  BOOKING_MANY: [409, '这个电话已有 {n} 个预约，请先取消一个', 'This number has {n} bookings already'],
  BOOKING_EARLY: [409, '还没到预约的那一天', 'It is not the day yet'],
  DISPATCH_NOT_OPEN: [409, '这件事已经有人在办或已办完', 'Somebody has it, or it is done'],
})
