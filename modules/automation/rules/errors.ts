import { registerErrors } from '@quancheng/kernel'

registerErrors({
  AUTOMATION_UNKNOWN: [404, '没有这条规则，或不在您的范围内', 'There is no such rule in your reach'],
  AUTOMATION_ENTITY: [422, '“{entity}”不能设自动化规则', 'There can be no rules on {entity}'],
  AUTOMATION_FIELD: [422, '{where}：没有字段“{field}”，或它不能这样用', '{where}: there is no field {field} that can be used so'],
  AUTOMATION_FIELD_FORBIDDEN: [403, '{where}：您无权使用字段“{field}”', '{where}: you may not use the field {field}'],
  AUTOMATION_FEEL: [422, '{where}写得不对：{reason}', '{where}: {reason}'],
  AUTOMATION_VALUE: [422, '{where}：“{field}”的值不对，{reason}', '{where}: {field} {reason}'],
  AUTOMATION_ROLE: [422, '{where}：没有岗位“{role}”', '{where}: there is no role {role}'],
  AUTOMATION_PERSON: [422, '{where}：找不到这个人，或账号已停用', '{where}: there is no such person'],
  AUTOMATION_NOBODY: [422, '没有人可以接：{whom}', 'Nobody to give it to: {whom}'],
  AUTOMATION_PROCESS: [422, '{where}：没有流程“{process}”，或它不在这种记录上办理', '{where}: there is no process {process} on such records'],
  AUTOMATION_TOO_MANY: [422, '“{field}”最多 {most} 项', 'At most {most} of {field}'],
  AUTOMATION_INCOMPLETE: [422, '规则还不完整：{field}', 'The rule is not complete: {field}'],
  AUTOMATION_REACH: [403, '规则不能超出您自己的权限：{what}', 'A rule cannot do what you may not: {what}'],
  AUTOMATION_GONE: [422, '记录已删除，不能{what}', 'The record is gone: cannot {what}'],
  AUTOMATION_RAN: [409, '规则已经执行过，留作记录，只能停用', 'The rule has run: it can only be switched off'],
  AUTOMATION_RETRY: [409, '只有失败或被制止的一次可以重试', 'Only what failed or was stopped can be tried again'],
  NOTICE_UNKNOWN: [404, '没有这条通知', 'There is no such notice'],
})
