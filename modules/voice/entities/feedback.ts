import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { ServiceRequest } from '@quancheng/service'
import { FEEDBACK_CATEGORIES, FEEDBACK_SOURCES, FEEDBACK_STAGES, SAID_BY } from '../rules/choices.ts'
import { feedbackBefore } from '../store/feedback-hooks.ts'

/** 客户反馈: what a customer thinks of us, with the department that it belongs to; closed when the customer says so (CU-16). */
export const Feedback = defineEntity('feedback', {
  label: ['客户反馈', 'Feedback'],
  plural: 'feedback',
  icon: 'comment',
  fields: {
    number: f.serial(['编号', 'Number'], 'FK-{unit}-{yyyy}{MM}{dd}-{000}', { immutable: true, unique: true, search: 'code' }),
    source: f.choice(['来源', 'Source'], FEEDBACK_SOURCES, { required: true, default: 'service' }),
    category: f.choice(['类别', 'Category'], FEEDBACK_CATEGORIES, { required: true }),
    department: f.text(['归口部门', 'Department'], { readOnly: true, max: 40 }),
    stage: f.choice(['环节', 'Stage'], FEEDBACK_STAGES, { required: true, readOnly: true }),
    unitId: f.ref(['办理单位', 'Unit'], () => 'unit', { required: true, readOnly: true, index: false }),
    fromUnitId: f.ref(['来自', 'From'], () => 'unit', { index: false }),
    ownerId: f.ref(['当前责任人', 'Owner'], () => 'user', { readOnly: true, index: false }),
    words: f.text(['内容', 'Words'], { required: true, max: 2000, multiline: true, search: 'text' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'setNull' }),
    customerName: f.text(['客户姓名', 'Customer name'], { search: 'name', personal: true, max: 100 }),
    phone: f.phone(['联系电话', 'Phone'], { search: 'code', personal: true }),
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { onDelete: 'setNull' }),
    receivedAt: f.datetime(['登记时间', 'Received'], { required: true, readOnly: true, immutable: true }),
    result: f.text(['处理情况', 'What was done'], { max: 2000, multiline: true }),
    confirmedBy: f.text(['确认人', 'Confirmed by'], { max: 60 }),
    confirmedAt: f.datetime(['确认时间', 'Confirmed at'], { readOnly: true }),
    confirmedVia: f.choice(['确认方式', 'Confirmed via'], SAID_BY, { readOnly: true }),
    confirmWords: f.text(['客户的话', 'Customer’s words'], { readOnly: true, max: 500, multiline: true }),
    reopens: f.integer(['重开次数', 'Opened again'], { required: true, default: 0, readOnly: true }),
    endedAt: f.datetime(['关闭时间', 'Closed'], { readOnly: true }),
    trackCode: f.text(['查询码', 'Code'], { readOnly: true, max: 8 }),
    linkToken: f.text(['确认链接', 'Link'], { readOnly: true, hidden: true, max: 40 }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  display: ['number', 'customerName'],
  list: ['number', 'stage', 'category', 'department', 'customerName', 'words', 'unitId', 'ownerId', 'receivedAt'],
  sort: '-receivedAt',
  managed: true,
  watchable: true,
  indexes: [{ on: ['unitId', 'receivedAt'], desc: true }, { on: ['linkToken'], unique: true }],
  hooks: { before: feedbackBefore as never },
})
