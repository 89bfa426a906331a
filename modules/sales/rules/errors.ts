import { registerErrors } from '@quancheng/kernel'

registerErrors({
  LEAD_FULL: [409, '手上已有 {n} 条线索（上限 {max}），先处理或放回再领', 'You hold {n} leads, {max} at most'],
  LEAD_DAY: [409, '今天已领 {n} 条（每天上限 {max}），明天再领', 'You took {n} today, {max} at most'],
  LEAD_RETAKE: [409, '这条线索是您放回或超时收回的，{until} 之后才能再领', 'You gave it back: not before {until}'],
  LEAD_NOT_POOL: [409, '这条线索不在公海里，可能刚被别人领走', 'It is not in the pool: somebody has just taken it'],
  LEAD_CLOSED: [409, '这条线索已转化或已作废', 'It has been converted or discarded'],
  LEAD_NOT_MINE: [409, '先领取这条线索', 'Take it first'],
  LEAD_PERSON: [409, '“{name}”不能接收这个板块的线索', '{name} cannot be given leads of this block'],
  LEAD_BLOCK: [403, '跨板块调配由市场营销部办理', 'Between blocks, marketing allots'],
  LEAD_DOUBLE: [409, '可能已有这个客户：{names}。请选用已有的，或确认新建', 'This customer may exist: {names}'],
  LEAD_FORM: [404, '这张表单已停用', 'This form is not in use'],
  LEAD_ORIGIN: [403, '这张表单不能从这个网站提交', 'This site may not send the form'],
  LEAD_CONSENT: [400, '请勾选同意后再提交', 'Tick the consent first'],
  PROSPECT_NONE: [409, '“{name}”不是潜在客户', '{name} is no prospect'],
  PROSPECT_HEAD: [409, '{unit}还没有负责人的账户', '{unit} has no head with an account'],
  TERRITORY_FROM: [409, '交接日必须晚于现任的开始日 {since}', 'It must be after {since}'],
  ENGAGEMENT_DONE: [409, '这个行动已经完成或取消', 'It is done or dropped'],
  DEAL_CLOSED: [409, '这个商机已经关闭', 'This deal is closed'],
})
