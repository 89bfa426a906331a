import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { ServiceRequest } from '@quancheng/service'
import { SurveyAnswer } from '@quancheng/survey'
import { CATEGORIES, CHANNELS, COMPLAINT_STAGES, SAID_BY, SEVERITIES, VERDICTS } from '../rules/choices.ts'
import { complaintBefore } from '../store/complaint-hooks.ts'

/** 请求与投诉: what a customer wants of us or holds against us, from the first word to the verdict on our answer (CU-11). */
export const Complaint = defineEntity('complaint', {
  label: ['投诉', 'Complaint'],
  icon: 'warn',
  fields: {
    number: f.serial(['编号', 'Number'], 'TS-{unit}-{yyyy}{MM}{dd}-{000}', { immutable: true, unique: true, search: 'code' }),
    kind: f.choice(['类型', 'Kind'], { complaint: ['投诉', 'Complaint'], request: ['请求', 'Request'] }, { required: true, default: 'complaint' }),
    category: f.choice(['类别', 'Category'], CATEGORIES, { required: true }),
    severity: f.choice(['程度', 'Severity'], SEVERITIES, { required: true, default: 'normal' }),
    channel: f.choice(['渠道', 'Channel'], CHANNELS, { required: true, default: 'desk' }),
    stage: f.choice(['环节', 'Stage'], COMPLAINT_STAGES, { required: true, readOnly: true }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, index: false }),
    ownerId: f.ref(['当前责任人', 'Owner'], () => 'user', { readOnly: true, index: false }),
    handlerId: f.ref(['处理人', 'Handler'], () => 'user', { index: false }),
    words: f.text(['内容', 'What it is about'], { required: true, max: 2000, multiline: true, search: 'text' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'setNull' }),
    customerName: f.text(['客户姓名', 'Customer name'], { search: 'name', personal: true, max: 100 }),
    phone: f.phone(['联系电话', 'Phone'], { search: 'code', personal: true }),
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { onDelete: 'setNull' }),
    surveyId: f.ref(['满意度评价', 'Survey answer'], () => SurveyAnswer, { onDelete: 'setNull', index: false }),
    receivedAt: f.datetime(['登记时间', 'Received'], { required: true, readOnly: true, immutable: true }),
    limitMinutes: f.integer(['时限（工作分钟）', 'Limit'], { readOnly: true }),
    warnAt: f.datetime(['预警时间', 'Warn at'], { readOnly: true }),
    dueAt: f.datetime(['应答复时间', 'Answer due'], { readOnly: true }),
    cause: f.text(['原因', 'Cause'], { max: 1000, multiline: true }),
    result: f.text(['处理结果', 'Result'], { max: 2000, multiline: true }),
    replyBy: f.choice(['回复方式', 'Answered by'], { phone: ['电话', 'Phone'], visit: ['当面', 'In person'], sms: ['短信', 'SMS'], link: ['链接', 'Link'] }),
    reply: f.text(['回复内容', 'Answer'], { max: 1000, multiline: true }),
    answeredAt: f.datetime(['回复时间', 'Answered'], { readOnly: true }),
    answeredLate: f.boolean(['回复超时', 'Answered late'], { default: false, readOnly: true }),
    verdict: f.choice(['客户意见', 'Verdict'], VERDICTS, { readOnly: true }),
    verdictAt: f.datetime(['意见时间', 'Verdict at'], { readOnly: true }),
    verdictVia: f.choice(['意见来自', 'Verdict by'], SAID_BY, { readOnly: true }),
    verdictWords: f.text(['客户的话', 'Customer’s words'], { readOnly: true, max: 500, multiline: true }),
    reopens: f.integer(['重开次数', 'Opened again'], { required: true, default: 0, readOnly: true }),
    endedAt: f.datetime(['关闭时间', 'Closed'], { readOnly: true }),
    trackCode: f.text(['查询码', 'Code'], { readOnly: true, max: 8 }),
    linkToken: f.text(['意见链接', 'Link'], { readOnly: true, hidden: true, max: 40 }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  display: ['number', 'customerName'],
  list: ['number', 'stage', 'category', 'severity', 'customerName', 'unitId', 'ownerId', 'dueAt', 'reopens', 'receivedAt'],
  sort: '-receivedAt',
  managed: true,
  watchable: true,
  indexes: [{ on: ['unitId', 'receivedAt'], desc: true }, { on: ['linkToken'], unique: true }],
  hooks: { before: complaintBefore as never },
})
