import { defineEntity, f } from '@quancheng/kernel'
import { ServiceRequest } from '@quancheng/service'
import { Part } from './part.ts'

/** 明细: a part or labour that a request is quoted with. A part is reserved with it; where none is there it waits for its turn. */
export const PartLine = defineEntity('partLine', {
  label: ['维修报价明细', 'Repair quote line'],
  icon: 'list',
  fields: {
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { required: true, immutable: true }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, immutable: true, index: false }),
    kind: f.choice(['类型', 'Kind'], { part: ['配件', 'Part'], labour: ['工时', 'Labour'] }, { required: true }),
    partId: f.ref(['配件', 'Part'], () => Part),
    name: f.text(['名称', 'Name'], { required: true, max: 80 }),
    quantity: f.integer(['数量', 'Quantity'], { required: true, min: 1, max: 999 }),
    unitPrice: f.money(['单价', 'Price'], { required: true, min: 0 }),
    amount: f.money(['金额', 'Amount'], { required: true, min: 0 }),
    state: f.choice(['状态', 'State'], {
      reserved: ['已占用', 'Reserved', 'blue'], waiting: ['待件', 'Waiting', 'orange'], used: ['已使用', 'Used', 'green'], released: ['已取消', 'Released', 'default'], returned: ['已退回', 'Returned', 'cyan'], agreed: ['已列入', 'Listed', 'default'],
    }, { required: true }),
    decidedAt: f.datetime(['办理时间', 'Decided']),
  },
  scope: { via: 'requestId' },
  display: ['name'],
  list: ['requestId', 'kind', 'name', 'quantity', 'unitPrice', 'amount', 'state'],
  managed: true,
  indexes: [{ on: ['requestId', 'id'] }, { on: ['unitId', 'partId', 'id'], where: "state = 'waiting'" }],
})
