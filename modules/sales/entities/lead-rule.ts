import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { LEAD_SOURCES } from '../rules/choices.ts'
import { checkRule } from '../store/rule-hooks.ts'
import { Campaign } from './campaign.ts'

/** 线索分派规则: whose a new lead is (SA-01). The first rule in its order that fits counts; what is empty fits everything. */
export const LeadRule = defineEntity('leadRule', {
  label: ['线索分派规则', 'Lead rule'],
  icon: 'flow',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 60 }),
    position: f.integer(['次序', 'Order'], { required: true, default: 10, min: 1, max: 9999, help: ['小的在前；第一条符合的规则算数', 'Small first; the first that fits counts'] }),
    provinces: f.text(['省', 'Provinces'], { max: 200, help: ['几个用顿号分开；空着不限', 'Several: with commas; empty: any'] }),
    cities: f.text(['市', 'Cities'], { max: 200 }),
    sources: f.choices(['来源', 'Sources'], LEAD_SOURCES),
    productId: f.ref(['意向产品', 'Product'], () => Product, { onDelete: 'cascade', index: false }),
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { onDelete: 'cascade', index: false }),
    amountFrom: f.money(['意向金额从', 'Amount from'], { min: 0 }),
    amountTo: f.money(['意向金额到', 'Amount to'], { min: 0 }),
    unitId: f.ref(['分给板块', 'To block'], () => 'unit', { required: true }),
    method: f.choice(['怎样分', 'Method'], { turn: ['轮流', 'In turn'], load: ['在手最少', 'Least loaded'], territory: ['按地域', 'By territory'], pool: ['进公海', 'Into the pool'] }, { required: true, default: 'turn' }),
    personIds: f.refs(['分给谁', 'To whom'], () => 'user', { help: ['员工或合作伙伴的账户；轮流与在手最少时必填', 'Accounts of staff or partners'] }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  scope: { unit: 'unitId' },
  affectsMeta: true,
  travels: 'never',
  display: ['name'],
  list: ['position', 'name', 'provinces', 'sources', 'unitId', 'method', 'personIds', 'off'],
  sort: 'position',
  hooks: { before: (ctx, c) => checkRule(ctx, c as never) },
})
