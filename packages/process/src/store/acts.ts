import { elevated, fail, schedule, storeChange, unitsElsewhere, unschedule, type Ctx } from '@quancheng/kernel'
import { closeAlarms, passAlarms } from './alarms.ts'
import { handOver } from './approval-acts.ts'
import { behalfNote, holdStep, mayReassign, mergedTicks, refuseOwnForm, refuseVote, requireActor, savedValues, userName, type Held } from './held.ts'
import { JOB_POOL, JOB_SLA, slaKeys } from './job-kinds.ts'
import { mayTake, watchPool } from './persist.ts'
import { deadlineOf, type StepPause } from './standard.ts'

/** The record shows who has the case now; its history tells how it came to them. */
async function tell(ctx: Ctx, h: Held, act: string, ownerId: string | null | undefined, note: Record<string, unknown>): Promise<void> {
  // what somebody applied for stays theirs, whoever has it on the table
  const owner = h.loaded.instance.started_by ? undefined : h.entity.scope?.owner
  await storeChange(elevated(ctx, 'process'), h.entity, h.record.row.id as string, owner && ownerId !== undefined ? { [owner]: ownerId } : {}, { act, note: { step: h.step.name, ...behalfNote(ctx, h), ...note }, locked: h.record })
}

/** Takes a step out of the pool, or begins one that waits for the caller. From here on it has a named owner (SP-17). */
export async function claim(ctx: Ctx, stepId: string): Promise<void> {
  const h = await holdStep(ctx, stepId)
  refuseVote(h)
  await requireActor(ctx, h)
  if (h.step.state !== 'waiting') return
  await ctx.query("update process_step set assignee_id = $3, state = 'active', started_at = coalesce(started_at, $4) where tenant_id = $1 and id = $2", [ctx.tenant.id, stepId, ctx.user!.id, ctx.now()])
  await unschedule(ctx, [JOB_POOL], [stepId])
  await closeAlarms(ctx, [stepId], ['pool'])
  await passAlarms(ctx, stepId, ctx.user!.id)
  await tell(ctx, h, 'claim', ctx.user!.id, {})
}

/** Puts a step back into its role's pool: its owner may, and whoever may re-assign. */
export async function release(ctx: Ctx, stepId: string): Promise<void> {
  const h = await holdStep(ctx, stepId, true)
  refuseVote(h)
  refuseOwnForm(h)
  if (h.step.assignee_id !== ctx.user?.id && !mayReassign(ctx, h.entity.name)) return fail('FORBIDDEN', { permission: `${h.entity.name}:reassign` })
  if (h.step.state === 'paused') fail('TASK_PAUSED', { reason: h.step.pauses.at(-1)?.reason ?? '' })
  if (!h.step.assignee_id) return
  await ctx.query("update process_step set assignee_id = null, state = 'waiting' where tenant_id = $1 and id = $2", [ctx.tenant.id, stepId])
  if (h.step.clock === 'business') await watchPool(ctx, stepId, 'business')
  await passAlarms(ctx, stepId, null)
  await tell(ctx, h, 'release', null, {})
}

/** Hands a step to somebody who may do it: the owner hands over (交接), the station's manager re-assigns (SP-16). */
export async function reassign(ctx: Ctx, stepId: string, assigneeId: string, reason: string): Promise<void> {
  const h = await holdStep(ctx, stepId, true)
  const mine = h.step.assignee_id !== null && (h.step.assignee_id === ctx.user?.id || h.step.assignee_id === h.behalf?.id)
  if (!mine && !mayReassign(ctx, h.entity.name)) return fail('FORBIDDEN', { permission: `${h.entity.name}:reassign` })
  if (h.step.kind === 'vote') return handOver(ctx, h, assigneeId, reason)
  refuseVote(h)
  refuseOwnForm(h)
  if (!(await mayTake(elevated(ctx, 'candidate'), assigneeId, h.step.role, h.step.unit_id, h.step.data.candidates))) fail('NOT_A_CANDIDATE', { name: await userName(ctx, assigneeId) })
  await ctx.query("update process_step set assignee_id = $3 where tenant_id = $1 and id = $2", [ctx.tenant.id, stepId, assigneeId])
  await unschedule(ctx, [JOB_POOL], [stepId])
  await closeAlarms(ctx, [stepId], ['pool'])
  await passAlarms(ctx, stepId, assigneeId)
  await tell(ctx, h, 'reassign', assigneeId, { from: h.step.assignee_id ? await userName(ctx, h.step.assignee_id) : null, to: await userName(ctx, assigneeId), reason })
}

