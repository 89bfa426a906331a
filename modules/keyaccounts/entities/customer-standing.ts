import { AppError, defineEntity, f } from '@quancheng/kernel'
import { Contact, Customer } from '@quancheng/customers'
import { WHY } from '../rules/choices.ts'
import type { Upgrade } from '../rules/ladder.ts'

/** 客户分级: where an account of the programme stands now, by which rule and which numbers, and what is missing to the next level (SA-12). */
export const CustomerStanding = defineEntity('customerStanding', {
  label: ['重点客户分级', 'Standing'],
  icon: 'star',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, readOnly: true, onDelete: 'cascade', index: false }),
    level: f.integer(['级别', 'Level'], { required: true, readOnly: true, min: 1, max: 10, index: true }),
    total: f.money(['年采购总量（元）', 'Total'], { required: true, readOnly: true, default: '0.00' }),
    ours: f.money(['在我们这里（元）', 'With us'], { required: true, readOnly: true, default: '0.00' }),
    share: f.decimal(['份额（%）', 'Share'], { required: true, readOnly: true, scale: 2, default: '0.00' }),
    period: f.text(['统计期间', 'Period'], { readOnly: true, max: 30 }),
    mean: f.money(['平均线（元）', 'Mean'], { readOnly: true }),
    below: f.boolean(['低于平均线', 'Below the mean'], { readOnly: true, default: false, index: true }),
    cause: f.text(['原因', 'Cause'], { max: 500, multiline: true }),
    plan: f.text(['提升计划', 'Plan'], { max: 1000, multiline: true }),
    reportToIds: f.refs(['报表收件人', 'Reports go to'], () => Contact, { help: ['三级以上的客户定期寄报表；没有指定的寄到客户自己的邮箱', 'Periodic reports of levels 1–3; nobody named: the customer’s own address'] }),
    hint: f.text(['提示', 'Hint'], { readOnly: true, max: 200 }),
    explanation: f.text(['依据', 'Because'], { readOnly: true, max: 500 }),
    toNext: f.text(['升级还需', 'To the next'], { readOnly: true, max: 200 }),
    upgrade: f.json<Upgrade>(['升级通道', 'Way up'], { readOnly: true, hidden: true }),
    tableVersion: f.integer(['决策表版本', 'Table version'], { readOnly: true }),
    joinedOn: f.date(['加入日', 'Joined'], { readOnly: true }),
    linkToken: f.text(['链接', 'Link'], { readOnly: true, hidden: true, max: 40 }),
  },
  scope: { via: 'customerId' },
  travels: 'never',
  managed: ['create', 'remove', 'import'],
  display: ['customerId', 'level'],
  list: ['customerId', 'level', 'total', 'ours', 'share', 'below', 'hint', 'toNext'],
  sort: 'level',
  indexes: [{ on: ['customerId'], unique: true }, { on: ['linkToken'], unique: true }],
  hooks: {
    // what we say about an account goes to its own people only
    async before(ctx, c) {
      const ids = c.draft.reportToIds as string[] | null | undefined
      if (!ids?.length) return
      const strange = await ctx.query<{ name: string }>('select name from contact where tenant_id = $1 and id = any($2) and customer_id <> $3 order by name', [ctx.tenant.id, ids, c.before?.customerId ?? c.draft.customerId])
      if (strange.length) throw new AppError('INVALID', { summary: '报表收件人必须是这个客户的联系人', fields: [{ field: 'reportToIds', code: 'REF', message: `${strange.map(s => s.name).join('、')}不是这个客户的联系人` }] })
    },
  },
})

/** 分级变动: one row for each time that an account's level, or its being below the mean, changed; never written again. */
export const StandingChange = defineEntity('standingChange', {
  label: ['分级变动', 'Change of level'],
  icon: 'history',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    at: f.datetime(['时间', 'At'], { required: true, index: true }),
    fromLevel: f.integer(['原级别', 'From']),
    toLevel: f.integer(['现级别', 'To'], { required: true }),
    below: f.boolean(['低于平均线', 'Below the mean'], { default: false }),
    total: f.money(['年采购总量（元）', 'Total']),
    ours: f.money(['在我们这里（元）', 'With us']),
    share: f.decimal(['份额（%）', 'Share'], { scale: 2 }),
    why: f.choice(['起因', 'Why'], WHY, { required: true }),
    explanation: f.text(['依据', 'Because'], { max: 500 }),
  },
  scope: { via: 'customerId' },
  travels: 'never',
  managed: true, appendOnly: true, noAudit: true,
  display: ['customerId', 'toLevel'],
  list: ['at', 'customerId', 'fromLevel', 'toLevel', 'below', 'total', 'ours', 'share', 'why', 'explanation'],
  sort: '-at',
})
