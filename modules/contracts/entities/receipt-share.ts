import { defineEntity, f } from '@quancheng/kernel'
import { Instalment } from './instalment.ts'
import { Receipt } from './receipt.ts'

/** Which part of a receipt settled which instalment; a reversal has the same parts with the opposite sign. */
export const ReceiptShare = defineEntity('receiptShare', {
  label: ['核销', 'Settlement'],
  icon: 'money',
  fields: {
    receiptId: f.ref(['收款', 'Receipt'], () => Receipt, { required: true, onDelete: 'cascade' }),
    instalmentId: f.ref(['收款计划', 'Instalment'], () => Instalment, { required: true, onDelete: 'cascade' }),
    amount: f.money(['金额', 'Amount'], { required: true }),
  },
  scope: { via: 'receiptId' },
  travels: 'never',
  display: ['receiptId'],
  list: ['receiptId', 'instalmentId', 'amount', 'createdAt'],
  managed: true,
})
