import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { Opportunity } from '@quancheng/sales'
import { STAGES } from './rules/forecast.ts'

/** 预测快照: the forecast as it stood when an ISO week had ended. Its figures are its lines; neither ever changes (SA-08). */
export const ForecastSnapshot = defineEntity('forecastSnapshot', {
  label: ['预测快照', 'Forecast snapshot'],
  icon: 'chart',
  fields: {
    week: f.text(['周', 'Week'], { required: true, unique: true, max: 8 }),
    endsOn: f.date(['截至', 'Up to and with'], { required: true, index: true }),
    takenAt: f.datetime(['生成时间', 'Taken'], { required: true }),
    lines: f.integer(['商机数', 'Deals'], { required: true, default: 0 }),
  },
  travels: 'never',
  appendOnly: true,
  display: ['week'],
  list: ['week', 'endsOn', 'takenAt', 'lines'],
  sort: '-endsOn',
})

/** 预测明细: one deal in a snapshot, as it was then. */
export const ForecastLine = defineEntity('forecastLine', {
  label: ['预测明细', 'Forecast line'],
  icon: 'list',
  fields: {
    snapshotId: f.ref(['快照', 'Snapshot'], () => ForecastSnapshot, { required: true, onDelete: 'cascade' }),
    endsOn: f.date(['截至', 'Up to and with'], { required: true }),
    opportunityId: f.ref(['商机', 'Opportunity'], () => Opportunity, { onDelete: 'setNull' }),
    name: f.text(['名称', 'Name'], { required: true, max: 100 }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true, index: false }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull', index: false }),
    productId: f.ref(['产品', 'Product'], () => Product, { onDelete: 'setNull', index: false }),
    stage: f.choice(['阶段', 'Stage'], STAGES, { required: true }),
    chance: f.integer(['赢率（%）', 'Chance %'], { required: true }),
    closeOn: f.date(['预计成交日', 'Closes on'], { required: true }),
    amount: f.money(['金额', 'Amount'], { required: true }),
    quantity: f.decimal(['数量', 'Quantity'], { scale: 3 }),
    weighted: f.money(['金额 × 赢率', 'Amount × chance'], { required: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  appendOnly: true,
  noAudit: true,
  display: ['name'],
  list: ['snapshotId', 'opportunityId', 'ownerId', 'unitId', 'stage', 'chance', 'closeOn', 'amount', 'weighted'],
  sort: '-endsOn',
  indexes: [{ on: ['endsOn', 'closeOn'] }],
})
export const forecastEntities = [ForecastSnapshot, ForecastLine]
