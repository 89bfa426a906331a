import { defineEntity, f } from '@quancheng/kernel'
import { TIERS } from '../rules/choices.ts'

/** 级别服务包: what a level of the programme gets from us, and how soon we ask when it buys less (SA-12, SA-17). */
export const TierPackage = defineEntity('tierPackage', {
  label: ['级别服务包', 'Tier package'],
  icon: 'star',
  fields: {
    level: f.integer(['级别', 'Level'], { required: true, immutable: true, min: 1, max: 10 }),
    name: f.text(['名称', 'Name'], { required: true, max: 40, search: 'name' }),
    tier: f.choice(['服务等级', 'Service tier'], TIERS, { required: true, default: 'ordinary', help: ['窗口办理的时限按它；客户升降级时随之改', 'Time standards at the counter go by it; it follows the level'] }),
    services: f.text(['服务（一行一项）', 'Services, one a line'], { required: true, multiline: true, max: 2000 }),
    care: f.text(['关怀计划', 'Care plan'], { multiline: true, max: 1000 }),
    basePeriods: f.integer(['基数取前几个月', 'Months of the base'], { required: true, default: 3, min: 1, max: 24, help: ['销量下降预警：与自己前几个月的平均比', 'Decline alarm: compared with the mean of so many months before'] }),
    declinePercent: f.decimal(['下降超过（%）报警', 'Alarm below −%'], { required: true, default: '15.00', scale: 2, min: 0, max: 100 }),
  },
  affectsMeta: true,
  travels: 'never',
  display: ['level', 'name'],
  list: ['level', 'name', 'tier', 'basePeriods', 'declinePercent'],
  sort: 'level',
  indexes: [{ on: ['level'], unique: true }],
})
