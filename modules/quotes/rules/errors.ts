import { registerErrors } from '@quancheng/kernel'

registerErrors({
  QUOTE_LOCKED: [409, '这份报价{state}，内容不能再改；要改请做新版', 'This quote is {state}: make a new version to change it'],
  QUOTE_STATE: [409, '这份报价{state}，现在不能{act}', 'This quote is {state}'],
  QUOTE_EMPTY: [409, '报价还没有明细，先加产品和数量', 'The quote has no lines yet'],
  QUOTE_DATE: [409, '有效期已经过了，请改成今天或以后', 'The last day has passed: choose today or later'],
  QUOTE_FLOOR: [409, '低于最低价，不能报：{items}', 'Below the lowest price: {items}'],
  QUOTE_MOST: [409, '折扣超过了最多允许的：{items}', 'More discount than anybody may give: {items}'],
  QUOTE_NO_APPROVER: [409, '折扣要审批，但没有找到审批人，请管理员在“折扣规则”里指定', 'Nobody is there to approve the discount'],
  QUOTE_NOT_LAST: [409, '已经有更新的版本（第 {revision} 版），请在那一版上改', 'There is a newer version ({revision})'],
  QUOTE_LINES_LIMIT: [400, '一份报价最多 {max} 行', 'At most {max} lines'],
  QUOTE_LINE: [400, '第 {line} 行：{reason}', 'Line {line}: {reason}'],
  QUOTE_MISSING_ANSWERS: [409, '客户检查单还有必答的没有填，不能报价：{names}', 'Must-fill answers are missing: {names}'],
  QUOTE_LINK: [404, '没有找到这份报价，请核对链接', 'No such quote: check the link'],
  QUOTE_CLOSED: [410, '这份报价已经有答复，不能再改', 'This quote has been answered'],
  QUOTE_REPLACED: [410, '这份报价已有新版，请看新的链接', 'There is a newer version of this quote'],
  QUOTE_EXPIRED: [410, '这份报价已过有效期，请联系我们', 'This quote is no longer valid'],
  QUOTE_REASON: [400, '请写明谢绝的原因', 'Say why not'],
})
