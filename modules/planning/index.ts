import { defineModule } from '@quancheng/kernel'
import { commissionPart } from './commission/index.ts'
import { expensePart } from './expenses/index.ts'
import { forecastPart } from './forecast/index.ts'
import { intelPart } from './intelligence/index.ts'
import { strategyPart } from './strategy/index.ts'
import { targetPart } from './targets/index.ts'

export const planning = defineModule({
  name: 'planning',
  label: ['计划与战略', 'Plans and strategy'],
  entities: [...commissionPart.entities, ...targetPart.entities, ...forecastPart.entities, ...strategyPart.entities, ...expensePart.entities, ...intelPart.entities],
  actions: [...commissionPart.actions, ...targetPart.actions, ...forecastPart.actions, ...strategyPart.actions, ...expensePart.actions, ...intelPart.actions],
  permissions: [...commissionPart.permissions, ...strategyPart.permissions],
  jobs: { ...commissionPart.jobs, ...forecastPart.jobs },
  setup: async ctx => {
    await commissionPart.setup(ctx)
    await targetPart.setup(ctx)
    await forecastPart.setup(ctx)
    await expensePart.setup(ctx)
  },
})
export default planning

export { CommissionEntry, CommissionPlan, CommissionShare, CommissionTier } from './commission/entities/index.ts'