/** Ticks or unticks a must-do item or a script line while working. */
export async function tick(ctx: Ctx, stepId: string, item: string, on: boolean): Promise<void> {
  const h = await holdStep(ctx, stepId)
  await requireActor(ctx, h)
  if (!h.task.items.some(i => i.id === item) && !h.task.script.some(s => s.id === item)) fail('ITEM_UNKNOWN', { item })
  const ticked = mergedTicks(h.step.data, on ? [item] : [], ctx.user?.id ?? null, ctx.now())
  if (!on) delete ticked[item]
  await ctx.query('update process_step set data = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, stepId, JSON.stringify({ ...h.step.data, ticked })])
}

/** Keeps what has been typed into the form, without finishing the step. */
export async function save(ctx: Ctx, stepId: string, fields: Record<string, unknown>): Promise<void> {
  const h = await holdStep(ctx, stepId)
  await requireActor(ctx, h)
  const values = await savedValues(ctx, h, fields)
  await storeChange(elevated(ctx, 'process'), h.entity, h.record.row.id as string, values, { locked: h.record })
}

/** Stops the clock of a step for a reason that its model allows (待客户, 待件). The due time moves when it runs again. */
export async function pause(ctx: Ctx, stepId: string, reason: string): Promise<void> {
  const h = await holdStep(ctx, stepId)
  refuseVote(h)
  await requireActor(ctx, h)
  const allowed = h.task.standard?.pauseReasons ?? []
  if (!allowed.includes(reason)) fail('PAUSE_REASON', { allowed })
  if (h.step.state === 'paused') fail('TASK_PAUSED', { reason: h.step.pauses.at(-1)?.reason ?? '' })
  await stopClock(ctx, h, stepId, reason)
}

/** For the system: stops the clock of a step if its model allows the reason and it runs. A step that nobody has taken stays nobody's. */
export async function pauseIfAllowed(ctx: Ctx, stepId: string, reason: string): Promise<boolean> {
  const h = await holdStep(ctx, stepId)
  if (h.step.state === 'paused' || h.task.approval || !h.task.standard?.pauseReasons.includes(reason)) return false
  await stopClock(ctx, h, stepId, reason)
  return true
}

async function stopClock(ctx: Ctx, h: Held, stepId: string, reason: string): Promise<void> {
  const by = ctx.access.system ? null : ctx.user?.id ?? null
  const pauses: StepPause[] = [...h.step.pauses, { from: ctx.now().toISOString(), to: null, reason, by }]
  await ctx.query("update process_step set state = 'paused', assignee_id = coalesce(assignee_id, $4), started_at = coalesce(started_at, case when coalesce(assignee_id, $4::uuid) is not null then $3::timestamptz end), paused_at = $3, pauses = $5 where tenant_id = $1 and id = $2",
    [ctx.tenant.id, stepId, ctx.now(), by, JSON.stringify(pauses)])
  await unschedule(ctx, [JOB_SLA, JOB_POOL], slaKeys(stepId))
  await closeAlarms(ctx, [stepId], ['pool'])
  await tell(ctx, h, 'pause', undefined, { reason })
}

export async function resume(ctx: Ctx, stepId: string): Promise<void> {
  const h = await holdStep(ctx, stepId)
  await requireActor(ctx, h)
  if (h.step.state !== 'paused') fail('TASK_NOT_PAUSED')
  const now = ctx.now()
  const pauses = h.step.pauses.map((p, i) => (i === h.step.pauses.length - 1 ? { ...p, to: now.toISOString() } : p))
  const deadline = h.step.standard_minutes === null ? null : await deadlineOf(ctx, { minutes: Number(h.step.standard_minutes), clock: h.step.clock ?? 'business', warnPercent: h.step.warn_percent ?? 80 }, h.step.entered_at, pauses)
  await ctx.query("update process_step set state = case when assignee_id is null then 'waiting' else 'active' end, paused_at = null, pauses = $3, warn_at = $4, due_at = $5, tentative = $6 where tenant_id = $1 and id = $2",
    [ctx.tenant.id, stepId, JSON.stringify(pauses), deadline?.warnAt ?? null, deadline?.dueAt ?? null, deadline?.tentative ?? false])
  if (deadline) await schedule(ctx, { kind: JOB_SLA, key: stepId, dueAt: deadline.warnAt > now ? deadline.warnAt : deadline.dueAt, payload: { stepId } })
  if (!h.step.assignee_id && h.step.clock === 'business') await watchPool(ctx, stepId, 'business')
  await tell(ctx, h, 'resume', undefined, { minutes: Math.round((now.getTime() - new Date(pauses.at(-1)!.from).getTime()) / 60_000) })
}

/**
 * The calendar changed: due times of open steps on business time are computed anew, and their clocks set again; an alarm that stood on the
 * old time closes. A paused step gets its time when it runs again.
 */
export async function recomputeDueTimes(ctx: Ctx): Promise<number> {
  const open = await ctx.query<{ id: string; standard_minutes: string; warn_percent: number | null; warn_at: Date; due_at: Date; tentative: boolean; entered_at: Date; pauses: StepPause[] }>(
    "select id, standard_minutes, warn_percent, warn_at, due_at, tentative, entered_at, pauses from process_step where tenant_id = $1 and state in ('waiting','active') and kind <> 'vote' and clock = 'business' and due_at is not null and (unit_id is null or unit_id <> all($2)) order by id for update", [ctx.tenant.id, [...await unitsElsewhere(ctx)]])
  let moved = 0
  for (const s of open) {
    const d = await deadlineOf(ctx, { minutes: Number(s.standard_minutes), clock: 'business', warnPercent: s.warn_percent ?? 80 }, s.entered_at, s.pauses)
    if (d.dueAt.getTime() === s.due_at.getTime() && d.warnAt.getTime() === s.warn_at.getTime() && d.tentative === s.tentative) continue
    moved++
    await ctx.query('update process_step set warn_at = $3, due_at = $4, tentative = $5 where tenant_id = $1 and (id = $2 or parent_id = $2)', [ctx.tenant.id, s.id, d.warnAt, d.dueAt, d.tentative])
    await schedule(ctx, { kind: JOB_SLA, key: s.id, dueAt: d.warnAt, payload: { stepId: s.id } })
    if (d.dueAt > ctx.now()) await closeAlarms(ctx, [s.id], ['late'])
  }
  return moved
}
