import { defineModule } from '@quancheng/kernel'
import { commissionPart } from './commission/index.ts'
import { forecastPart } from './forecast/index.ts'
import { targetPart } from './targets/index.ts'

export const planning = defineModule({
  name: 'planning',
  label: ['计划与战略', 'Plans and strategy'],
  entities: [...commissionPart.entities, ...targetPart.entities, ...forecastPart.entities],
  actions: [...commissionPart.actions, ...targetPart.actions, ...forecastPart.actions],
  permissions: [...commissionPart.permissions],
  jobs: { ...commissionPart.jobs, ...forecastPart.jobs },
  setup: async ctx => {
    await commissionPart.setup(ctx)
    await targetPart.setup(ctx)
    await forecastPart.setup(ctx)
  },
})
export default planning

export { CommissionEntry, CommissionPlan, CommissionShare, CommissionTier } from './commission/entities/index.ts'
