import { registerErrors } from '@quancheng/kernel'

registerErrors({
  STOCK_SHORT: [409, '“{part}”库存不足：现有 {onHand}，已占用 {reserved}', 'Not enough of {part}: {onHand} on hand, {reserved} reserved'],
  PARTS_STAGE: [409, '现在的环节不能这样办配件', 'Parts cannot be handled so at this stage'],
  PART_LINE_STATE: [409, '这一行已经是“{state}”，不能再这样办', 'The line is {state} already'],
  PART_OFF: [409, '配件“{part}”已停用', '{part} is no longer used'],
})
