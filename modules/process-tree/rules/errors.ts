import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TREE_HAS_CHILDREN: [409, '下面还有 {count} 个节点，先移走或删除它们', 'There are {count} nodes below it'],
  TREE_ITEM_LONG: [400, '必做事项一行不超过 {max} 个字', 'A must-do item has at most {max} characters'],
  TREE_BELOW_ITSELF: [409, '不能把节点移到它自己的下面', 'A node cannot be moved below itself'],
  TREE_FILE: [422, '文件有 {count} 处要改，什么都没有导入：{first}', 'The file has {count} problems, nothing was imported: {first}'],
  TREE_MOVE: [409, '不能再往那边移了', 'It cannot be moved further that way'],
  RULE_UNKNOWN: [404, '没有这条规则，或已撤回', 'There is no such rule, or it is withdrawn'],
  RULE_STEP_UNKNOWN: [422, '流程“{process}”里没有办理环节“{node}”', 'Process {process} has no task {node}'],
  RULE_FIELD_UNKNOWN: [422, '这个流程的记录没有字段“{field}”，或它不能用于这种规则', 'The record has no field {field} that such a rule can use'],
  RULE_INCOMPLETE: [422, '规则还不完整：{reason}', 'The rule is not complete: {reason}'],
  RULE_PAST: [422, '生效时间不能早于现在', 'A rule cannot be in force before now'],
  RULE_MOVED: [409, '规则“{code}”属于别的环节；换环节请另立规则', 'Rule {code} belongs to another step'],
  ROLLOUT_VERSION: [422, '流程“{process}”没有第 {version} 版', 'Process {process} has no version {version}'],
  ROLLOUT_UNITS: [422, '有的单位找不到，或不在您的数据范围内', 'Some units are not there, or out of your reach'],
})
