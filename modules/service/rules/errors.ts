import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TRACK_NOT_FOUND: [404, '没有找到这个请求，请核对请求号和查询码', 'No such request: check the number and the code'],
  STATION_UNKNOWN: [404, '没有这个服务站：{code}', 'There is no station {code}'],
  NOT_A_STATION: [400, '“{name}”不是服务站，不能取号', '{name} is no station'],
  PRODUCT_LINE_MISSING: [409, '还没有可用的产品线，请管理员先建立', 'There is no product line yet'],
  BULK_LIMIT: [400, '一次最多办理 {max} 条', 'At most {max} at a time'],
  REQUEST_ENDED: [409, '这个请求已经办结', 'This request has ended'],
})
