import { addBusinessMinutes, defineModule, sqlFiles, type Ctx } from '@quancheng/kernel'
import { Alarm, closeAlarms, raiseAlarm } from './alarms.ts'
import { auditNight, auditNights, beginAuditNights, JOB_AUDIT } from './audit-night.ts'
import { calendarOf } from './standard.ts'
import { processActions, processRoutes } from './actions.ts'
import { registerProcessOptions } from './options.ts'
import { recomputeDueTimes } from './acts.ts'
import { clockJobs } from './clocks.ts'
import { clockBatches } from './clocks-batch.ts'
import { CaseCopy } from './copies.ts'
import { Delegation } from './delegation.ts'
import { JOB_DELIVER, JOB_FORESEE, JOB_LEARN, JOB_LOOK, JOB_MATCH, JOB_MIGRATE, JOB_SERVICE, JOB_START } from './job-kinds.ts'
import { deliverJob, lookJob, matchJob } from './messages.ts'
import { migrateJob } from './migrate-run.ts'
import { foreseeJob } from './prediction-alarm.ts'
import { beginNights, learnJob } from './prediction-learn.ts'
import { serviceJob } from './service-job.ts'
import { startJob } from './starts.ts'
import { resumeClocks } from './taken-back.ts'

/** Is every year entered that a due time may fall in now: this one, and from November on the next? */
async function yearsKnown(ctx: Ctx): Promise<boolean> {
  const now = ctx.now(), cal = await calendarOf(ctx)
  const years = now.getUTCMonth() >= 10 ? [now.getUTCFullYear(), now.getUTCFullYear() + 1] : [now.getUTCFullYear()]
  return years.every(y => !addBusinessMinutes(cal, new Date(`${y}-06-01T01:00:00Z`), 1).tentative)
}

export const processModule = defineModule({
  name: 'process',
  label: ['流程', 'Processes'],
  acts: { vote: ['表态', 'Vote'], copy: ['抄送', 'Copied in'] },
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  travels: {
    process_definition: 'down', process_start: 'down', process_prediction: 'down', decision_definition: 'down', process_draft: 'never', decision_draft: 'never', process_migration: 'never', process_migration_case: 'never',
    process_message: 'never', audit_night: 'never', process_start_seen: 'never', process_instance: { travels: 'up', belongs: { by: 'unit', column: 'unit_id' } }, process_step: { travels: 'up', belongs: { by: 'unit', column: 'unit_id' } },
    process_candidate: { travels: 'up', belongs: { by: 'parent', column: 'step_id', table: 'process_step' } }, process_incident: { travels: 'up', belongs: { by: 'parent', column: 'instance_id', table: 'process_instance' } },
    // only the place that runs the case looks for it here
    process_wait: { travels: 'handover', belongs: { by: 'parent', column: 'instance_id', table: 'process_instance' } },
  },
  entities: [Alarm, Delegation, CaseCopy],
  actions: [...processActions, auditNights],
  routes: processRoutes,
  permissions: [{ code: 'eventLog:import', label: ['导入事件日志', 'Import event logs'], scoped: false }, { code: 'process:operate', label: ['处理流程异常', 'Operate processes'], scoped: false }, { code: 'process:migrate', label: ['迁移运行中的案例', 'Migrate running cases'], scoped: false }, { code: 'process:start', label: ['启动流程', 'Start processes'], scoped: false }, { code: 'process:work', label: ['办理服务任务（外部程序）', 'Do service tasks (programs)'], scoped: false }],
  jobs: { ...clockJobs, [JOB_SERVICE]: serviceJob, [JOB_DELIVER]: deliverJob, [JOB_MATCH]: matchJob, [JOB_LOOK]: lookJob, [JOB_START]: startJob, [JOB_MIGRATE]: migrateJob, [JOB_LEARN]: learnJob, [JOB_FORESEE]: foreseeJob, [JOB_AUDIT]: auditNight },
  batches: clockBatches,
  start: registerProcessOptions,
  setup: async ctx => { await beginNights(ctx); await beginAuditNights(ctx) },
  listeners: [
    { name: 'process.takenBack', event: 'syncNode.takeBack', run: (ctx, e) => resumeClocks(ctx, e.recordId) },
    { name: 'process.calendar', event: 'calendar.update', comesDown: true, run: async (ctx, e) => { await recomputeDueTimes(ctx); if (await yearsKnown(ctx)) await closeAlarms(ctx, [e.recordId], ['calendar']) } },
    // a year that nobody has entered makes every due time in it a guess: head office hears of it as of any other alarm
    { name: 'process.calendarAlarm', event: 'calendar.warn', run: async (ctx, e) => {
      const { message } = (e.payload ?? {}) as { message?: string }
      await raiseAlarm(ctx, { kind: 'calendar', title: message ?? '日历未维护', entity: 'calendar', recordId: e.recordId, stepKey: e.recordId, stage: null, unitId: null, ownerId: null, recipientIds: [] })
    } },
  ],
})
