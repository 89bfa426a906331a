import { readFileSync } from 'node:fs'
import { defineModule } from '@quancheng/kernel'
import { Alarm, raiseAlarm } from './alarms.ts'
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
  listeners: [
    { name: 'process.calendar', event: 'calendar.update', run: async ctx => { await recomputeDueTimes(ctx) } },
    // a year that nobody has entered makes every due time in it a guess: head office hears of it as of any other alarm
    { name: 'process.calendarAlarm', event: 'calendar.warn', run: async (ctx, e) => {
      const { message } = (e.payload ?? {}) as { message?: string }
      await raiseAlarm(ctx, { kind: 'calendar', title: message ?? '日历未维护', entity: 'calendar', recordId: e.recordId, stepKey: e.recordId, stage: null, unitId: null, ownerId: null, recipientIds: [] })
    } },
  ],
})
