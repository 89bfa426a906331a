import { registerErrors } from '@quancheng/kernel'

registerErrors({
  ACTIVITY_UNFINISHED: [409, '本环节还没有完成：{missing}', 'This step is not finished: {missing}'],
  MOVE_NOT_ALLOWED: [409, '现在不能到“{to}”，可以到：{allowed}', 'It cannot move to {to} now; possible: {allowed}'],
  TASK_DONE: [409, '这个环节已经办完', 'This step is done already'],
  TASK_TAKEN: [409, '已由 {name} 办理', 'Taken by {name}'],
  TASK_PAUSED: [409, '已暂停（{reason}），请先恢复', 'Paused ({reason}), resume it first'],
  TASK_NOT_PAUSED: [409, '现在没有暂停', 'It is not paused'],
  POST_NOT_ALLOWED: [403, '岗位无权：这个环节由“{role}”办理', 'Your post does not do this step: it is for {role}'],
  NOT_A_CANDIDATE: [400, '{name} 不能办理这个环节', '{name} cannot do this step'],
  PAUSE_REASON: [400, '暂停原因只能是：{allowed}', 'The reason must be one of: {allowed}'],
  ITEM_UNKNOWN: [400, '没有这一项：{item}', 'There is no item {item}'],
  OUTCOME_UNKNOWN: [400, '没有这个结果：{wanted}', 'There is no outcome {wanted}'],
  OUTCOME_REQUIRED: [400, '请选择办理结果', 'Choose an outcome'],
  NO_CASE: [409, '这条记录没有进行中的流程', 'This record has no running process'],
  PROCESS_UNKNOWN: [404, '没有这个流程：{key}', 'There is no process {key}'],
  PROCESS_INVALID: [422, '流程模型不能发布：{reason}', 'The model cannot be deployed: {reason}'],
  PROCESS_BROKEN: [500, '流程走不下去：{reason}', 'The process cannot go on: {reason}'],
  LOG_REFUSED: [422, '文件有 {count} 处问题，没有导入任何数据', 'The log has {count} problems, nothing was imported'],
  LOG_EXISTS: [409, '已经有名为“{name}”的流程', 'A process called {name} exists'],
})
