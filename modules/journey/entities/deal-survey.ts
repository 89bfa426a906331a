import { randomBytes } from 'node:crypto'
import { defineEntity, f } from '@quancheng/kernel'
import { Customer, ProductLine } from '@quancheng/customers'
import { CustomerNotice } from '@quancheng/notices'

/**
 * 成交评价: that a customer was asked how an order went, and what they answered, once (CU-10). It knows its order by number alone: orders belong to a
 * module that need not be there.
 */
export const DealSurvey = defineEntity('dealSurvey', {
  label: ['成交评价', 'Deal survey'],
  icon: 'heart',
  fields: {
    orderNumber: f.text(['订单号', 'Order'], { required: true, max: 40, search: 'code' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    personId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { onDelete: 'setNull', index: false }),
    askedAt: f.datetime(['请客户评价', 'Asked'], { required: true }),
    score: f.integer(['评分', 'Score'], { min: 1, max: 5 }),
    tags: f.choices(['哪里好或不好', 'What about'], { attitude: ['态度', 'Manner'], speed: ['交付快慢', 'Speed'], quality: ['产品质量', 'Quality'], price: ['价格', 'Price'], clear: ['说得清楚', 'Clearness'] }),
    words: f.text(['客户的话', 'Words'], { max: 500, multiline: true, personal: true }),
    answeredAt: f.datetime(['评价时间', 'Answered'], { index: true }),
    noticeId: f.ref(['消息', 'Message'], () => CustomerNotice, { onDelete: 'setNull', index: false }),
    orderId: f.text(['订单', 'Order'], { required: true, hidden: true, immutable: true, max: 36 }),
    token: f.text(['链接', 'Link'], { hidden: true, readOnly: true, max: 40 }),
  },
  scope: { owner: 'personId', unit: 'unitId' },
  travels: 'never',
  display: ['orderNumber'],
  list: ['askedAt', 'orderNumber', 'customerId', 'score', 'tags', 'words', 'answeredAt', 'personId', 'unitId'],
  sort: '-askedAt',
  managed: true,
  watchable: true,
  indexes: [{ on: ['orderId'], unique: true }, { on: ['token'], unique: true }],
  hooks: { before: (_ctx, c) => { if (c.act === 'create') c.draft.token = randomBytes(18).toString('base64url') } },
})
