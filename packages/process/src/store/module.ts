import { readFileSync } from 'node:fs'
import { defineModule } from '@quancheng/kernel'
import { Alarm } from './alarms.ts'
import { processActions, processRoutes } from './actions.ts'
import { recomputeDueTimes } from './acts.ts'
import { clockJobs } from './clocks.ts'

export const processModule = defineModule({
  name: 'process',
  label: ['流程', 'Processes'],
  tables: { name: 'process', sql: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8') },
  entities: [Alarm],
  actions: processActions,
  routes: processRoutes,
  permissions: [{ code: 'eventLog:import', label: ['导入事件日志', 'Import event logs'], scoped: false }],
  jobs: clockJobs,
  listeners: [{ name: 'process.calendar', event: 'calendar.*', run: async ctx => { await recomputeDueTimes(ctx) } }],
})
