import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { receiptAfter, receiptBefore } from '../store/collection-hooks.ts'
import { Contract } from './contract.ts'
import { Instalment } from './instalment.ts'

/** 收款: money that came in. One that was booked wrongly is taken back by one with the opposite sign, never changed (CE-02). */
export const Receipt = defineEntity('receipt', {
  label: ['收款', 'Receipt'],
  icon: 'money',
  fields: {
    number: f.serial(['收款单号', 'Number'], 'SK{yyyy}{MM}-{0000}', { immutable: true, unique: true, search: 'code' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    contractId: f.ref(['合同', 'Contract'], () => Contract, { onDelete: 'setNull' }),
    instalmentId: f.ref(['收款计划', 'Instalment'], () => Instalment, { onDelete: 'setNull' }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    receivedOn: f.date(['收款日', 'Received on'], { required: true, index: true }),
    amount: f.money(['金额', 'Amount'], { required: true, max: 9_999_999_999.99 }),
    method: f.choice(['方式', 'Method'], { transfer: ['转账', 'Transfer'], cash: ['现金', 'Cash'], card: ['刷卡', 'Card'], wallet: ['扫码', 'Wallet'], bill: ['承兑', 'Bill'] }, { required: true, default: 'transfer' }),
    reversesId: f.ref(['冲销', 'Reverses'], () => 'receipt', { readOnly: true, unique: true, onDelete: 'restrict' }),
    note: f.text(['备注', 'Note'], { max: 200 }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['number'],
  list: ['number', 'customerId', 'contractId', 'receivedOn', 'amount', 'method', 'ownerId'],
  sort: '-receivedOn',
  managed: ['update', 'remove'],
  watchable: true,
  hooks: { before: (ctx, c) => receiptBefore(ctx, c as never), after: (ctx, c) => receiptAfter(ctx, c as never) },
})
