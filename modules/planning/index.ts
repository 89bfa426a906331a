import { defineModule } from '@quancheng/kernel'
import { commissionPart } from './commission/index.ts'

export const planning = defineModule({
  name: 'planning',
  label: ['计划与战略', 'Plans and strategy'],
  entities: [...commissionPart.entities],
  actions: [...commissionPart.actions],
  permissions: [...commissionPart.permissions],
  jobs: { ...commissionPart.jobs },
  setup: async ctx => { await commissionPart.setup(ctx) },
})
export default planning

export { CommissionEntry, CommissionPlan, CommissionShare, CommissionTier } from './commission/entities/index.ts'
