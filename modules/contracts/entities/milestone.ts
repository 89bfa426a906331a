import { defineEntity, f } from '@quancheng/kernel'
import { milestoneAfter } from '../store/clocks.ts'
import { Contract } from './contract.ts'

/** 里程碑: what is to have happened by a day. Late, it raises an alarm once; done, the alarm closes itself (CE-01). */
export const Milestone = defineEntity('milestone', {
  label: ['里程碑', 'Milestone'],
  icon: 'check',
  fields: {
    contractId: f.ref(['合同', 'Contract'], () => Contract, { required: true, onDelete: 'cascade' }),
    label: f.text(['事项', 'What'], { required: true, max: 60 }),
    dueOn: f.date(['应完成日', 'Due on'], { required: true, index: true }),
    doneOn: f.date(['完成日', 'Done on']),
    percent: f.decimal(['占比（%）', 'Share %'], { scale: 2, min: 0, max: 100 }),
    amount: f.money(['对应金额', 'Amount'], { min: 0 }),
    note: f.text(['备注', 'Note'], { max: 200 }),
  },
  scope: { via: 'contractId' },
  travels: 'never',
  display: ['label'],
  list: ['contractId', 'label', 'dueOn', 'doneOn', 'percent', 'amount'],
  sort: 'dueOn',
  watchable: true,
  hooks: { after: (ctx, c) => milestoneAfter(ctx, c as never) },
})
