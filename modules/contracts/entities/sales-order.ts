import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { Quote } from '@quancheng/quotes'
import { Campaign, Opportunity } from '@quancheng/sales'
import { ORDER_STATES } from '../rules/choices.ts'
import { orderAfter, orderBefore } from '../store/order-hooks.ts'
import { Contract } from './contract.ts'

/** 订单: what a customer ordered, through whichever channel. Its lines are what all figures on sales are counted from (SA-06). */
export const SalesOrder = defineEntity('salesOrder', {
  label: ['订单', 'Order'],
  icon: 'list',
  fields: {
    number: f.serial(['订单号', 'Number'], 'DD{yyyy}{MM}-{00000}', { immutable: true, unique: true, search: 'code' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, index: false }),
    contractId: f.ref(['合同', 'Contract'], () => Contract, { onDelete: 'setNull' }),
    opportunityId: f.ref(['商机', 'Opportunity'], () => Opportunity, { onDelete: 'setNull' }),
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { onDelete: 'setNull' }),
    channel: f.choice(['渠道', 'Channel'], { sales: ['销售', 'Sales'], web: ['网上', 'Web'], shop: ['门店', 'Shop'], phone: ['电话', 'Phone'], partner: ['合作伙伴', 'Partner'] }, { required: true, default: 'sales' }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    state: f.choice(['状态', 'State'], ORDER_STATES, { required: true, default: 'draft', readOnly: true, index: true }),
    orderedOn: f.date(['下单日', 'Ordered on'], { required: true, index: true }),
    dueOn: f.date(['要求交付日', 'Due on']),
    amount: f.money(['金额', 'Amount'], { readOnly: true, default: '0.00' }),
    quoteId: f.ref(['报价单', 'Quote'], () => Quote, { onDelete: 'setNull' }),
    overCredit: f.money(['超信用', 'Over credit'], { readOnly: true }),
    refusal: f.text(['没有批准的原因', 'Why it was refused'], { readOnly: true, max: 1000 }),
    note: f.text(['备注', 'Note'], { max: 1000, multiline: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['number'],
  list: ['number', 'customerId', 'contractId', 'channel', 'state', 'amount', 'orderedOn', 'ownerId', 'unitId'],
  sort: '-orderedOn',
  indexes: [{ on: ['customerId', 'orderedOn'] }],
  tenantFields: true,
  watchable: true,
  hooks: { before: (ctx, c) => orderBefore(ctx, c as never), after: (ctx, c) => orderAfter(ctx, c as never) },
})
