import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TRACK_NOT_FOUND: [404, '没有找到这个请求，请核对请求号和查询码', 'No such request: check the number and the code'],
  STATION_UNKNOWN: [404, '没有这个服务站：{code}', 'There is no station {code}'],
  NOT_A_STATION: [400, '“{name}”不是服务站，不能取号', '{name} is no station'],
  PRODUCT_LINE_MISSING: [409, '还没有可用的产品线，请管理员先建立', 'There is no product line yet'],
  BULK_LIMIT: [400, '一次最多办理 {max} 条', 'At most {max} at a time'],
  ESTIMATE_NO_QUOTE: [409, '这个请求现在不在报价环节', 'This request is not being quoted'],
  ESTIMATE_CLOSED: [410, '这个报价已经有答复，不能再改', 'This estimate has been answered'],
  ESTIMATE_EXPIRED: [410, '这个报价已过有效期，请联系服务站', 'This estimate is no longer valid'],
  ESTIMATE_OTHER: [409, '报价刚刚换了新的，请看过再答复', 'There is another estimate now: read it first'],
  ESTIMATE_DATE: [400, '有效期已经过了，请选今天或以后', 'The last day has passed: choose today or later'],
  ESTIMATE_REASON: [400, '请写明不同意的原因', 'Say why not'],
  CALL_NOT_WAITING: [409, '这个号已经有人接待', 'This number is being served'],
  CALL_FIRST: [409, '还没有叫过这个号', 'This number has not been called'],
  REQUEST_ENDED: [409, '这个请求已经办结', 'This request has ended'],
})
