import { defineEntity, f, fail } from '@quancheng/kernel'
import { Todo } from '@quancheng/automation'
import { Customer } from '@quancheng/customers'
import { CustomerNotice } from '@quancheng/notices'
import { FESTIVALS, MESSAGE_BY, PURPOSES, TRIGGERS, WAYS } from '../rules/choices.ts'

/** 关怀方案: on which occasions of a customer somebody is to do something, and who; or what the customer is told (CU-09). */
export const CarePlan = defineEntity('carePlan', {
  label: ['关怀方案', 'Care plan'],
  icon: 'star',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 60, search: 'name' }),
    trigger: f.choice(['什么日子', 'Occasion'], TRIGGERS, { required: true }),
    festival: f.choice(['节日', 'Festival'], FESTIVALS, { help: ['“节日”时填写', 'For a festival'] }),
    monthDay: f.text(['几月几日', 'Month and day'], { max: 5, help: ['节日选“其他日子”时填写，如 08-15', 'For another day, such as 08-15'] }),
    days: f.integer(['提前或之后几天', 'Days before or after'], { required: true, min: -60, max: 730, default: 0, help: ['提前写负数：-2 是前两天；0 是当天', 'Before: negative; 0: the day itself'] }),
    way: f.choice(['怎么做', 'How'], WAYS, { required: true, default: 'todo', help: ['发消息的，没有可用的渠道或地址时成为待办', 'Where no message can reach them it becomes a to-do'] }),
    title: f.text(['做什么', 'What to do'], { required: true, max: 100, help: ['成为负责人的待办；可写 {客户}、{日期}', 'Becomes a to-do; {客户} and {日期} are filled in'] }),
    text: f.text(['消息内容', 'Message'], { max: 300, multiline: true, help: ['发消息时填写；可写 {客户}、{日期}', 'For a message; {客户} and {日期} are filled in'] }),
    by: f.choice(['用什么方式发', 'By'], MESSAGE_BY, { default: 'usual' }),
    purpose: f.choice(['消息的用途', 'Purpose of the message'], PURPOSES, { default: 'marketing' }),
    details: f.text(['说明', 'Details'], { max: 1000, multiline: true }),
    toId: f.ref(['客户没有负责人时交给', 'Where nobody answers for the customer'], () => 'user', { required: true, index: false }),
    kind: f.choice(['只给哪类客户', 'Only kind'], { person: ['个人', 'Person'], company: ['企业', 'Company'], group: ['集团', 'Group'] }),
    tiers: f.choices(['只给哪些服务等级', 'Only tiers'], { ordinary: ['普通', 'Ordinary'], silver: ['银卡', 'Silver'], gold: ['金卡', 'Gold'], diamond: ['钻石', 'Diamond'] }),
    levelUpTo: f.integer(['只给几级及以上', 'Only level and better'], { min: 1, max: 10, help: ['重点客户分级，一级最高', 'Key account level, one is the highest'] }),
    unitId: f.ref(['只给哪个单位及下级的客户', 'Only of unit'], () => 'unit', { index: false, onDelete: 'setNull' }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  travels: 'never',
  display: ['name'],
  list: ['name', 'trigger', 'festival', 'days', 'way', 'title', 'tiers', 'toId', 'off'],
  hooks: {
    before(_ctx, c) {
      if (c.act === 'remove') return
      const next = { ...c.before, ...c.draft }
      const refuse = (field: string, message: string): never => fail('INVALID', { summary: message, fields: [{ field, code: 'CARE', message }] })
      if (next.trigger === 'festival' && !next.festival) refuse('festival', '请选哪个节日')
      if (next.trigger === 'festival' && next.festival === 'other' && !/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(String(next.monthDay ?? ''))) refuse('monthDay', '请填月与日，例如 08-15')
      if ((next.trigger === 'afterPickup' || next.trigger === 'afterDeal') && Number(next.days) < 0) refuse('days', '取机、成交之后的天数不能是负数')
      if (next.way === 'message' && !String(next.text ?? '').trim()) refuse('text', '请写给客户的消息')
      const place = /\{(?!客户\}|日期\})[^{}]{0,20}\}/.exec(`${String(next.title ?? '')} ${String(next.text ?? '')}`)
      if (place) refuse(String(next.title ?? '').includes(place[0]) ? 'title' : 'text', `只能写 {客户} 和 {日期}，不认识 ${place[0]}`)
    },
  },
})

/** 关怀记录: that a plan was carried out for a customer on one occasion; the unique key is what makes it once. */
export const CareAct = defineEntity('careAct', {
  label: ['关怀记录', 'Care'],
  icon: 'check',
  fields: {
    planId: f.ref(['关怀方案', 'Plan'], () => CarePlan, { required: true, onDelete: 'cascade', index: false }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    occasion: f.text(['哪一次', 'Occasion'], { required: true, max: 80, hidden: true }),
    onDay: f.date(['日子', 'Day'], { required: true }),
    dueOn: f.date(['待办日', 'Due'], { required: true }),
    ownerId: f.ref(['交给', 'To'], () => 'user', { index: false }),
    todoId: f.ref(['待办', 'To-do'], () => Todo, { onDelete: 'setNull', index: false }),
    outcome: f.choice(['结果', 'Outcome'], { todo: ['成为待办', 'To-do', 'blue'], message: ['已发消息', 'Message', 'green'], skipped: ['没有发', 'Not told', 'default'] }),
    noticeId: f.ref(['消息', 'Message'], () => CustomerNotice, { onDelete: 'setNull', index: false }),
    reason: f.text(['原因', 'Reason'], { max: 120 }),
  },
  scope: { via: 'customerId' },
  travels: 'never',
  display: ['planId', 'onDay'],
  list: ['dueOn', 'planId', 'customerId', 'onDay', 'outcome', 'ownerId', 'todoId', 'noticeId', 'reason'],
  sort: '-dueOn',
  managed: true,
  indexes: [{ on: ['planId', 'customerId', 'occasion'], unique: true }],
})
