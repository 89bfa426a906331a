import { fail, type Ctx } from '@quancheng/kernel'
import { fireTimer } from '../engine/index.ts'
import { orIncident } from './job-guard.ts'
import { JOB_POOL, JOB_REMIND, JOB_SLA, JOB_TIMER } from './job-kinds.ts'
import { loadInstance, loadStep, type Loaded, type StepRow } from './load.ts'
import { caseFree, proceedHeld, type Proceed } from './proceed.ts'
import { VISITS, type CaseOf, type Payload } from './visits.ts'

/*
 * What comes due by itself. A person's act holds the case and then takes the step's jobs off the list, so it waits for a job that runs;
 * a job therefore never waits for a case or a step, it comes back a little later. Any of these may run twice: the second run changes nothing.
 */

const COME_BACK_MS = 5000
const soon = (ctx: Ctx): Date => new Date(ctx.now().getTime() + COME_BACK_MS)

/** The step, held until the job ends: nobody can finish it while an alarm is raised for it. `busy`: somebody is acting on it now. */
async function holdFree(ctx: Ctx, id: string): Promise<StepRow | 'busy' | null> {
  const [row] = await ctx.query<StepRow>('select * from process_step where tenant_id = $1 and id = $2 for update skip locked', [ctx.tenant.id, id], 'step_hold')
  return row ?? (await loadStep(ctx, id).then(() => 'busy' as const, () => null))
}

/** One step's visit of one kind, by itself. Many at once: clocks-batch.ts. */
const visitJob = (kind: string) => async (ctx: Ctx, payload: Payload): Promise<void> => {
  const visit = VISITS[kind]!
  const s = await holdFree(ctx, String(payload.stepId))
  if (s === 'busy') return visit.again(ctx, payload, soon(ctx))
  if (!s || !visit.due(s)) return
  const [c] = await ctx.query<CaseOf>('select definition_id, entity, record_id, label from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, s.instance_id])
  await visit.run(ctx, s, c ?? fail('NOT_FOUND', {}), payload)
}

/**
 * A timer is due: the token game goes on from it, and the record follows, in the job's own transaction. What the engine refuses (a circle without
 * end, a value that is no time) becomes an incident, and the timer waits there.
 */
export async function timerJob(ctx: Ctx, payload: Payload): Promise<void | 'later'> {
  const instanceId = String(payload.instanceId), stepId = String(payload.stepId), nodeId = String(payload.nodeId)
  if (!(await caseFree(ctx, instanceId))) return 'later'
  const loaded = await loadInstance(ctx, instanceId)
  if (loaded.instance.state !== 'active') return
  await orIncident(ctx, { instanceId, stepId: loaded.live.some(s => s.id === stepId) ? stepId : null, nodeId }, { kind: JOB_TIMER, payload }, () => fire(ctx, loaded, payload))
}

/** The timer's effect on a case that the caller holds. */
export async function fire(ctx: Ctx, loaded: Loaded, payload: Payload, record?: Proceed['record']): Promise<void> {
  const nodeId = String(payload.nodeId)
  const timer = { stepId: String(payload.stepId), nodeId, ...(payload.repeat === undefined ? {} : { repeat: payload.repeat as number | null }) }
  await proceedHeld(ctx, loaded, (p, s, env) => fireTimer(p, s, timer, env), { act: 'timer', note: { timer: loaded.definition.process!.nodes[nodeId]?.name ?? '' }, from: payload.due ? new Date(String(payload.due)) : null, ...(record ? { record } : {}) })
}

export const clockJobs = { ...Object.fromEntries([JOB_SLA, JOB_POOL, JOB_REMIND].map(kind => [kind, visitJob(kind)])), [JOB_TIMER]: timerJob }
