import { registerErrors } from '@quancheng/kernel'

registerErrors({
  RULE_DOCUMENT_FROM: [400, '生效日不能早于上一版的生效日 {day}', 'It cannot be valid before the version before it, {day}'],
  NOTICE_NOBODY: [409, '没有人连续 {days} 天未登录，不用通报', 'Nobody has been away for {days} days'],
  NOTICE_FUTURE: [400, '截至日期不能在今天之后', 'The day is still to come'],
  ACCOUNT_OFF: [409, '{name} 的账户已经停用', 'The account of {name} is off already'],
  ACCOUNT_NOT_DONE: [409, '申请还没有办理', 'The request has not been carried out'],
  FREEZE_SELF: [409, '不能冻结自己的账户', 'Nobody freezes their own account'],
  FREEZE_ADMIN: [403, '系统管理员的账户只能由系统管理员停用', 'Only an administrator switches an administrator off'],
  NOT_FROZEN: [409, '{name} 的账户没有停用', 'The account of {name} is not off'],
  HANDOVER_SAME: [400, '交出和接手不能是同一个人', 'It must go to somebody else'],
  HANDOVER_OFF: [409, '{name} 的账户已经停用，不能接手', 'The account of {name} is off: they take nothing over'],
  HANDOVER_BLOCK: [403, '跨板块交接由市场营销部办理', 'Between blocks only marketing hands over'],
  HANDOVER_NOTHING: [409, '{name} 名下没有要交接的', '{name} has nothing to hand over'],
  HANDOVER_MANY: [409, '一次至多交接 {most} 条，请按类别分几次办', 'At most {most} at a time: hand over kind by kind'],
  HANDOVER_LATE: [409, '交接超过 24 小时，不能撤销了', 'A day has passed: it can no longer be undone'],
  HANDOVER_UNDONE: [409, '这次交接已经撤销过', 'It was undone already'],
})
