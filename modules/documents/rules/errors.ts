import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TEMPLATE_FILE: [400, '模板文件用不了：{reason}', 'The template can’t be used: {reason}'],
  TEMPLATE_EMPTY: [409, '模板“{name}”还没有文件，请先上传一个 .docx 或 .xlsx', 'Template {name} has no file yet'],
  TEMPLATE_OFF: [409, '模板“{name}”已停用', 'Template {name} is switched off'],
  TEMPLATE_OTHER: [400, '模板“{name}”是给{entity}用的', 'Template {name} is for {entity}'],
})
