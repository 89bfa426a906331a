import { defineModule } from '@quancheng/kernel'
import { commissionPart } from './commission/index.ts'
import { evaluationPart } from './evaluation/index.ts'
import { expensePart } from './expenses/index.ts'
import { forecastPart } from './forecast/index.ts'
import { intelPart } from './intelligence/index.ts'
import { strategyPart } from './strategy/index.ts'
import { targetPart } from './targets/index.ts'

export const planning = defineModule({
  name: 'planning',
  label: ['计划与战略', 'Plans and strategy'],
  entities: [...commissionPart.entities, ...targetPart.entities, ...forecastPart.entities, ...strategyPart.entities, ...expensePart.entities, ...intelPart.entities, ...evaluationPart.entities],
  actions: [...commissionPart.actions, ...targetPart.actions, ...forecastPart.actions, ...strategyPart.actions, ...expensePart.actions, ...intelPart.actions, ...evaluationPart.actions],
  permissions: [...commissionPart.permissions, ...strategyPart.permissions, ...evaluationPart.permissions],
  jobs: { ...commissionPart.jobs, ...forecastPart.jobs, ...evaluationPart.jobs },
  setup: async ctx => {
    await commissionPart.setup(ctx)
    await targetPart.setup(ctx)
    await forecastPart.setup(ctx)
    await expensePart.setup(ctx)
    await evaluationPart.setup(ctx)
  },
})
export default planning

export { runCommission } from './commission/store/run.ts'
export { runScores } from './evaluation/store/run.ts'
export { shiftPeriod, spanOfPeriod, weekOf } from './rules/period.ts'
export { CommissionEntry, CommissionPlan, CommissionShare, CommissionTier } from './commission/entities/index.ts'
