import { registerErrors } from '@quancheng/kernel'

registerErrors({
  SEGMENT_RULE: [400, '规则不对：{reason}', 'The rule is wrong: {reason}'],
  CAMPAIGN_STATE: [409, '活动现在是“{state}”，不能{act}', 'The campaign is {state}'],
  CAMPAIGN_NO_STEPS: [409, '活动还没有步骤，先写好第一步', 'The campaign has no steps'],
  CAMPAIGN_NO_SEGMENT: [409, '按时间开始的活动要选客户细分', 'Choose a segment'],
  CAMPAIGN_NOBODY: [409, '这个细分现在没有客户，没有开始', 'The segment is empty'],
  CAMPAIGN_STAGE: [400, '请选择到哪个环节时开始', 'Choose the stage'],
  CAMPAIGN_TEXT: [400, '第 {n} 步的内容里没有这样的变量：{names}', 'Unknown places in step {n}: {names}'],
  CAMPAIGN_FIXED: [409, '名单已经定下，不能再改细分、对照组与开始方式', 'The audience is fixed'],
  CAMPAIGN_LINK: [404, '这个链接不对或已失效', 'This link is wrong or no longer good'],
  LIST_COLUMNS: [400, '名单里要有“姓名”一栏，还要有“电话”或“邮箱”', 'The list needs a name and a telephone or a mail'],
  LIST_DOUBLE: [409, '{who}里已有：{name}', 'Known already: {name}'],
  LIST_UNREACHABLE: [400, '没有电话也没有邮箱', 'Neither telephone nor mail'],
  PROMOTION_OVER: [409, '促销预算已用完：预算 {budget}，已用 {spent}，这一次 {amount}', 'The budget is used up'],
  PROMOTION_DAYS: [409, '促销不在有效期内（{from} 至 {to}）', 'The promotion is not on'],
  PROMOTION_STOPPED: [409, '促销已停止', 'The promotion is stopped'],
  PROMOTION_STATE: [409, '这次使用现在是“{state}”，不能{act}', 'The use is {state}'],
  PROMOTION_VOUCHER: [409, '凭证 {voucher} 已经用过', 'The voucher was used'],
})
