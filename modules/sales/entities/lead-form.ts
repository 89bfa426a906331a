import { randomBytes } from 'node:crypto'
import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { LEAD_SOURCES } from '../rules/choices.ts'
import { checkOrigins } from '../store/rule-hooks.ts'
import { Campaign } from './campaign.ts'

/** 线索表单: a form on somebody's web page, with the address that it is reached by (CU-13). */
export const LeadForm = defineEntity('leadForm', {
  label: ['线索表单', 'Lead form'],
  icon: 'link',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 60 }),
    token: f.text(['地址标识', 'Token'], { readOnly: true, unique: true, max: 40 }),
    title: f.text(['标题', 'Title'], { required: true, max: 60, default: '留下联系方式，我们与您联系' }),
    asks: f.choices(['除姓名、电话外还问', 'Also asks'], { company: ['公司', 'Company'], mail: ['邮箱', 'Mail'], province: ['省', 'Province'], city: ['市', 'City'], needs: ['需求', 'Needs'] }),
    source: f.choice(['来源', 'Source'], LEAD_SOURCES, { required: true, default: 'web' }),
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { onDelete: 'setNull', index: false }),
    productId: f.ref(['意向产品', 'Product'], () => Product, { onDelete: 'setNull', index: false }),
    unitId: f.ref(['没有规则时给板块', 'Block if no rule fits'], () => 'unit', { required: true }),
    origins: f.text(['允许的网站', 'Allowed sites'], { max: 500, multiline: true, help: ['一行一个，例如 https://www.example.com；空着不限', 'One a line; empty: any'] }),
    consent: f.text(['同意的话', 'Consent'], { max: 300, multiline: true, help: ['填写后须打勾才能提交，原话与时间记在线索上', 'The box must be ticked; words and time are kept'] }),
    thanks: f.text(['提交后显示', 'Thanks'], { required: true, max: 200, default: '已收到，我们会尽快与您联系。' }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  scope: { unit: 'unitId' },
  travels: 'never',
  display: ['name'],
  list: ['name', 'source', 'campaignId', 'unitId', 'off', 'createdAt'],
  hooks: { before(_ctx, c) { checkOrigins(c as never); if (c.act === 'create') c.draft.token = randomBytes(15).toString('base64url') } },
})
