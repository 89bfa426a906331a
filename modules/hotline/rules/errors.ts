import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TICKET_CLOSED: [409, '这张热线单已经{state}', 'The ticket is {state} already'],
  TICKET_PHONE: [400, '热线单没有电话，也没有登记过的设备，请先补上', 'The ticket has neither a phone nor a known device'],
  TICKETS_LIMIT: [400, '一次最多 {max} 条', 'At most {max} at a time'],
  HOTLINE_STATION: [400, '没有这个服务站：{code}', 'There is no station {code}'],
  HOTLINE_LINE: [400, '没有这个产品线：{code}', 'There is no product line {code}'],
  CTI_SIGNATURE: [401, '签名不对', 'Wrong signature'],
  CTI_TIME: [401, '时间相差超过 5 分钟', 'The time differs by more than five minutes'],
  CTI_SOURCE: [404, '没有登记这个电话系统', 'Unknown telephone system'],
})
