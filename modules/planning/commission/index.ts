import type { ModuleSpec } from '@quancheng/kernel'
import { commissionActions, commissionJob, JOB_COMMISSION, planNext } from './actions.ts'
import { commissionEntities } from './entities/index.ts'

/** 提成: what the planning module takes over from this folder. */
export const commissionPart = {
  entities: commissionEntities,
  actions: commissionActions,
  permissions: [{ code: 'commissionEntry:run', label: ['计提提成', 'Book commission'], scoped: false }],
  jobs: { [JOB_COMMISSION]: commissionJob },
  setup: planNext,
} satisfies Partial<ModuleSpec>
