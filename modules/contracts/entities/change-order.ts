import { defineEntity, f, fail } from '@quancheng/kernel'
import { Contract } from './contract.ts'

/** 变更单: adds to the amount of a contract, or takes from it. It counts once it is approved, and stays as it is from then on (CE-01). */
export const ChangeOrder = defineEntity('changeOrder', {
  label: ['合同变更', 'Change order'],
  icon: 'edit',
  fields: {
    number: f.serial(['变更单号', 'Number'], 'BG{yyyy}{MM}-{0000}', { immutable: true, unique: true }),
    contractId: f.ref(['合同', 'Contract'], () => Contract, { required: true, immutable: true, onDelete: 'cascade' }),
    amount: f.money(['增减金额', 'Amount'], { required: true, help: ['减少写负数', 'Less: negative'] }),
    reason: f.text(['原因', 'Reason'], { required: true, max: 500, multiline: true }),
    approvedOn: f.date(['批准日', 'Approved on'], { readOnly: true }),
    approvedById: f.ref(['批准人', 'Approved by'], () => 'user', { readOnly: true, onDelete: 'setNull', index: false }),
  },
  scope: { via: 'contractId' },
  travels: 'never',
  display: ['number'],
  list: ['number', 'contractId', 'amount', 'reason', 'approvedOn', 'approvedById'],
  sort: '-createdAt',
  watchable: true,
  hooks: { before: (_ctx, c) => { if (c.before?.approvedOn) fail('CONTRACT_STATE', { state: '变更已批准', act: '再改' }) } },
})
