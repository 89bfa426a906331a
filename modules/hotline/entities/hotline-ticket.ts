import { defineEntity, f, fail } from '@quancheng/kernel'
import { ProductLine } from '@quancheng/customers'
import { watchTicket } from '../store/watch.ts'
import { STATES } from '../rules/states.ts'

/** 热线单: what the customer told the hotline, for a station to take up without typing it again (SP-14). Known by the hotline's own number. */
export const HotlineTicket = defineEntity('hotlineTicket', {
  label: ['热线单', 'Hotline ticket'],
  icon: 'phone',
  fields: {
    hotlineId: f.code(['热线编号', 'Hotline id'], { required: true, unique: true, immutable: true, search: 'code', max: 60 }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, index: false }),
    customerName: f.text(['客户姓名', 'Customer'], { required: true, search: 'name', personal: true, max: 100 }),
    phone: f.phone(['电话', 'Phone'], { required: true, search: 'code', personal: true }),
    address: f.text(['地址', 'Address'], { personal: true, max: 200 }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine),
    model: f.text(['型号', 'Model'], { max: 60 }),
    serialNo: f.code(['序列号', 'Serial number'], { search: 'code', max: 40 }),
    faultDescription: f.text(['故障描述', 'Fault'], { multiline: true, max: 1000 }),
    calledAt: f.datetime(['来电时间', 'Called at']),
    state: f.choice(['状态', 'State'], STATES, { required: true, default: 'waiting', readOnly: true }),
    dueAt: f.datetime(['接单时限', 'Take by'], { readOnly: true }),
    requestId: f.ref(['服务请求', 'Request'], () => 'serviceRequest', { readOnly: true }),
    reason: f.text(['退回原因', 'Reason'], { readOnly: true, max: 200 }),
    decidedAt: f.datetime(['办理时间', 'Decided'], { readOnly: true }),
    decidedById: f.ref(['办理人', 'Decided by'], () => 'user', { readOnly: true, index: false }),
  },
  scope: { unit: 'unitId' },
  travels: 'pair',
  display: ['hotlineId', 'customerName'],
  list: ['hotlineId', 'state', 'customerName', 'phone', 'serialNo', 'unitId', 'dueAt', 'createdAt'],
  watchable: true,
  indexes: [{ on: ['unitId', 'id'], where: "state = 'waiting'" }],
  hooks: {
    before(ctx, c) {
      // what a station has taken up is its request now; the hotline changes what still waits, or what came back
      const before = c.before as Record<string, unknown> | null
      const changes = before !== null && Object.entries(c.draft).some(([name, value]) => value !== undefined && String(value ?? '') !== String(before[name] ?? ''))
      if (c.act === 'update' && changes && c.before?.state === 'accepted' && !ctx.access.system) fail('TICKET_CLOSED', { state: STATES.accepted[0] })
    },
    async after(ctx, c) {
      if (c.row?.state === 'waiting' && (c.act === 'create' || c.before?.state !== 'waiting' || c.before.unitId !== c.row.unitId)) await watchTicket(ctx, c.row)
    },
  },
})

