import { registerErrors } from '@quancheng/kernel'

registerErrors({
  DECISION_UNKNOWN: [404, '没有编号为“{key}”的决策表，或还没有发布', 'There is no decision table {key}, or it was never published'],
  DECISION_EXISTS: [409, '已经有编号为“{key}”的决策表', 'There is a decision table {key} already'],
  DECISION_INVALID: [422, '决策表不能用：{reason}', 'The decision table cannot be used: {reason}'],
  DECISION_TOO_COMPLEX: [422, '决策表“{name}”算得太久，已停下：请简化单元格里的表达式', 'The decision table {name} takes too long: simplify its expressions'],
  DECISION_ROWS: [400, '一次最多判断 {most} 行，现在是 {count} 行', 'At most {most} rows at once, not {count}'],
})
