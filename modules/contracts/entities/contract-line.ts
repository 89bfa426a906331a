import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { contractLineAfter, contractLineBefore } from '../store/contract-hooks.ts'
import { Contract } from './contract.ts'

/** What a contract fixes for one thing: its price, and how much of it. No order may go above the price (SA-06). */
export const ContractLine = defineEntity('contractLine', {
  label: ['合同明细', 'Contract line'],
  icon: 'list',
  fields: {
    contractId: f.ref(['合同', 'Contract'], () => Contract, { required: true, onDelete: 'cascade' }),
    position: f.integer(['行号', 'Line'], { required: true, default: 1, min: 1 }),
    productId: f.ref(['产品', 'Product'], () => Product, { onDelete: 'setNull', index: false }),
    item: f.text(['名称', 'Item'], { required: true, max: 100 }),
    unit: f.text(['单位', 'Unit'], { required: true, default: '台', max: 10 }),
    quantity: f.decimal(['数量', 'Quantity'], { scale: 3, min: 0 }),
    unitPrice: f.money(['合同单价', 'Unit price'], { required: true, min: 0 }),
    amount: f.money(['金额', 'Amount'], { readOnly: true }),
  },
  scope: { via: 'contractId' },
  travels: 'never',
  display: ['item'],
  list: ['contractId', 'position', 'item', 'quantity', 'unit', 'unitPrice', 'amount'],
  sort: 'position',
  hooks: { before: (ctx, c) => contractLineBefore(ctx, c as never), after: (ctx, c) => contractLineAfter(ctx, c as never) },
})
