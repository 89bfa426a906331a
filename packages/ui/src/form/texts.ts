import { defineTexts } from '../core/i18n.ts'

export const tf = defineTexts({
  required: ['请填写{label}', '{label} is required'],
  tooLong: ['{label}最多 {max} 个字', '{label} has at most {max} characters'],
  tooSmall: ['{label}不能小于 {min}', '{label} must be at least {min}'],
  tooLarge: ['{label}不能大于 {max}', '{label} must be at most {max}'],
  pattern: ['{label}的格式不对', '{label} has the wrong format'],
  json: ['{label}不是有效的 JSON', '{label} is not valid JSON'],
  unsavedTitle: ['有未保存的修改', 'Unsaved changes'],
  unsavedText: ['离开后修改会丢失。', 'They are lost when you leave.'],
  leave: ['放弃修改', 'Leave anyway'],
  stay: ['继续编辑', 'Keep editing'],
  fixBelow: ['有 {n} 处需要修改', '{n} things to correct'],
  saveHint: ['Ctrl+Enter 保存', 'Ctrl+Enter saves'],
  reloadRow: ['载入最新内容', 'Load the newest'],
  choose: ['请选择', 'Choose'],
  tenantField: ['本企业字段', 'Own fields'],
  nothingChanged: ['没有修改', 'Nothing changed'],
})
