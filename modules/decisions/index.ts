import { defineModule } from '@quancheng/kernel'
import './rules/errors.ts'
import { draftActions } from './actions/drafts.ts'
import { tryActions } from './actions/try.ts'
import { versionActions, versionRoutes } from './actions/versions.ts'

/** Where a company keeps its rules as tables: drafts, checks, versions, trying out. Others decide by them with `decideFor` of the process package. */
export const decisions = defineModule({
  name: 'decisions',
  label: ['决策表', 'Decision tables'],
  actions: [...draftActions, ...tryActions, ...versionActions],
  routes: versionRoutes,
})
export default decisions
export { templateTable, TEMPLATES } from './templates/index.ts'
