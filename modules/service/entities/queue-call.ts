import { defineEntity, f } from '@quancheng/kernel'
import { ServiceRequest } from './service-request.ts'

/** 叫号: one number called to a counter; called again, moved or passed over it stays the same row. The screen on the wall is made of these. */
export const QueueCall = defineEntity('queueCall', {
  label: ['叫号', 'Call'],
  icon: 'bell',
  fields: {
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { required: true, onDelete: 'cascade', index: false }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, index: false }),
    number: f.text(['请求号', 'Number'], { required: true, max: 60 }),
    counter: f.text(['柜台', 'Counter'], { required: true, max: 12 }),
    state: f.choice(['状态', 'State'], { calling: ['已叫', 'Called', 'blue'], skipped: ['过号', 'Passed over', 'orange'] }, { required: true, default: 'calling' }),
    times: f.integer(['叫了几次', 'Times'], { required: true, default: 1 }),
    calledAt: f.datetime(['叫号时间', 'Called at'], { required: true }),
  },
  scope: { unit: 'unitId' },
  display: ['number', 'counter'],
  list: ['calledAt', 'number', 'counter', 'state', 'times'],
  managed: true,
  indexes: [{ on: ['requestId'], unique: true }, { on: ['unitId', 'calledAt'], desc: true }],
})
