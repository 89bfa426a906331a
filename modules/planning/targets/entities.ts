import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { targetBefore } from './store/hooks.ts'

export const MEASURES = { signed: ['签约金额', 'Amount signed'], received: ['回款金额', 'Amount received'], orders: ['订单数量', 'Quantity ordered'], newCustomers: ['新客户数', 'New customers'], visits: ['拜访次数', 'Visits'] } as const

/** 目标: what a unit or a person is to reach in a year, a quarter or a month. Parts hang under the whole; their sum is compared with it, not forced on it (SA-09). */
export const Target = defineEntity('target', {
  label: ['目标', 'Target'],
  icon: 'gauge',
  fields: {
    period: f.text(['期间', 'Period'], { required: true, immutable: true, max: 7, pattern: '\\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?', index: true, help: ['年 2026、季 2026-Q4、月 2026-11', 'Year 2026, quarter 2026-Q4, month 2026-11'] }),
    measure: f.choice(['指标', 'Measure'], MEASURES, { required: true, immutable: true, default: 'signed' }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true, immutable: true }),
    userId: f.ref(['人员', 'Person'], () => 'user', { immutable: true, onDelete: 'restrict', help: ['空着是整个单位（含下级）的目标', 'Empty: of the whole unit'] }),
    productId: f.ref(['只算这个产品', 'Of the product'], () => Product, { immutable: true, onDelete: 'restrict', index: false }),
    amount: f.decimal(['目标值', 'Target'], { required: true, scale: 2, min: 0.01, help: ['金额填元，其余填个数', 'Yuan, or how many'] }),
    parentId: f.ref(['上级目标', 'Part of'], () => 'target', { onDelete: 'restrict' }),
    startsOn: f.date(['开始', 'From'], { readOnly: true }),
    endsOn: f.date(['结束', 'To'], { readOnly: true }),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
  },
  scope: { owner: 'userId', unit: 'unitId' },
  travels: 'never',
  display: ['period', 'unitId', 'userId', 'measure'],
  list: ['period', 'measure', 'unitId', 'userId', 'productId', 'amount', 'parentId'],
  sort: '-period',
  hooks: { before: (ctx, c) => targetBefore(ctx, c as never) },
})

/** 目标亮灯规则: one row a company. What was done of the target, in percent of what the working days gone by would ask for. */
export const TargetRule = defineEntity('targetRule', {
  label: ['目标亮灯规则', 'Lights of targets'],
  icon: 'gauge',
  fields: {
    name: f.text(['适用', 'For'], { required: true, immutable: true, unique: true, max: 40 }),
    green: f.integer(['达到应有进度的百分之几为绿', 'Green from % of the due share'], { required: true, default: 95, min: 1, max: 200 }),
    yellow: f.integer(['达到百分之几为黄，以下为红', 'Yellow from %, below it red'], { required: true, default: 80, min: 1, max: 200 }),
  },
  travels: 'never',
  display: ['name'],
  list: ['name', 'green', 'yellow', 'updatedAt'],
  managed: ['create', 'remove'],
  affectsMeta: true,
})

export const targetEntities = [Target, TargetRule]
