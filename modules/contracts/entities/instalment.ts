import { defineEntity, f } from '@quancheng/kernel'
import { instalmentAfter, instalmentBefore } from '../store/collection-hooks.ts'
import { Contract } from './contract.ts'
import { SalesOrder } from './sales-order.ts'
import { Customer } from '@quancheng/customers'

/** 收款计划: one sum that falls due on one day. What was received is the sum of its receipts; its age counts from the due day (CE-02). */
export const Instalment = defineEntity('instalment', {
  label: ['收款计划', 'Instalment'],
  icon: 'money',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    contractId: f.ref(['合同', 'Contract'], () => Contract, { onDelete: 'cascade' }),
    orderId: f.ref(['订单', 'Order'], () => SalesOrder, { onDelete: 'cascade' }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    label: f.text(['款项', 'For'], { required: true, max: 60 }),
    dueOn: f.date(['应收日', 'Due on'], { required: true, index: true }),
    amount: f.money(['应收金额', 'Amount'], { required: true, min: 0 }),
    received: f.money(['已收金额', 'Received'], { readOnly: true, default: '0.00' }),
    settledOn: f.date(['收齐日', 'Settled on'], { readOnly: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['label'],
  list: ['customerId', 'contractId', 'label', 'dueOn', 'amount', 'received', 'settledOn', 'ownerId'],
  sort: 'dueOn',
  watchable: true,
  hooks: { before: (ctx, c) => instalmentBefore(ctx, c as never), after: (ctx, c) => instalmentAfter(ctx, c as never) },
})
