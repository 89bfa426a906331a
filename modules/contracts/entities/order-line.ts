import { defineEntity, f } from '@quancheng/kernel'
import { Customer, Product } from '@quancheng/customers'
import { orderLineAfter, orderLineBefore } from '../store/order-hooks.ts'
import { SalesOrder } from './sales-order.ts'

/** One thing that was ordered. Customer and day are the order's, kept here because every analysis asks by them; `item` names a route, a service or a model that is no product of ours. */
export const OrderLine = defineEntity('orderLine', {
  label: ['订单明细', 'Order line'],
  icon: 'list',
  fields: {
    orderId: f.ref(['订单', 'Order'], () => SalesOrder, { required: true, onDelete: 'cascade' }),
    position: f.integer(['行号', 'Line'], { required: true, default: 1, min: 1 }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { readOnly: true, index: false }),
    orderedOn: f.date(['下单日', 'Ordered on'], { readOnly: true }),
    productId: f.ref(['产品', 'Product'], () => Product, { onDelete: 'setNull' }),
    item: f.text(['名称', 'Item'], { required: true, max: 100, index: true }),
    place: f.text(['地点', 'Place'], { max: 40 }),
    unit: f.text(['单位', 'Unit'], { required: true, default: '台', max: 10 }),
    quantity: f.decimal(['数量', 'Quantity'], { required: true, scale: 3, min: 0 }),
    delivered: f.decimal(['已交付', 'Delivered'], { scale: 3, min: 0, default: '0', readOnly: true }),
    listPrice: f.money(['目录价', 'List price'], { min: 0 }),
    unitPrice: f.money(['单价', 'Unit price'], { required: true, min: 0 }),
    amount: f.money(['金额', 'Amount'], { readOnly: true, default: '0.00' }),
  },
  scope: { via: 'orderId' },
  travels: 'never',
  display: ['item'],
  list: ['orderId', 'customerId', 'orderedOn', 'item', 'place', 'quantity', 'unit', 'unitPrice', 'amount'],
  sort: '-orderedOn',
  indexes: [{ on: ['customerId', 'orderedOn'] }],
  hooks: { before: (ctx, c) => orderLineBefore(ctx, c as never), after: (ctx, c) => orderLineAfter(ctx, c as never) },
})
