import { defineEntity, f } from '@quancheng/kernel'
import { requirePast } from '../rules/past.ts'
import { Customer } from './customer.ts'

/** 偏好: what somebody serving the customer should know (CU-17). One row a topic; the newest of a topic counts. */
export const Preference = defineEntity('preference', {
  label: ['客户偏好', 'Preference'],
  icon: 'star',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    topic: f.text(['事项', 'Topic'], { required: true, max: 40, help: ['如：座位、联系时间、开票', 'Such as seat, when to call, invoices'] }),
    value: f.text(['偏好', 'Preference'], { required: true, max: 200, personal: true }),
    learnedAt: f.datetime(['得知时间', 'Learned']),
    learnedFrom: f.text(['怎么得知', 'Learned from'], { max: 100 }),
    off: f.boolean(['不再适用', 'No longer'], { default: false }),
  },
  scope: { via: 'customerId' },
  travels: 'never',
  display: ['topic', 'value'],
  list: ['customerId', 'topic', 'value', 'learnedAt', 'learnedFrom', 'off'],
  hooks: { before: (ctx, c) => { if (c.act === 'create') c.draft.learnedAt ??= ctx.now(); requirePast(ctx, c.draft, 'learnedAt', '得知时间') } },
})
