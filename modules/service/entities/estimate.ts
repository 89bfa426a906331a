import { defineEntity, f } from '@quancheng/kernel'
import { ServiceRequest } from './service-request.ts'

/** 报价单: what a repair would cost, line by line, as the customer saw it. Another one replaces it; it is never changed (SP-32). */
export const Estimate = defineEntity('estimate', {
  label: ['维修报价', 'Estimate'],
  icon: 'form',
  fields: {
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { required: true, onDelete: 'cascade' }),
    stepId: f.text(['环节标识', 'Step'], { required: true, hidden: true, max: 40 }),
    state: f.choice(['状态', 'State'], { open: ['待客户确认', 'Open', 'blue'], accepted: ['已同意', 'Accepted', 'green'], declined: ['不同意', 'Declined', 'red'], replaced: ['已换新报价', 'Replaced', 'default'], dropped: ['未答复，已作废', 'Dropped', 'default'] }, { required: true, default: 'open' }),
    lines: f.json<EstimateLine[]>(['明细', 'Lines']),
    total: f.money(['合计', 'Total'], { required: true }),
    validUntil: f.date(['有效期至', 'Valid until']),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
    answeredAt: f.datetime(['答复时间', 'Answered']),
    answeredBy: f.text(['答复人', 'Answered by'], { max: 60 }),
    answeredHow: f.choice(['怎样答复', 'Answered how'], { customer: ['客户自己', 'By the customer'], counter: ['在服务站，由员工记下', 'At the counter'] }),
    reason: f.text(['不同意的原因', 'Reason'], { max: 500, multiline: true }),
  },
  scope: { via: 'requestId' },
  display: ['total', 'state'],
  list: ['createdAt', 'requestId', 'total', 'validUntil', 'state', 'answeredAt'],
  managed: true,
  watchable: true,
})

/** `price` and `amount` in yuan with two decimals, as texts. */
export interface EstimateLine { name: string; quantity: number; price: string; amount: string }
