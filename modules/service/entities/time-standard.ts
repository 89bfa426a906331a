import { defineEntity, f } from '@quancheng/kernel'
import { ProductLine } from '@quancheng/customers'

/** How long a stage may take, for everyone or for a product line, a customer tier, or both (SP-06). The most particular row counts. */
export const TimeStandard = defineEntity('timeStandard', {
  label: ['时限标准', 'Time standard'],
  icon: 'clock-circle',
  fields: {
    processKey: f.text(['流程', 'Process'], { required: true, default: 'repair', max: 60, source: { name: 'process' } }),
    nodeId: f.text(['环节', 'Stage'], { required: true, max: 60, source: { name: 'stage', of: 'processKey' } }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine),
    tier: f.choice(['客户等级', 'Tier'], { ordinary: ['普通', 'Ordinary'], silver: ['银卡', 'Silver'], gold: ['金卡', 'Gold'], diamond: ['钻石', 'Diamond'] }),
    minutes: f.integer(['标准分钟', 'Minutes'], { required: true, min: 1, max: 525_600 }),
    clock: f.choice(['计时', 'Clock'], { business: ['工作时间', 'Business time'], clock: ['自然时间', 'Clock time'] }, { default: 'business' }),
    warnPercent: f.integer(['预警百分比', 'Warn at %'], { default: 80, min: 1, max: 100 }),
  },
  affectsMeta: true,
  display: ['processKey', 'nodeId'],
  list: ['processKey', 'nodeId', 'productLineId', 'tier', 'minutes', 'clock', 'warnPercent'],
  sort: 'processKey,nodeId',
  indexes: [{ on: ['processKey', 'nodeId'] }],
})
