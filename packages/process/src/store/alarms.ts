import { defineEntity, elevated, f, fail, newId, schedule, storeChange, storeNew, lock, type Ctx } from '@quancheng/kernel'
import { loadStep, type StepRow } from './load.ts'
import { JOB_SLA } from './persist.ts'
import { deadlineOf } from './standard.ts'

/** Something that a person must look at. One alarm a step and kind; it closes itself when its cause is gone (SP-07). */
export const Alarm = defineEntity('alarm', {
  label: ['报警', 'Alarm'],
  icon: 'alert',
  fields: {
    kind: f.choice(['类型', 'Kind'], {
      late: ['环节超时', 'Stage late', 'red'], pool: ['待办无人接手', 'Nobody took it', 'orange'], unreachable: ['通知不到用户', 'Customer not reached', 'volcano'], calendar: ['日历未维护', 'Calendar not kept', 'gold'],
    }, { required: true }),
    title: f.text(['事项', 'Matter'], { required: true, max: 200 }),
    entity: f.text(['对象', 'Entity'], { max: 60 }),
    recordId: f.text(['记录', 'Record'], { max: 40, index: true }),
    stepKey: f.text(['环节标识', 'Step'], { required: true, max: 80, hidden: true }),
    stage: f.text(['环节', 'Stage'], { max: 60 }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false }),
    ownerId: f.ref(['责任人', 'Owner'], () => 'user', { index: false }),
    recipientIds: f.refs(['通知对象', 'Told'], () => 'user'),
    level: f.integer(['级别', 'Level'], { required: true, default: 1 }),
    raisedAt: f.datetime(['发生时间', 'Raised'], { required: true }),
    closedAt: f.datetime(['解除时间', 'Closed']),
    minutes: f.integer(['持续分钟', 'Minutes']),
    count: f.integer(['次数', 'Count']),
  },
  scope: { unit: 'unitId', owner: 'ownerId' },
  display: ['title'],
  list: ['kind', 'title', 'stage', 'unitId', 'ownerId', 'raisedAt', 'closedAt', 'minutes'],
  managed: true,
  noAudit: true,
  indexes: [{ on: ['stepKey', 'kind'], unique: true }, { on: ['unitId', 'raisedAt'], where: 'closed_at is null' }],
})

export interface AlarmInput { kind: 'late' | 'pool' | 'unreachable' | 'calendar'; title: string; entity: string | null; recordId: string | null; stepKey: string; stage: string | null; unitId: string | null; ownerId: string | null; recipientIds: string[]; count?: number }

/** Raises an alarm once: a second call for the same step and kind adds people and level, never a second alarm. */
export async function raiseAlarm(ctx: Ctx, a: AlarmInput): Promise<string> {
  const sys = elevated(ctx, 'alarm')
  const entity = ctx.entities.get('alarm')
  const [known] = await ctx.query<{ id: string; recipient_ids: string[] | null; level: number; closed_at: Date | null }>('select id, recipient_ids, level, closed_at from alarm where tenant_id = $1 and step_key = $2 and kind = $3 for update', [ctx.tenant.id, a.stepKey, a.kind])
  if (!known) {
    const row = await storeNew(sys, entity, { ...a, recipientIds: [...new Set(a.recipientIds)], level: 1, raisedAt: ctx.now() }, { id: newId() })
    return row.id as string
  }
  const recipients = [...new Set([...(known.recipient_ids ?? []), ...a.recipientIds])]
  const grew = recipients.length > (known.recipient_ids?.length ?? 0)
  if (known.closed_at || grew || a.count !== undefined) {
    await storeChange(sys, entity, known.id, { recipientIds: recipients, ...(a.count === undefined ? {} : { count: a.count }), ...(known.closed_at ? { closedAt: null, minutes: null, raisedAt: ctx.now(), level: 1 } : grew ? { level: known.level + 1 } : {}) })
  }
  return known.id
}

