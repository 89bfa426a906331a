import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TREE_CYCLE: [409, '上下级成环：“{name}”已经在它的下面', 'A ring: “{name}” is below it already'],
  CUSTOMER_MERGED: [409, '这个客户已并入“{name}”，请在那里修改', 'This customer was merged into “{name}”: change that one'],
  MERGE_SAME: [409, '不能把客户并入自己', 'A customer can’t be merged into itself'],
  MERGE_MERGED: [409, '“{name}”已经并入别的客户', '“{name}” was merged already'],
  MERGE_KIND: [409, '个人与企业不能合并', 'A person and a company can’t be merged'],
  MERGE_CONFLICT: [409, '两个客户都有“{entity}”，只能有一份：请先处理其中一份再合并', 'Both have a “{entity}”, of which there may be one: see to one of them first'],
  MERGE_ELSEWHERE: [409, '“{entity}”有记录由自带节点的服务站管理，本部改不了；请在那里办完后再合并', 'Rows of “{entity}” belong to a station with a node of its own'],
  UNMERGE_DONE: [409, '这次合并已经撤销', 'This merge was undone already'],
  UNMERGE_LATER: [409, '合并之后“{name}”又并入了别的客户，请先撤销那一次', '“{name}” was merged on since: undo that one first'],
  UNMERGE_ERASED: [409, '合并之后有个人信息被清除，不能再撤销', 'Personal data were erased since: it can’t be undone'],
  OVER_CREDIT: [409, '超信用 {over} 元：额度 {limit}，已占用 {open}', '{over} over the credit limit of {limit}, {open} in use'],
})
