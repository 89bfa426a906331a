import { defineEntity, f } from '@quancheng/kernel'

/** 公海规则: what a block allows in its pool (SA-01). A unit without one has that of the nearest above it, at last the usual one. */
export const LeadPool = defineEntity('leadPool', {
  label: ['公海规则', 'Pool rule'],
  icon: 'flow',
  fields: {
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true, unique: true }),
    readHours: f.integer(['未查看收回（小时）', 'Unread hours'], { required: true, default: 24, min: 1, max: 720 }),
    clock: f.choice(['小时怎么算', 'Hours count'], { clock: ['自然时间', 'By the clock'], business: ['工作时间', 'Working time'] }, { required: true, default: 'clock' }),
    idleDays: f.integer(['未跟进收回（天）', 'Idle days'], { required: true, default: 15, min: 1, max: 365 }),
    maxHeld: f.integer(['每人最多持有', 'Most held'], { min: 1, max: 10_000, help: ['空着不限', 'Empty: no limit'] }),
    maxPerDay: f.integer(['每人每天最多领取', 'Most a day'], { min: 1, max: 1000 }),
    retakeDays: f.integer(['放回后几天内不能再领', 'No re-take for days'], { required: true, default: 7, min: 0, max: 365 }),
  },
  scope: { unit: 'unitId' },
  affectsMeta: true,
  travels: 'never',
  display: ['unitId'],
  list: ['unitId', 'readHours', 'clock', 'idleDays', 'maxHeld', 'maxPerDay', 'retakeDays'],
})
