import { readFileSync } from 'node:fs'
import { defineModule, newId, type Ctx } from '@quancheng/kernel'
import { fireTimer } from '../engine/index.ts'
import { Alarm, poolJob, slaJob } from './alarms.ts'
import { processActions, processRoutes } from './actions.ts'
import { recomputeDueTimes } from './acts.ts'
import { engineAct } from './engine-act.ts'
import { loadInstance } from './load.ts'
import { JOB_POOL, JOB_SLA, JOB_TIMER, persist } from './persist.ts'

/** A boundary timer is due: the token game goes on from it, in the job's own transaction. */
async function timerJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const loaded = await loadInstance(ctx, String(payload.instanceId))
  const effects = engineAct(() => fireTimer(loaded.definition.process!, loaded.state, { stepId: String(payload.stepId), nodeId: String(payload.nodeId) }, { newId }))
  if (!effects.ignored) await persist(ctx, loaded, effects, { finishedBy: null, record: {} })
}

export const processModule = defineModule({
  name: 'process',
  label: ['流程', 'Processes'],
  tables: { name: 'process', sql: readFileSync(new URL('./tables.sql', import.meta.url), 'utf8') },
  entities: [Alarm],
  actions: processActions,
  routes: processRoutes,
  permissions: [{ code: 'eventLog:import', label: ['导入事件日志', 'Import event logs'], scoped: false }],
  jobs: { [JOB_SLA]: slaJob, [JOB_POOL]: poolJob, [JOB_TIMER]: timerJob },
  listeners: [{ name: 'process.calendar', event: 'calendar.*', run: async ctx => { await recomputeDueTimes(ctx) } }],
})
