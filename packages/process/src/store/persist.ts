import { schedule, unschedule, type Ctx } from '@quancheng/kernel'
import type { Effects, JoinCount, NewStep } from '../engine/index.ts'
import type { UserTaskNode } from '../model/index.ts'
import type { Loaded } from './load.ts'
import { deadlineOf, standardFor, type Deadline } from './standard.ts'

export const JOB_SLA = 'process.sla'
export const JOB_POOL = 'process.pool'
export const JOB_TIMER = 'process.timer'
/** minutes that a step may lie in the pool before its manager hears of it, on the step's clock */
export const POOL_MINUTES = 30

/** a business day of a timer, in minutes: two shifts of the usual calendar */
const BUSINESS_DAY = 450

export interface Opened { id: string; nodeId: string; name: string; role: string | null; assigneeId: string | null; dueAt: Date | null }

/** Whom a new step belongs to: the role's pool, whoever came from the step before, or whoever last did another node. */
async function assigneeOf(ctx: Ctx, loaded: Loaded, step: NewStep, finishedBy: string | null): Promise<string | null> {
  let candidate: string | null = null
  if (step.assign.rule === 'completer') candidate = finishedBy
  if (step.assign.rule === 'previous') {
    const [row] = await ctx.query<{ finished_by: string | null }>("select finished_by from process_step where tenant_id = $1 and instance_id = $2 and node_id = $3 and state = 'done' order by seq desc limit 1", [ctx.tenant.id, loaded.instance.id, step.assign.nodeId])
    candidate = row?.finished_by ?? null
  }
  return candidate && step.role && (await holdsRole(ctx, candidate, step.role)) ? candidate : null
}

/** Has somebody this role, by itself or through a group, and is their account in use? */
export async function holdsRole(ctx: Ctx, userId: string, role: string): Promise<boolean> {
  if (ctx.user?.id === userId && !ctx.access.system) return ctx.access.roles.has(role)
  const rows = await ctx.query(
    `select 1 from "user" u join role r on r.tenant_id = u.tenant_id and r.code = $3 and not r.off
     where u.tenant_id = $1 and u.id = $2 and not u.off and (r.id = any(u.role_ids) or exists
       (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))`, [ctx.tenant.id, userId, role], 'holds_role')
  return rows.length > 0
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
    await ctx.query(
      `insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, unit_id, assignee_id, state, entered_at, started_at, standard_minutes, clock, warn_at, due_at, tentative)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`,
      [ctx.tenant.id, step.id, instance.id, seq++, step.nodeId, step.name, step.kind, step.role, instance.unit_id, assigneeId, started ? 'active' : 'waiting', now, started ? now : null,
        standard?.minutes ?? null, standard?.clock ?? null, deadline?.warnAt ?? null, deadline?.dueAt ?? null, deadline?.tentative ?? false], 'step_open')
    if (deadline) await schedule(ctx, { kind: JOB_SLA, key: step.id, dueAt: deadline.warnAt, payload: { stepId: step.id } })
    if (step.kind === 'user' && !assigneeId && standard?.clock === 'business') {
      const pool = await deadlineOf(ctx, { minutes: POOL_MINUTES, clock: standard.clock, warnPercent: 100 }, now, [])
      await schedule(ctx, { kind: JOB_POOL, key: step.id, dueAt: pool.dueAt, payload: { stepId: step.id } })
    }
    opened.push({ id: step.id, nodeId: step.nodeId, name: step.name, role: step.role, assigneeId, dueAt: deadline?.dueAt ?? null })
  }
  for (const timer of effects.timersToArm) {
    const at = timer.clock === 'business'
      ? (await deadlineOf(ctx, { minutes: timer.days * BUSINESS_DAY + timer.minutes, clock: 'business', warnPercent: 100 }, now, [])).dueAt
      : addMonths(new Date(now.getTime() + timer.days * 86_400_000 + timer.minutes * 60_000), timer.months)
    await schedule(ctx, { kind: JOB_TIMER, key: timer.id, dueAt: at, payload: { instanceId: instance.id, stepId: timer.stepId, nodeId: timer.nodeId } })
  }
  if (effects.timersToCancel.length) await ctx.query("delete from job where tenant_id = $1 and kind = $2 and payload->>'stepId' = any($3)", [ctx.tenant.id, JOB_TIMER, effects.timersToCancel])
  const gone = [...effects.finishedSteps, ...effects.cancelledSteps].map(s => s.id)
  await unschedule(ctx, [JOB_SLA, JOB_POOL], gone)
  if (effects.cancelledSteps.length) await ctx.query("update process_step set state = 'cancelled', finished_at = $3 where tenant_id = $1 and id = any($2)", [ctx.tenant.id, effects.cancelledSteps.map(s => s.id), now])
  await ctx.query('update process_instance set variables = $3, joins = $4, next_seq = $5, state = $6, ended_at = $7, end_node = $8, end_name = $9 where tenant_id = $1 and id = $2',
    [ctx.tenant.id, instance.id, JSON.stringify({ ...instance.variables, ...effects.variables }), JSON.stringify(joinsAfter(instance.joins, effects)), seq,
      effects.end ? effects.end.how : 'active', effects.end ? now : null, effects.end?.nodeId ?? null, effects.end?.name ?? null], 'instance_update')
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
