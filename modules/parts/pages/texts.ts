import { defineTexts } from '@quancheng/ui'

export const tp = defineTexts({
  title: ['配件库存', 'Stock'], find: ['料号或名称', 'Number or name'], part: ['配件', 'Part'], price: ['单价', 'Price'], onHand: ['现有', 'On hand'], reserved: ['已占用', 'Reserved'], available: ['可用', 'Free'], waiting: ['待件', 'Waited for'],
  none: ['没有配件', 'No parts'], noneHint: ['本部在“配件目录”里建立料号后，就可以入库', 'Head office makes the catalogue first'],
  receive: ['入库', 'Receive'], adjust: ['盘点', 'Count'], ledger: ['流水', 'Ledger'], quantity: ['数量', 'Quantity'], counted: ['实盘数量', 'Counted'], note: ['备注', 'Note'], reason: ['原因', 'Reason'],
  received: ['已入库', 'Received'], adjusted: ['已调整', 'Adjusted'], nothingMoved: ['还没有进出', 'Nothing moved yet'], station: ['服务站', 'Station'],
  lines: ['报价明细', 'Quote lines'], total: ['合计', 'Total'], noLines: ['还没有明细', 'No lines yet'], addPart: ['加配件', 'Add a part'], addLabour: ['加工时', 'Add labour'], labour: ['工时', 'Labour'], labourName: ['项目', 'Item'], amount: ['金额', 'Amount'],
  use: ['用上', 'Use'], release: ['取消', 'Release'], back: ['退回', 'Return'], added: ['已加入', 'Added'], addedWaiting: ['库存不足，已排队待件；到货后自动占用', 'None left: it waits and is reserved when it arrives'], done: ['已办理', 'Done'], freeNow: ['可用 {n}', '{n} free'], add: ['加入', 'Add'],
  receive_k: ['入库', 'Received'], reserve_k: ['占用', 'Reserved'], release_k: ['取消占用', 'Released'], use_k: ['使用', 'Used'], return_k: ['退回', 'Returned'], adjust_k: ['盘点调整', 'Adjusted'],
  paidFor: ['在保或合同已包含：建议 0 元', 'Covered by warranty or contract: proposed at 0'],
  repeatFree: ['返修({n}天)：工时建议 0 元', 'Back after {n} days: labour is proposed at 0'],
  state_reserved: ['已占用', 'Reserved'], state_waiting: ['待件', 'Waiting'], state_used: ['已使用', 'Used'], state_released: ['已取消', 'Released'], state_returned: ['已退回', 'Returned'], state_agreed: ['已列入', 'Listed'],
})
