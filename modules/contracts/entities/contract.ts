import { defineEntity, f } from '@quancheng/kernel'
import { Contact, Customer } from '@quancheng/customers'
import { Opportunity } from '@quancheng/sales'
import { Quote } from '@quancheng/quotes'
import { CONTRACT_KINDS, CONTRACT_STATES } from '../rules/choices.ts'
import { contractAfter, contractBefore } from '../store/contract-hooks.ts'
import { ContractTemplate } from './contract-template.ts'

/** 合同: what was agreed with a customer, from a quote or by itself; frame, group and branch agreements have one another as parents (SA-05, SA-14). */
export const Contract = defineEntity('contract', {
  label: ['合同', 'Contract'],
  icon: 'file-text',
  fields: {
    number: f.serial(['合同号', 'Number'], 'HT{yyyy}-{0000}', { immutable: true, unique: true, search: 'code' }),
    title: f.text(['名称', 'Title'], { required: true, search: 'name', max: 100 }),
    kind: f.choice(['类型', 'Kind'], CONTRACT_KINDS, { required: true, default: 'single', index: true }),
    parentId: f.ref(['上级协议', 'Under'], () => 'contract', { onDelete: 'setNull' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    contactId: f.ref(['客户签约人', 'Signs for the customer'], () => Contact, { onDelete: 'setNull', index: false }),
    opportunityId: f.ref(['商机', 'Opportunity'], () => Opportunity, { onDelete: 'setNull' }),
    quoteId: f.ref(['报价单', 'Quote'], () => Quote, { onDelete: 'setNull' }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    state: f.choice(['状态', 'State'], CONTRACT_STATES, { required: true, default: 'draft', readOnly: true, index: true }),
    amount: f.money(['合同金额', 'Amount'], { required: true, min: 0 }),
    signedOn: f.date(['签订日', 'Signed on'], { readOnly: true, index: true }),
    validFrom: f.date(['生效日', 'From']),
    validUntil: f.date(['到期日（含当天）', 'Until and with'], { index: true }),
    renewalDays: f.integer(['提前几天提醒续签', 'Renewal notice days'], { min: 0, max: 365, default: 60 }),
    volume: f.decimal(['约定量', 'Agreed volume'], { scale: 3, min: 0 }),
    volumeUnit: f.text(['计量单位', 'Unit'], { max: 10 }),
    overVolume: f.choice(['超过约定量时', 'Beyond the volume'], { warn: ['提醒', 'Warn'], refuse: ['不能下单', 'Refuse'] }, { required: true, default: 'warn' }),
    templateId: f.ref(['模板', 'Template'], () => ContractTemplate, { onDelete: 'setNull', index: false }),
    terms: f.text(['条款', 'Terms'], { max: 20_000, multiline: true, search: 'text' }),
    content: f.text(['合同正文', 'Text'], { max: 60_000, multiline: true, readOnly: true }),
    changed: f.money(['变更金额', 'Changes'], { readOnly: true, default: '0.00' }),
    endedOn: f.date(['终止日', 'Ended on'], { readOnly: true }),
    endReason: f.text(['终止原因', 'Reason'], { readOnly: true, max: 500 }),
    renewalFor: f.date(['已为此到期日提醒续签', 'Renewal asked for'], { readOnly: true, hidden: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['number', 'title'],
  list: ['number', 'title', 'kind', 'customerId', 'state', 'amount', 'signedOn', 'validUntil', 'ownerId', 'unitId'],
  sort: '-createdAt',
  tenantFields: true,
  watchable: true,
  hooks: { before: (ctx, c) => contractBefore(ctx, c as never), after: (ctx, c) => contractAfter(ctx, c as never) },
})
