import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { CAUSES, DECLINE_STAGES } from '../rules/choices.ts'

/** 销量下降: a key account bought less in a month than in its own months before; somebody finds out why, and the cause says whose work follows (SA-17). */
export const Decline = defineEntity('decline', {
  label: ['销量下降预警', 'Decline'],
  icon: 'warn',
  fields: {
    number: f.serial(['编号', 'Number'], 'XJ{yyyy}{MM}-{0000}', { immutable: true, unique: true, search: 'code' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade', index: false }),
    month: f.text(['月份', 'Month'], { required: true, max: 7, index: true }),
    base: f.money(['自己的基数', 'Own base'], { required: true }),
    volume: f.money(['当月销量（元）', 'Volume'], { required: true }),
    change: f.decimal(['变化（%）', 'Change'], { required: true, scale: 1 }),
    stage: f.choice(['环节', 'Stage'], DECLINE_STAGES, { required: true, readOnly: true }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    cause: f.choice(['原因类别', 'Cause'], CAUSES),
    causeWords: f.text(['原因说明', 'In words'], { max: 1000, multiline: true }),
    result: f.text(['处理结果', 'Result'], { max: 1000, multiline: true }),
    endedAt: f.datetime(['关闭时间', 'Closed'], { readOnly: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  managed: true,
  display: ['number', 'customerId'],
  list: ['number', 'customerId', 'month', 'base', 'volume', 'change', 'stage', 'cause', 'ownerId', 'createdAt'],
  sort: '-createdAt',
  watchable: true,
  indexes: [{ on: ['customerId', 'month'], unique: true }],
  hooks: { before: (ctx, c) => { if (c.draft.stage === 'closed' && c.before?.stage !== 'closed') c.draft.endedAt = ctx.now() } },
})
