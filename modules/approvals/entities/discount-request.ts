import { defineEntity, f } from '@quancheng/kernel'
import { common, OWN_FORM, ownForm } from '../rules/form.ts'

/** 折扣申请: a price below the list, for one customer. */
export const DiscountRequest = defineEntity('discountRequest', {
  label: ['折扣申请', 'Discount request'],
  icon: 'tag',
  fields: {
    ...common('ZK'),
    customer: f.text(['客户', 'Customer'], { required: true, max: 100, search: 'name' }),
    item: f.text(['项目', 'Item'], { required: true, max: 200, search: 'text' }),
    listPrice: f.money(['原价', 'List price'], { required: true, min: 0.01 }),
    price: f.money(['申请价', 'Price'], { required: true, min: 0 }),
    percent: f.decimal(['折扣率（%）', 'Percent of list'], { readOnly: true, scale: 1, help: ['申请价 ÷ 原价', 'Price ÷ list price'] }),
    reason: f.text(['理由', 'Reason'], { required: true, multiline: true, max: 500 }),
  },
  ...OWN_FORM,
  display: ['number', 'customer'],
  list: ['number', 'applicantId', 'customer', 'item', 'listPrice', 'price', 'percent', 'stage'],
  hooks: {
    before(ctx, c) {
      ownForm(ctx, c)
      const draft = c.draft as Record<string, unknown>
      const [list, price] = [Number(draft.listPrice ?? c.before?.listPrice), Number(draft.price ?? c.before?.price)]
      if (list > 0 && Number.isFinite(price) && (draft.listPrice !== undefined || draft.price !== undefined)) draft.percent = (price / list * 100).toFixed(1)
    },
  },
})
