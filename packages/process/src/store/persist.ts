import { schedule, unschedule, type Ctx } from '@quancheng/kernel'
import { closeAlarms } from './alarms.ts'
import { JOB_POOL, JOB_REMIND, JOB_SLA, JOB_TIMER, remindKey, slaKeys } from './job-kinds.ts'
import type { Effects, JoinCount, NewStep } from '../engine/index.ts'
import type { Clock, UserTaskNode } from '../model/index.ts'
import type { Loaded } from './load.ts'
import { businessDayMinutes, deadlineOf, standardFor, type Deadline } from './standard.ts'

/** minutes that a step may lie in the pool before its manager hears of it, on the step's clock */
export const POOL_MINUTES = 30

export interface Opened { id: string; nodeId: string; name: string; role: string | null; assigneeId: string | null; dueAt: Date | null }

/** Whom a new step belongs to: the role's pool, whoever came from the step before, or whoever last did another node. */
async function assigneeOf(ctx: Ctx, loaded: Loaded, step: NewStep, finishedBy: string | null): Promise<string | null> {
  let candidate: string | null = null
  if (step.assign.rule === 'completer') candidate = finishedBy
  if (step.assign.rule === 'previous') {
    const [row] = await ctx.query<{ finished_by: string | null }>("select finished_by from process_step where tenant_id = $1 and instance_id = $2 and node_id = $3 and state = 'done' order by seq desc limit 1", [ctx.tenant.id, loaded.instance.id, step.assign.nodeId])
    candidate = row?.finished_by ?? null
  }
  return candidate && step.role && (await mayTake(ctx, candidate, step.role, loaded.instance.unit_id)) ? candidate : null
}

/**
 * May a step of this role at this unit be somebody's? They hold the role, by itself or through a group, their account is in use, and
 * they belong to the unit or to one above it: whoever has moved to another station gets nothing more from the old one.
 */
export async function mayTake(ctx: Ctx, userId: string, role: string | null, unitId: string | null): Promise<boolean> {
  if (role && ctx.user?.id === userId && !ctx.access.system) return ctx.access.roles.has(role)
  const rows = await ctx.query(
    `select 1 from "user" u where u.tenant_id = $1 and u.id = $2 and not u.off
     and ($4::uuid is null or exists (select 1 from unit_closure c where c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $4))
     and ($3::text is null or exists (select 1 from role r where r.tenant_id = u.tenant_id and r.code = $3 and not r.off and (r.id = any(u.role_ids) or exists
       (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))))`, [ctx.tenant.id, userId, role, unitId], 'may_take')
  return rows.length > 0
}

/** A step lies in its role's pool: after a while its manager hears of it, unless somebody takes it (SP-17). */
export async function watchPool(ctx: Ctx, stepId: string, clock: Clock): Promise<void> {
  const { dueAt } = await deadlineOf(ctx, { minutes: POOL_MINUTES, clock, warnPercent: 100 }, ctx.now(), [])
  await schedule(ctx, { kind: JOB_POOL, key: stepId, dueAt, payload: { stepId } })
}

/** What a step that is over leaves behind: no visit of its clocks, no open alarm. */
async function putAway(ctx: Ctx, loaded: Loaded, gone: ReadonlyArray<{ id: string; nodeId: string }>): Promise<void> {
  if (!gone.length) return
  const reminders = gone.flatMap(s => { const n = loaded.definition.process!.nodes[s.nodeId]; return n?.type === 'userTask' ? (n.task.standard?.remindMinutes ?? []).map(m => remindKey(s.id, m)) : [] })
  await unschedule(ctx, [JOB_SLA, JOB_POOL, JOB_REMIND], [...gone.flatMap(s => slaKeys(s.id)), ...reminders])
  await closeAlarms(ctx, gone.map(s => s.id), undefined, loaded.alarms)
}

