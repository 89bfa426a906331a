import { defineModule } from '@quancheng/kernel'
import { bulkRoute } from './actions/bulk.ts'
import { casePageAction, caseProcesses } from './actions/case-page.ts'
import { fileRoute } from './actions/file.ts'
import { caseList } from './actions/list.ts'
import { caseSteps } from './actions/overview.ts'
import './rules/errors.ts'

/** Every case of every process: where it is, who has it, since when, and acts on many at once. */
export const cases = defineModule({
  name: 'cases',
  label: ['流程案例', 'Cases'],
  actions: [caseProcesses, caseSteps, caseList, casePageAction],
  routes: (app, runtime) => { fileRoute(app, runtime); bulkRoute(app, runtime) },
})
export default cases
