import { defineEntity, f } from '@quancheng/kernel'
import { common, OWN_FORM } from '@quancheng/approvals'
import { Customer } from '@quancheng/customers'
import { Campaign, Opportunity } from '@quancheng/sales'
import { budgetBefore, expenseBefore } from './store/budget.ts'

export const CATEGORIES = { campaign: ['活动', 'Campaign'], hospitality: ['招待', 'Hospitality'], travel: ['差旅', 'Travel'], gift: ['礼品', 'Gifts'], advert: ['广告', 'Adverts'], other: ['其他', 'Other'] } as const

/** 营销预算: what a unit may spend on a kind of expense in a year, a quarter or a month (SA-11). */
export const Budget = defineEntity('budget', {
  label: ['营销预算', 'Budget'],
  icon: 'money',
  fields: {
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true, immutable: true }),
    period: f.text(['期间', 'Period'], { required: true, immutable: true, max: 7, pattern: '\\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?', help: ['年 2026、季 2026-Q4、月 2026-11', 'Year, quarter or month'] }),
    category: f.choice(['类别', 'Kind'], CATEGORIES, { required: true, immutable: true, default: 'campaign' }),
    amount: f.money(['预算', 'Budget'], { required: true, min: 0 }),
    startsOn: f.date(['开始', 'From'], { readOnly: true }),
    endsOn: f.date(['结束', 'To'], { readOnly: true }),
    note: f.text(['说明', 'Note'], { max: 300 }),
  },
  scope: { unit: 'unitId' },
  travels: 'never',
  display: ['period', 'unitId', 'category'],
  list: ['period', 'unitId', 'category', 'amount', 'note'],
  sort: '-period',
  indexes: [{ on: ['unitId', 'period', 'category'], unique: true }],
  hooks: { before: (_ctx, c) => budgetBefore(c as never) },
})

/** 营销费用: a claim on a budget, for a deal, a campaign or a customer. Beyond the budget it goes one desk higher, with by how much. */
export const MarketingExpense = defineEntity('marketingExpense', {
  label: ['营销费用', 'Marketing expense'],
  icon: 'money',
  fields: {
    ...common('YX'),
    title: f.text(['事由', 'For'], { required: true, max: 100, search: 'text' }),
    category: f.choice(['类别', 'Kind'], CATEGORIES, { required: true, default: 'campaign' }),
    spentOn: f.date(['发生日', 'Spent on'], { required: true }),
    amount: f.money(['金额', 'Amount'], { required: true, min: 0.01 }),
    opportunityId: f.ref(['商机', 'Deal'], () => Opportunity, { onDelete: 'setNull' }),
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { onDelete: 'setNull' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'setNull', index: false }),
    budgetId: f.ref(['预算', 'Budget'], () => Budget, { readOnly: true, onDelete: 'restrict' }),
    overBy: f.money(['超出预算', 'Over the budget by'], { readOnly: true }),
  },
  ...OWN_FORM,
  travels: 'never',
  display: ['number', 'title', 'amount'],
  list: ['number', 'applicantId', 'title', 'category', 'amount', 'overBy', 'opportunityId', 'campaignId', 'stage'],
  sort: '-createdAt',
  hooks: { before: (ctx, c) => expenseBefore(ctx, c as never) },
})
export const expenseEntities = [Budget, MarketingExpense]
