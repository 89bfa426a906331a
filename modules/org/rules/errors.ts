import { registerErrors } from '@quancheng/kernel'

registerErrors({
  CALENDAR_INVALID: [400, '业务日历不对：{reason}', 'The calendar makes no sense: {reason}'],
  CALENDAR_FILE: [422, '日历文件有 {count} 处问题，没有导入任何日期', 'The calendar file has {count} problems, nothing was imported'],
  CALENDAR_DEFAULT: [409, '默认业务日历不能删除，请先把另一个设为默认', 'The default calendar cannot be removed'],
  CALENDAR_MISSING: [409, '企业还没有默认的业务日历，请先设置', 'There is no default calendar yet'],
})