/** Closes the open alarms of steps, with how long they stood. */
export async function closeAlarms(ctx: Ctx, stepKeys: readonly string[], kinds: readonly string[] = ['late', 'pool']): Promise<void> {
  const open = await ctx.query<{ id: string; raised_at: Date }>('select id, raised_at from alarm where tenant_id = $1 and step_key = any($2) and kind = any($3) and closed_at is null', [ctx.tenant.id, stepKeys, kinds], 'alarms_open')
  for (const a of open) await storeChange(elevated(ctx, 'alarm'), ctx.entities.get('alarm'), a.id, { closedAt: ctx.now(), minutes: Math.round((ctx.now().getTime() - a.raised_at.getTime()) / 60_000) })
}

/** Holders of a role whose unit is the given one or above it: the station's manager, the region's manager. */
export async function holdersAbove(ctx: Ctx, unitId: string | null, role: string): Promise<string[]> {
  if (!unitId) return []
  const rows = await ctx.query<{ id: string }>(
    `select u.id from "user" u join unit_closure c on c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $2
     join role r on r.tenant_id = u.tenant_id and r.code = $3
     where u.tenant_id = $1 and not u.off and (r.id = any(u.role_ids) or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))`, [ctx.tenant.id, unitId, role])
  return rows.map(r => r.id)
}

interface CaseOf { entity: string | null; record_id: string | null; label: string | null }
const caseOf = async (ctx: Ctx, s: StepRow): Promise<CaseOf> => (await ctx.query<CaseOf>('select entity, record_id, label from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, s.instance_id]))[0] ?? fail('NOT_FOUND', {})

/** Escalation: at the breach its owner and the station's manager, when as much time again has passed the region's. */
const ESCALATE_PERCENT = 200

/**
 * The clock of one step: at the warning time the live screens are told, at the due time the alarm is raised, later it escalates.
 * Each visit puts itself on the list for the next; a step that is done, paused or moved has taken itself off the list.
 */
export async function slaJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const s = await loadStep(ctx, String(payload.stepId)).catch(() => null)
  if (!s || !['waiting', 'active'].includes(s.state) || !s.due_at || !s.warn_at) return
  const now = ctx.now()
  if (now < s.due_at) { await reschedule(ctx, s, s.due_at, payload); return }
  const c = await caseOf(ctx, s)
  const escalateAt = (await deadlineOf(ctx, { minutes: Number(s.standard_minutes) * (ESCALATE_PERCENT / 100), clock: s.clock ?? 'business', warnPercent: 100 }, s.entered_at, s.pauses)).dueAt
  const recipients = [...(s.assignee_id ? [s.assignee_id] : []), ...(await holdersAbove(ctx, s.unit_id, 'stationManager')), ...(now >= escalateAt ? await holdersAbove(ctx, s.unit_id, 'regionManager') : [])]
  await raiseAlarm(ctx, { kind: 'late', title: `${c.label ?? ''} ${s.name}超时`, entity: c.entity, recordId: c.record_id, stepKey: s.id, stage: s.name, unitId: s.unit_id, ownerId: s.assignee_id, recipientIds: recipients })
  if (now < escalateAt) await reschedule(ctx, s, escalateAt, payload)
}

// the running job's own row still holds its key, so the next visit gets one of its own; a visit to a step that is over does nothing
const reschedule = (ctx: Ctx, s: StepRow, dueAt: Date, payload: Record<string, unknown>): Promise<void> =>
  schedule(ctx, { kind: JOB_SLA, key: `${s.id}:${Number(payload.round ?? 0) + 1}`, dueAt, payload: { stepId: s.id, round: Number(payload.round ?? 0) + 1 } })

/** A step that nobody has taken for too long: its manager hears of it (SP-17). */
export async function poolJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const s = await loadStep(ctx, String(payload.stepId)).catch(() => null)
  if (!s || s.state !== 'waiting' || s.assignee_id) return
  const c = await caseOf(ctx, s)
  await raiseAlarm(ctx, { kind: 'pool', title: `${c.label ?? ''} 待${s.name}无人接手`, entity: c.entity, recordId: c.record_id, stepKey: s.id, stage: s.name, unitId: s.unit_id, ownerId: null, recipientIds: await holdersAbove(ctx, s.unit_id, 'stationManager') })
}
