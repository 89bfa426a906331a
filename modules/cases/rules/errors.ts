import { registerErrors } from '@quancheng/kernel'

registerErrors({
  CASES_TOO_MANY: [400, '一次至多办理 {max} 件，请缩小范围', 'At most {max} cases at once, choose fewer'],
  CASE_ACT_NEEDS_STEP: [409, '这个案例没有停在可以这样办理的环节', 'The case stands at no step that this can be done on'],
  CASE_ACT_NEEDS_RECORD: [409, '没有记录的案例不能这样办理', 'A case without a record cannot be handled so'],
})
