import { CHANNEL, notice, schedule, type Ctx, type Locked } from '@quancheng/kernel'
import { holdersAbove, raiseAlarm, type AlarmInput, type AlarmKind } from './alarms.ts'
import { definitionById } from './definitions.ts'
import { JOB_POOL, JOB_REMIND, JOB_SLA, slaKey } from './job-kinds.ts'
import type { StepRow } from './load.ts'
import { deadlineOf } from './standard.ts'

/*
 * What a clock does when it comes to a step that the caller holds. The same code runs for one step and for many (clocks-batch.ts), where the
 * alarms that are there have been found for all at once.
 */

/** Escalation: at the breach its owner and the station's manager, when as much time again has passed the region's. */
const ESCALATE_PERCENT = 200

export type Payload = Record<string, unknown>
export interface CaseOf { definition_id: string; entity: string | null; record_id: string | null; label: string | null }
export type Found = { alarm: Locked | null }

export interface Visit {
  /** the alarm that it may raise */
  alarm: AlarmKind
  /** is there still something to visit? */
  due(s: StepRow): boolean
  run(ctx: Ctx, s: StepRow, c: CaseOf, payload: Payload, found?: Found): Promise<void>
  /** puts the visit on the list again: somebody is acting on the step */
  again(ctx: Ctx, payload: Payload, at: Date): Promise<void>
}

const open = (s: StepRow): boolean => s.state === 'waiting' || s.state === 'active'
const base = (s: StepRow, c: CaseOf): Omit<AlarmInput, 'kind' | 'title' | 'recipientIds'> => ({ entity: c.entity, recordId: c.record_id, stepKey: s.id, stage: s.name, unitId: s.unit_id, ownerId: s.assignee_id })

/** Who has the step: its owner; of an approval, those whose votes can be given now. */
async function waitedFor(ctx: Ctx, s: StepRow): Promise<string[]> {
  if (s.assignee_id) return [s.assignee_id]
  return (await ctx.query<{ id: string }>("select assignee_id as id from process_step where tenant_id = $1 and parent_id = $2 and state = 'active'", [ctx.tenant.id, s.id])).map(r => r.id)
}

const nextVisit = (ctx: Ctx, payload: Payload, dueAt: Date): Promise<void> => {
  const stepId = String(payload.stepId), round = Number(payload.round ?? 0) + 1
  return schedule(ctx, { kind: JOB_SLA, key: slaKey(stepId, round), dueAt, payload: { stepId, round } })
}

/**
 * The clock of one step: at the warning time the live screens are told, at the due time the alarm is raised, later it escalates.
 * Each visit puts itself on the list for the next; a step that is done, paused or moved has taken itself off the list.
 */
const sla: Visit = {
  alarm: 'late', again: nextVisit,
  due: s => open(s) && s.due_at !== null && s.warn_at !== null,
  async run(ctx, s, c, payload, found) {
    const now = ctx.now(), warnAt = s.warn_at!, dueAt = s.due_at!
    if (now < dueAt) {
      if (c.entity && c.record_id && now >= warnAt) await ctx.query('select pg_notify($1, $2)', [CHANNEL, notice(ctx.tenant.id, c.entity, c.record_id, s.unit_id, 'warn', now)])
      return nextVisit(ctx, payload, now < warnAt ? warnAt : dueAt)
    }
    const escalateAt = (await deadlineOf(ctx, { minutes: Number(s.standard_minutes) * (ESCALATE_PERCENT / 100), clock: s.clock ?? 'business', warnPercent: 100 }, s.entered_at, s.pauses)).dueAt
    const region = now >= escalateAt
    const recipientIds = [...await waitedFor(ctx, s), ...(await holdersAbove(ctx, s.unit_id, 'stationManager')), ...(region ? await holdersAbove(ctx, s.unit_id, 'regionManager') : [])]
    await raiseAlarm(ctx, { ...base(s, c), kind: 'late', title: `${c.label ?? ''} ${s.name}超时`, recipientIds, level: region ? 2 : 1 }, found)
    if (!region) await nextVisit(ctx, payload, escalateAt)
  },
}

/** A step that nobody has taken for too long: its manager hears of it (SP-17). */
const pool: Visit = {
  alarm: 'pool',
  due: s => s.state === 'waiting' && s.assignee_id === null,
  // no key: claiming takes only the first visit off the list, and a late one finds an owner and does nothing
  again: (ctx, payload, dueAt) => schedule(ctx, { kind: JOB_POOL, dueAt, payload }),
  async run(ctx, s, c, _, found) {
    await raiseAlarm(ctx, { ...base(s, c), kind: 'pool', title: `${c.label ?? ''} 待${s.name}无人接手`, recipientIds: await holdersAbove(ctx, s.unit_id, 'stationManager') }, found)
  },
}

const waited = (minutes: number): string => (minutes % 1440 === 0 ? `${minutes / 1440} 天` : minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`)

/** A reminder that the model asks for (待取机 after 1, 3 and 7 days): one alarm a step, its count the reminders so far. */
const remind: Visit = {
  alarm: 'remind', due: open,
  again: (ctx, payload, dueAt) => schedule(ctx, { kind: JOB_REMIND, dueAt, payload }),
  async run(ctx, s, c, payload, found) {
    const node = (await definitionById(ctx, c.definition_id)).process?.nodes[s.node_id]
    const minutes = Number(payload.minutes)
    const count = node?.type === 'userTask' ? (node.task.standard?.remindMinutes ?? []).filter(m => m <= minutes).length : 1
    const owners = await waitedFor(ctx, s)
    const told = owners.length ? owners : s.role ? await holdersAbove(ctx, s.unit_id, s.role) : []
    await raiseAlarm(ctx, { ...base(s, c), kind: 'remind', title: `${c.label ?? ''} ${s.name}已 ${waited(minutes)}`, recipientIds: [...told, ...(await holdersAbove(ctx, s.unit_id, 'stationManager'))], count }, found)
  },
}

export const VISITS: Readonly<Record<string, Visit>> = { [JOB_SLA]: sla, [JOB_POOL]: pool, [JOB_REMIND]: remind }
