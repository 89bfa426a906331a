import { defineEntity, f } from '@quancheng/kernel'
import { Contact, Customer } from '@quancheng/customers'
import { Opportunity } from '@quancheng/sales'
import { QUOTE_STATES } from '../rules/choices.ts'
import { quoteHooks } from '../store/quote-hooks.ts'
import { PriceBook } from './price-book.ts'

/** 报价单: one version of what we offered. A new version is a new row that names the one before; what was sent is never changed (SA-04). */
export const Quote = defineEntity('quote', {
  label: ['报价单', 'Quote'],
  icon: 'money',
  fields: {
    number: f.serial(['报价单号', 'Number'], 'BJ{yyyy}{MM}-{0000}', { immutable: true, search: 'code' }),
    revision: f.integer(['版本', 'Version'], { required: true, default: 1, readOnly: true, min: 1 }),
    previousId: f.ref(['上一版', 'Version before'], () => 'quote', { readOnly: true, onDelete: 'setNull' }),
    title: f.text(['名称', 'Title'], { required: true, search: 'name', max: 100 }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    contactId: f.ref(['联系人', 'Contact'], () => Contact, { onDelete: 'setNull', index: false }),
    opportunityId: f.ref(['商机', 'Opportunity'], () => Opportunity, { onDelete: 'setNull' }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    priceBookId: f.ref(['价格表', 'Price book'], () => PriceBook, { onDelete: 'setNull', index: false }),
    validUntil: f.date(['有效期至（含当天）', 'Valid until']),
    state: f.choice(['状态', 'State'], QUOTE_STATES, { required: true, default: 'draft', readOnly: true, index: true }),
    listAmount: f.money(['目录价合计', 'List amount'], { readOnly: true, default: '0.00' }),
    discount: f.decimal(['整单折扣（%）', 'Discount %'], { scale: 2, min: 0, max: 100, default: '0' }),
    amount: f.money(['报价金额', 'Amount'], { readOnly: true, default: '0.00' }),
    rate: f.decimal(['低于目录价（%）', 'Below list %'], { readOnly: true, scale: 2, default: '0' }),
    margin: f.money(['毛利', 'Margin'], { readOnly: true, help: ['有成本价的明细合计，报价金额减成本', 'What stays over the cost, of the lines whose cost is known'] }),
    marginRate: f.decimal(['毛利率（%）', 'Margin %'], { readOnly: true, scale: 2 }),
    listMarginRate: f.decimal(['按目录价的毛利率（%）', 'Margin % at list price'], { readOnly: true, scale: 2 }),
    approverIds: f.refs(['折扣审批人', 'Approves the discount'], () => 'user', { readOnly: true }),
    sentAt: f.datetime(['发出时间', 'Sent'], { readOnly: true }),
    linkToken: f.text(['客户链接', 'Link'], { hidden: true, readOnly: true, max: 40 }),
    answeredAt: f.datetime(['客户答复时间', 'Answered'], { readOnly: true }),
    answeredBy: f.text(['答复人', 'Answered by'], { readOnly: true, max: 60 }),
    answerReason: f.text(['谢绝的原因', 'Why declined'], { readOnly: true, max: 500, multiline: true }),
    terms: f.text(['条款', 'Terms'], { max: 4000, multiline: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['number', 'title'],
  list: ['number', 'revision', 'title', 'customerId', 'state', 'listAmount', 'amount', 'validUntil', 'ownerId'],
  sort: '-createdAt',
  indexes: [{ on: ['number', 'revision'], unique: true }, { on: ['linkToken'], unique: true }],
  tenantFields: true,
  watchable: true,
  hooks: quoteHooks,
})
