import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TEMPLATE_THERE: [409, '“{name}”已经装入', '“{name}” is installed already'],
  POINT_UNKNOWN: [422, '没有触点“{code}”', 'No touch point “{code}”'],
})
