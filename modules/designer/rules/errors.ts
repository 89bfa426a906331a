import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TEMPLATE_UNKNOWN: [404, '没有这个模板：{id}', 'There is no template {id}'],
  DRAWING_MISSING: [422, '文件里没有图形，也画不出来：流程里有子流程。请用建模工具画好再上传', 'The file has no drawing, and none can be made because of its sub-processes'],
})
