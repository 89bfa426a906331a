import { registerErrors } from '@quancheng/kernel'

registerErrors({
  REPLAY_NODE: [400, '这个流程里没有环节 {node}', 'The process has no node {node}'],
  NO_MODEL: [409, '“{name}”是导入的日志，没有画出来的流程', '“{name}” is an imported log and has no drawn model'],
})
