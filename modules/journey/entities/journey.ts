import { defineEntity, f, fail } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { TOUCH_CHANNELS } from '../rules/choices.ts'
import { touchSource } from '../sources/registry.ts'

/** 旅程: what a customer goes through with us, from the first look to long after; its points are a company's own (TP-01). */
export const JourneyTemplate = defineEntity('journeyTemplate', {
  label: ['旅程', 'Journey'],
  icon: 'flow',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 60, search: 'name' }),
    days: f.integer(['一趟最多相隔几天', 'Days of one run'], { required: true, min: 1, max: 730, default: 60, help: ['没有写明是哪一趟的事件，离得再近不超过这些天才算同一趟', 'An event that names no occasion joins one that is at most so many days away'] }),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
    off: f.boolean(['停用', 'Off'], { default: false }),
    key: f.text(['模板', 'Template'], { max: 40, hidden: true, unique: true }),
  },
  travels: 'never',
  display: ['name'],
  list: ['name', 'days', 'note', 'off'],
})

/** 触点: one point of contact, with who answers for it, how it should be, and how that is measured. */
export const TouchPoint = defineEntity('touchPoint', {
  label: ['触点', 'Touch point'],
  icon: 'star',
  fields: {
    journeyId: f.ref(['旅程', 'Journey'], () => JourneyTemplate, { required: true, onDelete: 'cascade', index: false }),
    phase: f.text(['阶段', 'Phase'], { required: true, max: 20 }),
    position: f.integer(['次序', 'Position'], { required: true, min: 1, max: 1000 }),
    code: f.code(['代码', 'Code'], { required: true, unique: true, max: 20, help: ['各渠道上报事件时写它', 'What channels write when they post'] }),
    name: f.text(['名称', 'Name'], { required: true, max: 40, search: 'name' }),
    department: f.text(['责任部门', 'Department'], { required: true, max: 40 }),
    unitId: f.ref(['责任单位', 'Unit'], () => 'unit', { onDelete: 'setNull', index: false }),
    roleId: f.ref(['责任角色', 'Role'], () => 'role', { onDelete: 'setNull', index: false }),
    standard: f.text(['标准', 'Standard'], { required: true, max: 500, multiline: true }),
    measure: f.text(['衡量', 'Measure'], { required: true, max: 300 }),
    target: f.decimal(['目标分', 'Target'], { required: true, scale: 1, min: 1, max: 5, default: '4.5', help: ['一分到五分', 'One to five'] }),
    channels: f.choices(['渠道', 'Channels'], TOUCH_CHANNELS),
    must: f.boolean(['每趟都应有', 'In every run'], { default: true, help: ['后面的触点有了而它没有，就标为遗漏', 'Missed when a later one came without it'] }),
    topics: f.text(['看哪些偏好', 'Preferences'], { max: 200, help: ['如：座位、餐食。空着就给看全部', 'Such as seat, meal. Empty: all'] }),
    source: f.text(['取自', 'Fed by'], { max: 60, source: { name: 'touchSource' }, help: ['由已有的业务记录自动得出；空着就只看上报的事件', 'Derived from records; empty: posted events only'] }),
  },
  travels: 'never',
  display: ['code', 'name'],
  list: ['code', 'name', 'journeyId', 'phase', 'department', 'standard', 'measure', 'target', 'must'],
  sort: 'code',
  indexes: [{ on: ['journeyId', 'position'] }],
  hooks: {
    before(ctx, c) {
      const { source } = c.draft
      if (source && source !== c.before?.source && !touchSource(ctx.runtime, String(source))) fail('INVALID', { summary: '没有这种来源', fields: [{ field: 'source', code: 'SOURCE', message: '没有这种来源，请从列表中选择' }] })
    },
  },
})

/** 触点事件: a channel says that a customer came by. Never changed; what this program records itself is not written twice (TP-02). */
export const TouchEvent = defineEntity('touchEvent', {
  label: ['触点事件', 'Touch event'],
  icon: 'clock',
  fields: {
    at: f.datetime(['时间', 'At'], { required: true }),
    pointId: f.ref(['触点', 'Touch point'], () => TouchPoint, { required: true, index: false }),
    channel: f.choice(['渠道', 'Channel'], TOUCH_CHANNELS, { required: true }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'cascade', index: false }),
    phone: f.phone(['电话', 'Phone'], { personal: true, index: true }),
    score: f.integer(['评分', 'Score'], { min: 1, max: 5 }),
    text: f.text(['内容', 'Text'], { max: 1000, multiline: true, personal: true }),
    occasion: f.text(['哪一趟', 'Occasion'], { max: 80, help: ['如航班与日期、请求号：同一趟的事件排在一起', 'Such as a flight and day: events of one occasion belong together'] }),
    record: f.text(['记录', 'Record'], { max: 200 }),
    key: f.text(['渠道的编号', 'Key'], { max: 120, hidden: true }),
    ownerId: f.ref(['客户负责人', 'Customer’s owner'], () => 'user', { index: false, onDelete: 'setNull' }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false, onDelete: 'setNull' }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['pointId', 'at'],
  list: ['at', 'pointId', 'channel', 'customerId', 'phone', 'score', 'text', 'occasion'],
  sort: '-at',
  managed: true,
  appendOnly: true,
  indexes: [{ on: ['pointId', 'at'], desc: true }, { on: ['customerId', 'at'], desc: true }, { on: ['key'], unique: true }],
})
