import { defineModule, sqlFiles } from '@quancheng/kernel'
import './rules/errors.ts'
import { undoRun } from './actions/actions.ts'
import { importRoutes } from './actions/routes.ts'
import { ImportPlan, ImportRun } from './entities/index.ts'

/** 数据导入: what another system exports becomes our records: columns are mapped once, files know one another by their old ids, a run can be taken back. */
export const importer = defineModule({
  name: 'importer',
  label: ['数据导入', 'Import'],
  acts: { 'importRun.takeBack': ['撤销', 'Take back'] },
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  travels: { import_link: 'never', import_made: 'never' },
  entities: [ImportPlan, ImportRun],
  actions: [undoRun],
  permissions: [{ code: 'importPlan:run', label: ['按方案导入', 'Import by a plan'], scoped: false }],
  routes: importRoutes,
})
export default importer

export { registerReceiver, type Origin, type Receiver } from './store/receivers.ts'
export { ImportPlan, ImportRun }
