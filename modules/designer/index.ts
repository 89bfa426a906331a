import { defineModule } from '@quancheng/kernel'
import './rules/errors.ts'
import { catalogueActions } from './actions/catalogue.ts'
import { peopleToName } from './actions/people.ts'
import { timerPreview } from './actions/timer-preview.ts'
import { draftActions } from './actions/drafts.ts'
import { versionActions, versionRoutes } from './actions/versions.ts'

/** Where a company draws its processes without a programmer: drafts, templates, versions, the handbook. */
export const designer = defineModule({
  name: 'designer',
  label: ['流程设计', 'Process design'],
  actions: [...catalogueActions, ...draftActions, ...versionActions, peopleToName, timerPreview],
  routes: versionRoutes,
})
export default designer
