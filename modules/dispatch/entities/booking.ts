import { randomBytes } from 'node:crypto'
import { defineEntity, f, fail } from '@quancheng/kernel'
import { Customer, ProductLine } from '@quancheng/customers'
import { ServiceRequest } from '@quancheng/service'
import { readStarts } from '../rules/slots.ts'

export const SERVICES = { bringIn: ['送修', 'Bring in', 'blue'], pickUp: ['取机', 'Pick up', 'green'], onSite: ['上门', 'On site', 'purple'] } as const
export type ServiceKind = keyof typeof SERVICES

/** 服务资源: what a slot needs one of: a person, a place at the bench or the counter, a vehicle. */
export const ServiceResource = defineEntity('serviceResource', {
  label: ['服务资源', 'Resource'],
  icon: 'appstore',
  fields: {
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, index: false }),
    kind: f.choice(['类型', 'Kind'], { person: ['人员', 'Person', 'blue'], bay: ['工位', 'Bay', 'cyan'], vehicle: ['车辆', 'Vehicle', 'orange'], room: ['会议室', 'Room', 'purple'] }, { required: true }),
    name: f.text(['名称', 'Name'], { required: true, max: 40, search: 'name' }),
    personId: f.ref(['员工账号', 'Account'], () => 'user', { onDelete: 'setNull', help: ['类型是人员时填写；不在岗的日子不接预约', 'For a person: not booked while absent'] }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  scope: { unit: 'unitId' },
  travels: 'pair',
  display: ['name'],
  list: ['unitId', 'kind', 'name', 'personId', 'off'],
  sort: 'name',
  indexes: [{ on: ['unitId', 'name'], unique: true }],
})

/** 预约时段: when a station takes whom, and how many at once. With resources named, each booking takes one of them. */
export const SlotRule = defineEntity('slotRule', {
  label: ['预约时段', 'Slots'],
  icon: 'calendar',
  fields: {
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, index: false }),
    service: f.choice(['服务', 'Service'], SERVICES, { required: true }),
    minutes: f.integer(['每段分钟', 'Minutes'], { required: true, min: 5, max: 480, default: 30 }),
    capacity: f.integer(['每段几位', 'Capacity'], { required: true, min: 1, max: 50, default: 1 }),
    starts: f.text(['开始时间', 'Starts'], { max: 400, help: ['如 14:00 16:00；空着就在班次里一段接一段', 'Such as 14:00 16:00; empty: one after another within the shifts'] }),
    everyDay: f.boolean(['放假也开', 'Also on days off'], { default: false }),
    leadMinutes: f.integer(['至少提前分钟', 'Lead minutes'], { required: true, min: 0, max: 20_160, default: 60 }),
    daysAhead: f.integer(['可约几天内', 'Days ahead'], { required: true, min: 0, max: 60, default: 7 }),
    cancelMinutes: f.integer(['改约取消至少提前分钟', 'Change until minutes before'], { required: true, min: 0, max: 20_160, default: 60 }),
    resourceIds: f.refs(['占用资源', 'Resources'], () => ServiceResource, { help: ['选了就每个预约占一个，谁空着占谁', 'Each booking takes a free one'] }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  scope: { unit: 'unitId' },
  // head office may open and close slots of a station with a node, as it sets up its printers
  travels: 'pair',
  display: ['unitId', 'service'],
  list: ['unitId', 'service', 'minutes', 'capacity', 'starts', 'leadMinutes', 'daysAhead', 'off'],
  indexes: [{ on: ['unitId', 'service'], unique: true }],
  hooks: {
    before(_ctx, c) {
      if (c.act === 'remove' || !c.draft.starts) return
      const starts = readStarts(String(c.draft.starts))
      if (!starts) fail('INVALID', { summary: '开始时间应写成 14:00 16:00', fields: [{ field: 'starts', code: 'TIME', message: '应写成 14:00 16:00，用空格隔开' }] })
      else c.draft.starts = starts.map(m => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`).join(' ')
    },
  },
})

/** 预约: one customer in one slot. `place` is which of the slot's places it has: two can never have the same. */
export const Booking = defineEntity('booking', {
  label: ['预约', 'Booking'],
  icon: 'calendar',
  fields: {
    number: f.serial(['预约号', 'Number'], 'YY{yyyy}{MM}{dd}-{000}', { immutable: true, unique: true, search: 'code' }),
    ruleId: f.ref(['预约时段', 'Slots'], () => SlotRule, { required: true, immutable: true, index: false }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, immutable: true, index: false }),
    service: f.choice(['服务', 'Service'], SERVICES, { required: true, immutable: true }),
    startsAt: f.datetime(['开始', 'Starts'], { required: true }),
    endsAt: f.datetime(['结束', 'Ends'], { required: true }),
    place: f.integer(['位次', 'Place'], { required: true, hidden: true }),
    resourceId: f.ref(['资源', 'Resource'], () => ServiceResource, { index: false }),
    state: f.choice(['状态', 'State'], { booked: ['已预约', 'Booked', 'blue'], arrived: ['已到', 'Arrived', 'green'], missed: ['未到', 'No-show', 'orange'], cancelled: ['已取消', 'Cancelled', 'default'] }, { required: true, default: 'booked' }),
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { onDelete: 'setNull' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'setNull', index: false }),
    name: f.text(['姓名', 'Name'], { required: true, max: 60, personal: true, search: 'name' }),
    phone: f.phone(['电话', 'Phone'], { required: true, personal: true, search: 'code', index: true }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { index: false }),
    serialNo: f.code(['序列号', 'Serial number'], { max: 40 }),
    faultDescription: f.text(['故障描述', 'Fault'], { max: 1000, multiline: true }),
    address: f.text(['地址', 'Address'], { max: 200, personal: true }),
    latitude: f.decimal(['纬度', 'Latitude'], { scale: 6, min: -90, max: 90 }),
    longitude: f.decimal(['经度', 'Longitude'], { scale: 6, min: -180, max: 180 }),
    token: f.text(['链接', 'Token'], { hidden: true, readOnly: true, max: 40 }),
    reason: f.text(['取消的原因', 'Reason'], { max: 200 }),
  },
  scope: { unit: 'unitId' },
  display: ['number', 'name'],
  list: ['startsAt', 'number', 'service', 'name', 'phone', 'unitId', 'state', 'resourceId', 'requestId'],
  sort: '-startsAt',
  managed: true,
  watchable: true,
  indexes: [
    { on: ['ruleId', 'startsAt', 'place'], where: "state <> 'cancelled'", unique: true }, { on: ['resourceId', 'startsAt'], where: "state <> 'cancelled' and resource_id is not null", unique: true },
    { on: ['unitId', 'startsAt'] }, { on: ['token'], unique: true }, { on: ['requestId', 'service'], where: "state = 'booked' and request_id is not null", unique: true },
  ],
  hooks: { before(_ctx, c) { if (c.act === 'create') c.draft.token = randomBytes(18).toString('base64url') } },
})
