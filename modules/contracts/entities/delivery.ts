import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { Contract } from './contract.ts'
import { OrderLine } from './order-line.ts'
import { SalesOrder } from './sales-order.ts'

/** 交付: what went to the customer on one day. Written by the act `deliver` only, so that the lines of the order always agree with it. */
export const Delivery = defineEntity('delivery', {
  label: ['交付', 'Delivery'],
  icon: 'check',
  fields: {
    number: f.serial(['交付单号', 'Number'], 'JF{yyyy}{MM}-{0000}', { immutable: true, unique: true, search: 'code' }),
    orderId: f.ref(['订单', 'Order'], () => SalesOrder, { required: true, onDelete: 'cascade' }),
    contractId: f.ref(['合同', 'Contract'], () => Contract, { onDelete: 'setNull' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    deliveredOn: f.date(['交付日', 'Delivered on'], { required: true, index: true }),
    amount: f.money(['金额', 'Amount'], { required: true, default: '0.00' }),
    note: f.text(['备注', 'Note'], { max: 200 }),
  },
  scope: { via: 'orderId' },
  travels: 'never',
  display: ['number'],
  list: ['number', 'orderId', 'contractId', 'customerId', 'deliveredOn', 'amount'],
  sort: '-deliveredOn',
  managed: true,
  watchable: true,
})

export const DeliveryLine = defineEntity('deliveryLine', {
  label: ['交付明细', 'Delivery line'],
  icon: 'list',
  fields: {
    deliveryId: f.ref(['交付', 'Delivery'], () => Delivery, { required: true, onDelete: 'cascade' }),
    orderLineId: f.ref(['订单明细', 'Order line'], () => OrderLine, { required: true, onDelete: 'cascade' }),
    quantity: f.decimal(['数量', 'Quantity'], { required: true, scale: 3, min: 0 }),
    amount: f.money(['金额', 'Amount'], { required: true }),
  },
  scope: { via: 'deliveryId' },
  travels: 'never',
  display: ['orderLineId'],
  list: ['deliveryId', 'orderLineId', 'quantity', 'amount'],
  managed: true,
})