/** Writes what one act changed: steps, counters, variables, clocks, timers. The caller holds the instance's lock. */
export async function persist(ctx: Ctx, loaded: Loaded, effects: Effects, o: { finishedBy: string | null; record: Record<string, unknown> }): Promise<Opened[]> {
  const { instance, definition } = loaded
  const now = ctx.now()
  const opened: Opened[] = []
  let seq = instance.next_seq
  for (const step of effects.newSteps) {
    const node = definition.process!.nodes[step.nodeId] as UserTaskNode
    const assigneeId = step.kind === 'user' ? await assigneeOf(ctx, loaded, step, o.finishedBy) : null
    const started = step.assign.rule === 'completer' && assigneeId !== null
    const standard = step.kind === 'user' && instance.entity ? await standardFor(ctx, { key: definition.key, node, entity: instance.entity, record: o.record }) : null
    const deadline: Deadline | null = standard ? await deadlineOf(ctx, standard, now, []) : null
    ctx.send(
      `insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, unit_id, assignee_id, state, entered_at, started_at, standard_minutes, clock, warn_at, due_at, tentative, warn_percent)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)`,
      [ctx.tenant.id, step.id, instance.id, seq++, step.nodeId, step.name, step.kind, step.role, instance.unit_id, assigneeId, started ? 'active' : 'waiting', now, started ? now : null,
        standard?.minutes ?? null, standard?.clock ?? null, deadline?.warnAt ?? null, deadline?.dueAt ?? null, deadline?.tentative ?? false, standard?.warnPercent ?? null], 'step_open')
    if (deadline) await schedule(ctx, { kind: JOB_SLA, key: step.id, dueAt: deadline.warnAt, payload: { stepId: step.id } })
    // a stage of natural time (the queue, the pick-up shelf) lies in the pool by its nature; its own standard watches it
    if (step.kind === 'user' && !assigneeId && standard?.clock === 'business') await watchPool(ctx, step.id, standard.clock)
    for (const minutes of standard?.remindMinutes ?? []) {
      const { dueAt } = await deadlineOf(ctx, { minutes, clock: standard!.clock, warnPercent: 100 }, now, [])
      await schedule(ctx, { kind: JOB_REMIND, key: remindKey(step.id, minutes), dueAt, payload: { stepId: step.id, minutes } })
    }
    opened.push({ id: step.id, nodeId: step.nodeId, name: step.name, role: step.role, assigneeId, dueAt: deadline?.dueAt ?? null })
  }
  for (const timer of effects.timersToArm) {
    const at = timer.clock === 'business'
      ? (await deadlineOf(ctx, { minutes: timer.days * (await businessDayMinutes(ctx)) + timer.minutes, clock: 'business', warnPercent: 100 }, now, [])).dueAt
      : addMonths(new Date(now.getTime() + timer.days * 86_400_000 + timer.minutes * 60_000), timer.months)
    await schedule(ctx, { kind: JOB_TIMER, key: timer.id, dueAt: at, payload: { instanceId: instance.id, stepId: timer.stepId, nodeId: timer.nodeId } })
  }
  if (effects.timersToCancel.length) await ctx.query("delete from job where tenant_id = $1 and kind = $2 and payload->>'stepId' = any($3)", [ctx.tenant.id, JOB_TIMER, effects.timersToCancel])
  if (effects.cancelledSteps.length) await ctx.query("update process_step set state = 'cancelled', finished_at = $3 where tenant_id = $1 and id = any($2)", [ctx.tenant.id, effects.cancelledSteps.map(s => s.id), now])
  await putAway(ctx, loaded, [...effects.finishedSteps, ...effects.cancelledSteps])
  const after = [ctx.tenant.id, instance.id, JSON.stringify({ ...instance.variables, ...effects.variables }), JSON.stringify(joinsAfter(instance.joins, effects)), seq,
    effects.end ? effects.end.how : 'active', effects.end ? now : null, effects.end?.nodeId ?? null, effects.end?.name ?? null]
  if (loaded.fresh) {
    ctx.send(`insert into process_instance (tenant_id, id, variables, joins, next_seq, state, ended_at, end_node, end_name, definition_id, entity, record_id, label, unit_id, started_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
      [...after, instance.definition_id, instance.entity, instance.record_id, loaded.fresh.label, instance.unit_id, now], 'instance_new')
  } else ctx.send('update process_instance set variables = $3, joins = $4, next_seq = $5, state = $6, ended_at = $7, end_node = $8, end_name = $9 where tenant_id = $1 and id = $2', after, 'instance_update')
  return opened
}

const addMonths = (at: Date, months: number): Date => { const d = new Date(at); d.setUTCMonth(d.getUTCMonth() + months); return d }

function joinsAfter(before: readonly JoinCount[], effects: Effects): JoinCount[] {
  const counts = new Map(before.map(j => [`${j.nodeId}/${j.flowId}`, { ...j }]))
  for (const { delta, ...j } of effects.joins) {
    const key = `${j.nodeId}/${j.flowId}`
    counts.set(key, { ...j, count: (counts.get(key)?.count ?? 0) + delta })
  }
  return [...counts.values()].filter(j => j.count > 0)
}
