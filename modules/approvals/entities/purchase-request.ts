import { defineEntity, f } from '@quancheng/kernel'
import { common, OWN_FORM, ownForm } from '../rules/form.ts'

/** 采购申请. */
export const PurchaseRequest = defineEntity('purchaseRequest', {
  label: ['采购申请', 'Purchase request'],
  icon: 'box',
  fields: {
    ...common('CG'),
    goods: f.text(['物品', 'Goods'], { required: true, max: 200, search: 'text' }),
    quantity: f.integer(['数量', 'Quantity'], { required: true, min: 1, max: 1_000_000, default: 1 }),
    amount: f.money(['预计金额', 'Amount'], { required: true, min: 0.01 }),
    neededOn: f.date(['需用日期', 'Needed on'], { required: true }),
    supplier: f.text(['建议供应商', 'Supplier'], { max: 100 }),
    reason: f.text(['用途', 'Purpose'], { required: true, multiline: true, max: 500 }),
    orderNo: f.text(['采购单号', 'Order number'], { readOnly: true, max: 60 }),
  },
  ...OWN_FORM,
  display: ['number', 'goods'],
  list: ['number', 'applicantId', 'goods', 'quantity', 'amount', 'neededOn', 'stage'],
  hooks: { before(ctx, c) { ownForm(ctx, c) } },
})
