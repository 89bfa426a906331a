import { defineTexts } from '@quancheng/ui'

export const tc = defineTexts({
  proven: ['手机号已验证', 'Phone proven'], unproven: ['手机号未验证', 'Phone not proven'], level: ['{n} 级客户', 'Level {n}'],
  timeline: ['往来', 'Time line'], about: ['资料', 'About'], open: ['关注', 'To see to'], all: ['全部', 'All'], search: ['在往来中查找', 'Search the time line'],
  more: ['更早的', 'Earlier'], nothing: ['还没有往来', 'Nothing yet'], nothingHint: ['订单、维修、电话、投诉、收款，从任何渠道来的都会排在这里', 'Orders, repairs, calls, complaints and payments of every channel will stand here'],
  noMatch: ['没有符合的往来', 'Nothing fits'], noMatchHint: ['换一个词，或选“全部”', 'Try another word, or “All”'],
  contacts: ['联系人', 'Contacts'], former: ['前任 {month}', 'Until {month}'], preferences: ['偏好', 'Preferences'], team: ['负责团队', 'Team'], focus: ['服务重点', 'What matters'],
  credit: ['信用', 'Credit'], limit: ['额度', 'Limit'], inUse: ['已占用', 'In use'], noLimit: ['未设额度', 'No limit'], grade: ['信用 {grade}（{score} 分）', 'Grade {grade} ({score})'], noRecord: ['还没有到期的款项，未评级', 'Nothing fell due yet: no grade'],
  onTime: ['按时付款 {n}%', '{n}% in time'], oldest: ['最久逾期 {n} 天', 'Late for {n} days'], proposed: ['建议额度', 'Proposed'],
  tree: ['企业结构', 'Tree'], withBelow: ['含下级', 'With those below'], own: ['本单位', 'Own'], fold: ['收起', 'Fold'], unfold: ['展开', 'Unfold'],
  doubles: ['可能已有', 'Known already?'], doublesHint: ['可能是同一个客户', 'May be the same customer'], merge: ['合并', 'Merge'], notSame: ['不是同一个', 'Not the same'], undo: ['撤销合并', 'Undo'], mergedFrom: ['并入的客户', 'Merged into this'],
  undoTitle: ['撤销合并“{name}”', 'Undo the merge of “{name}”'], undoHint: ['当时移过来的记录会回到原来的客户，合并之后新建的留在这里。', 'Rows that were moved go back; those made since stay here.'], undone: ['已撤销', 'Undone'], undoneBut: ['已撤销；合并后改过、没有退回的：{kept}', 'Undone; changed since and left: {kept}'],
  mergeTitle: ['合并客户', 'Merge customers'], keep: ['保留', 'Keep'], keepThis: ['保留这个客户', 'Keep this one'], into: ['另一个客户的编号继续有效，打开时转到保留的客户。合并可以撤销。', 'The other’s id goes on to answer with the one that is kept. It can be undone.'], mergeDone: ['已合并，移动了 {n} 条记录', 'Merged, {n} rows moved'], field: ['字段', 'Field'], sameAll: ['两边没有不同的值', 'No values differ'],
  phone: ['电话相同', 'Same telephone'], taxNumber: ['信用代码相同', 'Same tax number'], name: ['名称相近', 'Alike names'], doublesTitle: ['客户查重', 'Doubles'], noDoubles: ['没有疑似重复的客户', 'No doubles'], noDoublesHint: ['电话、统一社会信用代码相同，或企业名称相近的客户会列在这里', 'Customers with the same telephone, tax number, or alike names will stand here'],
  alike: ['相近 {n}%', '{n}% alike'], statistics: ['客户统计', 'Customer statistics'], value: ['值', 'Value'], count: ['客户数', 'Customers'], share: ['占比', 'Share'], none: ['未填', 'None'], total: ['合计', 'Total'], noCustomers: ['还没有客户', 'No customers yet'], noCustomersHint: ['先登记客户，这里按等级、类型、地区等统计', 'Register customers first'], everybody: ['全部', 'All'], isCustomer: ['客户', 'Customers'], isProspect: ['潜在客户', 'Prospects'], isFormer: ['已流失', 'Former'],
  exportPerson: ['导出个人信息', 'Export personal data'], exportHint: ['按本人要求，导出我们保存的关于此人的全部信息。会留下记录。', 'All that we keep about this person, on request. It is recorded.'],
  nothingOpen: ['没有要关注的事', 'Nothing to see to'],
})
