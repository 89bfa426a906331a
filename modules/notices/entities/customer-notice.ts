import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { ServiceRequest } from '@quancheng/service'
import { CHANNELS, EVENTS } from './kinds.ts'
import { NoticeChannel } from './notice-channel.ts'

/**
 * 客户通知: one message to one customer by one channel about one event; the unique key is what makes it one. It is `sending` before it leaves,
 * so that after a crash nobody sends it a second time: then it is `unknown`, and a person decides.
 */
export const CustomerNotice = defineEntity('customerNotice', {
  label: ['客户通知', 'Customer notice'],
  icon: 'bell',
  fields: {
    key: f.text(['标识', 'Key'], { required: true, hidden: true, max: 200 }),
    event: f.choice(['事由', 'Event'], EVENTS, { required: true }),
    state: f.choice(['状态', 'State'], {
      waiting: ['待发', 'Waiting', 'blue'], sending: ['发送中', 'Sending', 'cyan'], sent: ['已发', 'Sent', 'green'], failed: ['没发出', 'Failed', 'red'], unknown: ['不确定', 'Unknown', 'orange'], dropped: ['不发了', 'Dropped', 'default'],
    }, { required: true, default: 'waiting' }),
    channel: f.choice(['渠道', 'Channel'], CHANNELS, { required: true }),
    channelId: f.ref(['通知渠道', 'Notice channel'], () => NoticeChannel, { onDelete: 'setNull', index: false }),
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { onDelete: 'cascade' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'setNull', index: false }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false }),
    to: f.text(['收件地址', 'Address'], { hidden: true, personal: true, max: 200 }),
    toShown: f.text(['发给', 'To'], { max: 120 }),
    subject: f.text(['标题', 'Subject'], { max: 200, personal: true }),
    text: f.text(['内容', 'Text'], { max: 4000, multiline: true, personal: true }),
    urgent: f.boolean(['紧急', 'Urgent'], { default: false }),
    attempts: f.integer(['试了几次', 'Tries'], { required: true, default: 0 }),
    dueAt: f.datetime(['发送时间', 'To be sent']),
    sentAt: f.datetime(['发出时间', 'Sent']),
    error: f.text(['原因', 'Reason'], { max: 500 }),
    providerId: f.text(['对方编号', 'Provider’s id'], { max: 120 }),
    templateVersion: f.integer(['模板版本', 'Template version']),
  },
  scope: { unit: 'unitId' },
  display: ['event', 'toShown'],
  list: ['createdAt', 'event', 'channel', 'toShown', 'state', 'text', 'requestId', 'sentAt', 'error'],
  managed: true,
  indexes: [{ on: ['key'], unique: true }, { on: ['state', 'dueAt'] }, { on: ['to', 'createdAt'], where: 'customer_id is null' }],
})
