import { registerErrors } from '@quancheng/kernel'

registerErrors({
  DECISION_TEMPLATE_UNKNOWN: [404, '没有这个模板：{id}', 'There is no template {id}'],
  DECISION_CHOOSE: [422, '文件里有 {count} 个决策，请选一个', 'The file has {count} decisions, choose one'],
})
