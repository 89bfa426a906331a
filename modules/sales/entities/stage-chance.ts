import { defineEntity, f } from '@quancheng/kernel'
import { STAGES } from '../rules/choices.ts'

/** 阶段赢率: what a stage of the sale is worth in the forecast, and when a card in it is old (SA-02). */
export const StageChance = defineEntity('stageChance', {
  label: ['阶段赢率', 'Stage chance'],
  icon: 'chart',
  fields: {
    stage: f.choice(['阶段', 'Stage'], STAGES, { required: true, unique: true }),
    chance: f.integer(['赢率（%）', 'Chance %'], { required: true, min: 0, max: 100 }),
    staleDays: f.integer(['停留几天算久', 'Old after days'], { min: 1, max: 365 }),
  },
  affectsMeta: true,
  travels: 'never',
  display: ['stage'],
  list: ['stage', 'chance', 'staleDays'],
})
