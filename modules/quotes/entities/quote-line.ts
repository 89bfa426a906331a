import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { lineHooks } from '../store/quote-hooks.ts'
import { Quote } from './quote.ts'

/** One line of a quote; `amount` = quantity × unit price less its discount, rounded to the cent. */
export const QuoteLine = defineEntity('quoteLine', {
  label: ['报价明细', 'Quote line'],
  icon: 'list',
  fields: {
    quoteId: f.ref(['报价单', 'Quote'], () => Quote, { required: true, onDelete: 'cascade' }),
    position: f.integer(['行号', 'Line'], { required: true, default: 1, min: 1 }),
    productId: f.ref(['产品', 'Product'], () => Product, { onDelete: 'setNull', index: false }),
    item: f.text(['名称', 'Item'], { required: true, max: 100 }),
    unit: f.text(['单位', 'Unit'], { required: true, default: '台', max: 10 }),
    quantity: f.decimal(['数量', 'Quantity'], { required: true, scale: 3, min: 0 }),
    listPrice: f.money(['目录价', 'List price'], { min: 0 }),
    unitPrice: f.money(['单价', 'Unit price'], { required: true, min: 0 }),
    discount: f.decimal(['折扣（%）', 'Discount %'], { scale: 2, min: 0, max: 100, default: '0' }),
    amount: f.money(['金额', 'Amount'], { readOnly: true }),
  },
  scope: { via: 'quoteId' },
  travels: 'never',
  display: ['item'],
  list: ['quoteId', 'position', 'item', 'quantity', 'unit', 'listPrice', 'unitPrice', 'discount', 'amount'],
  sort: 'position',
  hooks: lineHooks,
})
