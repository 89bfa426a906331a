import { defineEntity, f, fail } from '@quancheng/kernel'
import { Todo } from '@quancheng/automation'
import { Customer } from '@quancheng/customers'
import { FESTIVALS, TRIGGERS } from '../rules/choices.ts'

/** 关怀方案: on which occasions of a customer somebody is to do something, and who (CU-09). */
export const CarePlan = defineEntity('carePlan', {
  label: ['关怀方案', 'Care plan'],
  icon: 'star',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 60, search: 'name' }),
    trigger: f.choice(['什么日子', 'Occasion'], TRIGGERS, { required: true }),
    festival: f.choice(['节日', 'Festival'], FESTIVALS, { help: ['“节日”时填写', 'For a festival'] }),
    monthDay: f.text(['几月几日', 'Month and day'], { max: 5, help: ['节日选“其他日子”时填写，如 08-15', 'For another day, such as 08-15'] }),
    days: f.integer(['提前或之后几天', 'Days before or after'], { required: true, min: -60, max: 730, default: 0, help: ['提前写负数：-2 是前两天；0 是当天', 'Before: negative; 0: the day itself'] }),
    title: f.text(['做什么', 'What to do'], { required: true, max: 100, help: ['成为负责人的待办；可写 {客户}、{日期}', 'Becomes a to-do; {客户} and {日期} are filled in'] }),
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
  list: ['name', 'trigger', 'festival', 'days', 'title', 'tiers', 'toId', 'off'],
  hooks: {
    before(_ctx, c) {
      if (c.act === 'remove') return
      const next = { ...c.before, ...c.draft }
      const refuse = (field: string, message: string): never => fail('INVALID', { summary: message, fields: [{ field, code: 'CARE', message }] })
      if (next.trigger === 'festival' && !next.festival) refuse('festival', '请选哪个节日')
      if (next.trigger === 'festival' && next.festival === 'other' && !/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(String(next.monthDay ?? ''))) refuse('monthDay', '请填月与日，例如 08-15')
      if ((next.trigger === 'afterPickup' || next.trigger === 'afterDeal') && Number(next.days) < 0) refuse('days', '取机、成交之后的天数不能是负数')
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
  },
  scope: { via: 'customerId' },
  travels: 'never',
  display: ['planId', 'onDay'],
  list: ['dueOn', 'planId', 'customerId', 'onDay', 'ownerId', 'todoId'],
  sort: '-dueOn',
  managed: true,
  indexes: [{ on: ['planId', 'customerId', 'occasion'], unique: true }],
})
