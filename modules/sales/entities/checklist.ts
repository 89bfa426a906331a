import { defineEntity, f } from '@quancheng/kernel'
import { ACCOUNT_TYPES, Contact, Customer } from '@quancheng/customers'
import { CHECK_BEFORE, CHECK_FIELDS } from '../rules/choices.ts'
import { checkQuestion } from '../store/rule-hooks.ts'
import { Opportunity } from './opportunity.ts'

/** 检查单问题: what must be known of a customer of such a type before a stage, or before pricing (SA-21). */
export const ChecklistQuestion = defineEntity('checklistQuestion', {
  label: ['检查单问题', 'Checklist question'],
  icon: 'check',
  fields: {
    code: f.code(['代码', 'Code'], { required: true, unique: true, max: 30 }),
    label: f.text(['问题', 'Question'], { required: true, max: 60 }),
    kind: f.choice(['答案', 'Answer'], { text: ['文字', 'Text'], number: ['数字', 'Number'], choice: ['选项', 'Choice'], yesNo: ['是或否', 'Yes or no'], date: ['日期', 'Date'] }, { required: true, default: 'text' }),
    options: f.text(['选项', 'Options'], { max: 300, help: ['答案是选项时填写，用竖线分开', 'With bars between'] }),
    customerField: f.choice(['取自客户资料', 'From the customer'], CHECK_FIELDS, { help: ['填写后答案就是客户的这一栏，不另存', 'The answer is that field of the customer'] }),
    accountTypes: f.choices(['客户类型', 'Account types'], ACCOUNT_TYPES, { help: ['空着适用于全部', 'Empty: all'] }),
    before: f.choices(['在这之前要填', 'Needed before'], CHECK_BEFORE, { required: true }),
    required: f.boolean(['必填', 'Required'], { default: true }),
    position: f.integer(['次序', 'Order'], { required: true, default: 10, min: 1, max: 9999 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  affectsMeta: true,
  travels: 'never',
  display: ['label'],
  list: ['position', 'label', 'kind', 'customerField', 'accountTypes', 'before', 'required', 'off'],
  sort: 'position',
  hooks: { before: (ctx, c) => checkQuestion(ctx, c as never) },
})

/** 检查单答案: what is known of one customer; who said it, when. Written by the checklist only. */
export const ChecklistAnswer = defineEntity('checklistAnswer', {
  label: ['检查单答案', 'Checklist answer'],
  icon: 'check',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    questionId: f.ref(['问题', 'Question'], () => ChecklistQuestion, { required: true, onDelete: 'cascade' }),
    value: f.text(['答案', 'Answer'], { max: 1000, search: 'text' }),
    byId: f.ref(['填写人', 'By'], () => 'user', { onDelete: 'setNull', index: false }),
    at: f.datetime(['填写时间', 'At'], { required: true }),
  },
  scope: { via: 'customerId' },
  travels: 'never',
  display: ['questionId'],
  list: ['customerId', 'questionId', 'value', 'byId', 'at'],
  managed: true,
  indexes: [{ on: ['customerId', 'questionId'], unique: true }],
})

/** 商机联系人: who at the customer counts in this deal, and how they stand to it (SA-02). */
export const DealContact = defineEntity('dealContact', {
  label: ['商机联系人', 'Contact in a deal'],
  icon: 'user',
  fields: {
    opportunityId: f.ref(['商机', 'Opportunity'], () => Opportunity, { required: true, onDelete: 'cascade' }),
    contactId: f.ref(['联系人', 'Contact'], () => Contact, { required: true, onDelete: 'cascade' }),
    role: f.choice(['在这单里', 'In this deal'], { decider: ['决策人', 'Decides'], influencer: ['影响者', 'Influences'], user: ['使用人', 'Uses'], purchaser: ['采购', 'Buys'], finance: ['财务', 'Pays'], opponent: ['反对者', 'Opposes'] }, { required: true }),
    stand: f.choice(['态度', 'Stand'], { supports: ['支持', 'Supports', 'green'], neutral: ['中立', 'Neutral', 'default'], against: ['不支持', 'Against', 'red'] }, { default: 'neutral' }),
    note: f.text(['说明', 'Note'], { max: 300 }),
  },
  scope: { via: 'opportunityId' },
  travels: 'never',
  display: ['contactId', 'role'],
  list: ['opportunityId', 'contactId', 'role', 'stand', 'note'],
  indexes: [{ on: ['opportunityId', 'contactId'], unique: true }],
})
