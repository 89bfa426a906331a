import { defineEntity, f } from '@quancheng/kernel'
import { Contact, Customer, Product } from '@quancheng/customers'
import { OUTCOMES, STAGES } from '../rules/choices.ts'
import { opportunityAfter, opportunityBefore } from '../store/opportunity-hooks.ts'
import { Campaign } from './campaign.ts'
import { Lead } from './lead.ts'

/** 商机: a sale that may come about. Its stages are a process; the stage's chance times the amount is what the forecast counts (SA-02, SA-03). */
export const Opportunity = defineEntity('opportunity', {
  label: ['商机', 'Opportunity'],
  icon: 'star',
  fields: {
    number: f.serial(['编号', 'Number'], 'SJ{yyyy}{MM}-{0000}', { immutable: true, unique: true, search: 'code' }),
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 100 }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    contactId: f.ref(['主要联系人', 'Contact'], () => Contact, { onDelete: 'setNull', index: false }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    amount: f.money(['金额', 'Amount'], { required: true, min: 0 }),
    quantity: f.decimal(['数量', 'Quantity'], { scale: 3, min: 0 }),
    closeOn: f.date(['预计成交日', 'Closes on'], { required: true, index: true }),
    stage: f.choice(['阶段', 'Stage'], STAGES, { required: true, readOnly: true, index: true }),
    stageAt: f.datetime(['进入阶段', 'In the stage since'], { readOnly: true }),
    chance: f.integer(['赢率（%）', 'Chance %'], { min: 0, max: 100, help: ['随阶段而变；负责人可以另给', 'Follows the stage; the owner may give another'] }),
    outcome: f.choice(['结果', 'Outcome'], OUTCOMES, { required: true, default: 'open', readOnly: true, index: true }),
    closedAt: f.datetime(['关闭时间', 'Closed'], { readOnly: true }),
    lostReason: f.choice(['丢单原因', 'Why lost'], { price: ['价格', 'Price'], product: ['产品', 'Product'], service: ['服务', 'Service'], relation: ['关系', 'Relation'], timing: ['时机', 'Timing'], cancelled: ['客户取消', 'Cancelled'], other: ['其他', 'Other'] }, { readOnly: true }),
    lostTo: f.text(['输给谁', 'Lost to'], { max: 60, readOnly: true, source: { name: 'lostTo', free: true } }),
    source: f.text(['来源', 'Source'], { max: 40, readOnly: true }),
    productId: f.ref(['产品', 'Product'], () => Product, { onDelete: 'setNull', index: false }),
    leadId: f.ref(['来自线索', 'From lead'], () => Lead, { readOnly: true, onDelete: 'setNull' }),
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { onDelete: 'setNull' }),
    followedAt: f.datetime(['最近跟进', 'Last followed up'], { readOnly: true }),
    nextAt: f.datetime(['下次行动', 'Next action'], { readOnly: true }),
    note: f.text(['说明', 'Note'], { max: 2000, multiline: true, search: 'text' }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['number', 'name'],
  list: ['number', 'name', 'customerId', 'stage', 'amount', 'chance', 'closeOn', 'ownerId', 'unitId', 'outcome'],
  sort: '-createdAt',
  tenantFields: true,
  watchable: true,
  shareable: true,
  indexes: [{ on: ['outcome', 'stage', 'closeOn'] }],
  hooks: { before: (ctx, c) => opportunityBefore(ctx, c as never), after: (ctx, c) => opportunityAfter(ctx, c as never) },
})
