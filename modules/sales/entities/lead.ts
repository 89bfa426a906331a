import { defineEntity, f } from '@quancheng/kernel'
import { Customer, Product } from '@quancheng/customers'
import { LEAD_SOURCES, LEAD_STATES } from '../rules/choices.ts'
import { leadBefore } from '../store/dispatch.ts'
import { Campaign } from './campaign.ts'

/** 线索: somebody who may buy. Without an owner it lies in its unit's pool (公海), where people take it up (SA-01). */
export const Lead = defineEntity('lead', {
  label: ['线索', 'Lead'],
  icon: 'star',
  fields: {
    number: f.serial(['编号', 'Number'], 'XS{yyyy}{MM}{dd}-{000}', { immutable: true, unique: true, search: 'code' }),
    name: f.text(['姓名', 'Name'], { required: true, search: 'name', personal: true, max: 60 }),
    company: f.text(['公司', 'Company'], { search: 'name', max: 100 }),
    phone: f.phone(['电话', 'Phone'], { search: 'code', personal: true, index: true }),
    mail: f.mail(['邮箱', 'Mail'], { search: 'code', personal: true, index: true }),
    province: f.text(['省', 'Province'], { max: 20 }),
    city: f.text(['市', 'City'], { max: 20 }),
    source: f.choice(['来源', 'Source'], LEAD_SOURCES, { required: true, default: 'other', index: true }),
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { onDelete: 'setNull' }),
    productId: f.ref(['意向产品', 'Product'], () => Product, { onDelete: 'setNull', index: false }),
    amount: f.money(['意向金额', 'Amount'], { min: 0 }),
    needs: f.text(['需求', 'Needs'], { max: 1000, multiline: true, search: 'text' }),
    state: f.choice(['状态', 'State'], LEAD_STATES, { default: 'new', required: true, readOnly: true, index: true }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { help: ['空着按分派规则', 'Empty: by the rules'] }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true, onDelete: 'setNull' }),
    assignedAt: f.datetime(['分配时间', 'Assigned'], { readOnly: true }),
    readAt: f.datetime(['首次查看', 'First read'], { readOnly: true }),
    followedAt: f.datetime(['最近跟进', 'Last followed up'], { readOnly: true }),
    pooledAt: f.datetime(['进入公海', 'In the pool since'], { readOnly: true }),
    customerId: f.ref(['转成的客户', 'Customer'], () => Customer, { readOnly: true, onDelete: 'setNull' }),
    opportunityId: f.ref(['转成的商机', 'Opportunity'], () => 'opportunity', { readOnly: true, onDelete: 'setNull' }),
    convertedAt: f.datetime(['转化时间', 'Converted'], { readOnly: true }),
    consent: f.text(['同意的话', 'Consent'], { max: 300, readOnly: true }),
    consentAt: f.datetime(['同意时间', 'Consented'], { readOnly: true }),
    discardReason: f.text(['无效原因', 'Why discarded'], { max: 200, readOnly: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['name', 'company'],
  list: ['number', 'name', 'company', 'source', 'state', 'ownerId', 'unitId', 'followedAt', 'createdAt'],
  sort: '-createdAt',
  tenantFields: true,
  watchable: true,
  indexes: [{ on: ['unitId', 'pooledAt'], where: "state = 'pool'" }],
  hooks: { before: (ctx, c) => leadBefore(ctx, c as never) },
})
