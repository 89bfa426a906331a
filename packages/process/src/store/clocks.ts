import { CHANNEL, fail, notice, schedule, type Ctx } from '@quancheng/kernel'
import { fireTimer } from '../engine/index.ts'
import { holdersAbove, raiseAlarm } from './alarms.ts'
import { definitionById } from './definitions.ts'
import { orIncident } from './job-guard.ts'
import { JOB_POOL, JOB_REMIND, JOB_SLA, JOB_TIMER, slaKey } from './job-kinds.ts'
import { loadInstance, loadStep, type StepRow } from './load.ts'
import { caseFree, proceedHeld } from './proceed.ts'
import { deadlineOf } from './standard.ts'

/*
 * What comes due by itself. A person's act holds the case and then takes the step's jobs off the list, so it waits for a job that runs;
 * a job therefore never waits for a case or a step, it comes back a little later. Any of these may run twice: the second run changes nothing.
 */

/** Escalation: at the breach its owner and the station's manager, when as much time again has passed the region's. */
const ESCALATE_PERCENT = 200
const COME_BACK_MS = 5000

type Payload = Record<string, unknown>
const soon = (ctx: Ctx): Date => new Date(ctx.now().getTime() + COME_BACK_MS)

interface CaseOf { definition_id: string; entity: string | null; record_id: string | null; label: string | null }
const caseOf = async (ctx: Ctx, s: StepRow): Promise<CaseOf> => (await ctx.query<CaseOf>('select definition_id, entity, record_id, label from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, s.instance_id]))[0] ?? fail('NOT_FOUND', {})

/** The step, held until the job ends: nobody can finish it while an alarm is raised for it. `busy`: somebody is acting on it now. */
async function holdFree(ctx: Ctx, id: string): Promise<StepRow | 'busy' | null> {
  const [row] = await ctx.query<StepRow>('select * from process_step where tenant_id = $1 and id = $2 for update skip locked', [ctx.tenant.id, id], 'step_hold')
  return row ?? (await loadStep(ctx, id).then(() => 'busy' as const, () => null))
}

const base = (s: StepRow, c: CaseOf) => ({ entity: c.entity, recordId: c.record_id, stepKey: s.id, stage: s.name, unitId: s.unit_id, ownerId: s.assignee_id })

/** Who has the step: its owner; of an approval, those whose votes can be given now. */
async function waitedFor(ctx: Ctx, s: StepRow): Promise<string[]> {
  if (s.assignee_id) return [s.assignee_id]
  return (await ctx.query<{ id: string }>("select assignee_id as id from process_step where tenant_id = $1 and parent_id = $2 and state = 'active'", [ctx.tenant.id, s.id])).map(r => r.id)
}

/**
 * The clock of one step: at the warning time the live screens are told, at the due time the alarm is raised, later it escalates.
 * Each visit puts itself on the list for the next; a step that is done, paused or moved has taken itself off the list.
 */
export async function slaJob(ctx: Ctx, payload: Payload): Promise<void> {
  const stepId = String(payload.stepId), round = Number(payload.round ?? 0) + 1
  const again = (dueAt: Date): Promise<void> => schedule(ctx, { kind: JOB_SLA, key: slaKey(stepId, round), dueAt, payload: { stepId, round } })
  const s = await holdFree(ctx, stepId)
  if (s === 'busy') return again(soon(ctx))
  if (!s || !['waiting', 'active'].includes(s.state) || !s.due_at || !s.warn_at) return
  const now = ctx.now()
  const c = await caseOf(ctx, s)
  if (now < s.due_at) {
    if (c.entity && c.record_id && now >= s.warn_at) await ctx.query('select pg_notify($1, $2)', [CHANNEL, notice(ctx.tenant.id, c.entity, c.record_id, s.unit_id, 'warn', now)])
    return again(now < s.warn_at ? s.warn_at : s.due_at)
  }
  const escalateAt = (await deadlineOf(ctx, { minutes: Number(s.standard_minutes) * (ESCALATE_PERCENT / 100), clock: s.clock ?? 'business', warnPercent: 100 }, s.entered_at, s.pauses)).dueAt
  const region = now >= escalateAt
  const recipientIds = [...await waitedFor(ctx, s), ...(await holdersAbove(ctx, s.unit_id, 'stationManager')), ...(region ? await holdersAbove(ctx, s.unit_id, 'regionManager') : [])]
  await raiseAlarm(ctx, { ...base(s, c), kind: 'late', title: `${c.label ?? ''} ${s.name}超时`, recipientIds, level: region ? 2 : 1 })
  if (!region) await again(escalateAt)
}

/** A step that nobody has taken for too long: its manager hears of it (SP-17). */
export async function poolJob(ctx: Ctx, payload: Payload): Promise<void> {
  const s = await holdFree(ctx, String(payload.stepId))
  // no key: claiming takes only the first visit off the list, and a late one finds an owner and does nothing
  if (s === 'busy') return schedule(ctx, { kind: JOB_POOL, dueAt: soon(ctx), payload })
  if (!s || s.state !== 'waiting' || s.assignee_id) return
  const c = await caseOf(ctx, s)
  await raiseAlarm(ctx, { ...base(s, c), kind: 'pool', title: `${c.label ?? ''} 待${s.name}无人接手`, recipientIds: await holdersAbove(ctx, s.unit_id, 'stationManager') })
}

const waited = (minutes: number): string => (minutes % 1440 === 0 ? `${minutes / 1440} 天` : minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`)

/** A reminder that the model asks for (待取机 after 1, 3 and 7 days): one alarm a step, its count the reminders so far. */
export async function remindJob(ctx: Ctx, payload: Payload): Promise<void> {
  const s = await holdFree(ctx, String(payload.stepId))
  if (s === 'busy') return schedule(ctx, { kind: JOB_REMIND, dueAt: soon(ctx), payload })
  if (!s || !['waiting', 'active'].includes(s.state)) return
  const c = await caseOf(ctx, s)
  const node = (await definitionById(ctx, c.definition_id)).process?.nodes[s.node_id]
  const minutes = Number(payload.minutes)
  const count = node?.type === 'userTask' ? (node.task.standard?.remindMinutes ?? []).filter(m => m <= minutes).length : 1
  const owners = await waitedFor(ctx, s)
  const told = owners.length ? owners : s.role ? await holdersAbove(ctx, s.unit_id, s.role) : []
  await raiseAlarm(ctx, { ...base(s, c), kind: 'remind', title: `${c.label ?? ''} ${s.name}已 ${waited(minutes)}`, recipientIds: [...told, ...(await holdersAbove(ctx, s.unit_id, 'stationManager'))], count })
}

/**
 * A timer is due: the token game goes on from it, and the record follows, in the job's own transaction. What the engine refuses (a circle without
 * end, a value that is no time) becomes an incident, and the timer waits there.
 */
export async function timerJob(ctx: Ctx, payload: Payload): Promise<void> {
  const instanceId = String(payload.instanceId), stepId = String(payload.stepId), nodeId = String(payload.nodeId)
  if (!(await caseFree(ctx, instanceId))) return schedule(ctx, { kind: JOB_TIMER, dueAt: soon(ctx), payload })
  const loaded = await loadInstance(ctx, instanceId)
  if (loaded.instance.state !== 'active') return
  const timer = { stepId, nodeId, ...(payload.repeat === undefined ? {} : { repeat: payload.repeat as number | null }) }
  await orIncident(ctx, { instanceId, stepId: loaded.live.some(s => s.id === stepId) ? stepId : null, nodeId }, { kind: JOB_TIMER, payload }, async () => {
    await proceedHeld(ctx, loaded, (p, s, env) => fireTimer(p, s, timer, env), { act: 'timer', note: { timer: loaded.definition.process!.nodes[nodeId]?.name ?? '' }, from: payload.due ? new Date(String(payload.due)) : null })
  })
}

export const clockJobs = { [JOB_SLA]: slaJob, [JOB_POOL]: poolJob, [JOB_REMIND]: remindJob, [JOB_TIMER]: timerJob }
