import { registerErrors } from '@quancheng/kernel'

registerErrors({
  NODE_HERE: [409, '本机是站点节点，请在本部办理', 'This is a station’s node: please act at head office'],
  NODE_THERE: [409, '{unit} 已有节点“{name}”，一个站只能有一个', '{unit} has a node already'],
  NODE_UNIT: [400, '节点只能建在服务站上', 'A node stands in a station'],
  NODE_STATE: [409, '节点现在是“{state}”，不能这样办', 'The node is {state}'],
})
