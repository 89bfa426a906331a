import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { fromContract } from '../store/from-contract.ts'
import { Contract } from './contract.ts'

/** 发票: what was billed. The paper itself comes from the tax system; here is its number, day and amount. */
export const Invoice = defineEntity('invoice', {
  label: ['发票', 'Invoice'],
  icon: 'money',
  fields: {
    number: f.code(['发票号', 'Number'], { required: true, unique: true, search: 'code', max: 40 }),
    contractId: f.ref(['合同', 'Contract'], () => Contract, { required: true, onDelete: 'cascade' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { readOnly: true }),
    kind: f.choice(['类型', 'Kind'], { special: ['增值税专用', 'VAT special'], ordinary: ['增值税普通', 'VAT ordinary'], red: ['红字', 'Credit note', 'red'] }, { required: true, default: 'special' }),
    issuedOn: f.date(['开票日', 'Issued on'], { required: true, index: true }),
    amount: f.money(['金额（含税，红字为负）', 'Amount'], { required: true }),
    note: f.text(['备注', 'Note'], { max: 200 }),
  },
  scope: { via: 'contractId' },
  travels: 'never',
  display: ['number'],
  list: ['number', 'contractId', 'customerId', 'kind', 'issuedOn', 'amount'],
  sort: '-issuedOn',
  watchable: true,
  hooks: { before: (ctx, c) => fromContract(ctx, c as never, { customerId: 'customerId' }) },
})
