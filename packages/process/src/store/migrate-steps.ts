import { elevated, schedule, unschedule, type Ctx } from '@quancheng/kernel'
import type { Migration } from '../migration/index.ts'
import type { UserTaskNode } from '../model/index.ts'
import { closeAlarms, passAlarms } from './alarms.ts'
import { handlerOf } from './handlers.ts'
import { JOB_REMIND, JOB_SERVICE, JOB_SLA, remindKey, slaKeys } from './job-kinds.ts'
import type { Loaded, StepRow } from './load.ts'
import { mayTake, watchPool } from './persist.ts'
import { deadlineOf, standardFor } from './standard.ts'
import type { Way } from './migrate-plan.ts'

/**
 * The rows of a case's steps as the new version has them. What is done keeps what it was called, and stands under the new id: whoever sends
 * the case back, or asks who did a step before, finds it.
 */
export async function renameSteps(ctx: Ctx, loaded: Loaded, way: Way): Promise<void> {
  const renamed = Object.entries(way.plan.mapping).filter(([a, b]) => a !== b)
  if (!renamed.length) return
  const values = [ctx.tenant.id, loaded.instance.id, renamed.map(([a]) => a), renamed.map(([, b]) => b)]
  await ctx.query("update process_step s set node_id = m.b from unnest($3::text[], $4::text[]) m(a, b) where s.tenant_id = $1 and s.instance_id = $2 and s.node_id = m.a and s.data->>'called' is null", values)
  await ctx.query('update process_incident x set node_id = m.b from unnest($3::text[], $4::text[]) m(a, b) where x.tenant_id = $1 and x.instance_id = $2 and x.node_id = m.a and x.resolved_at is null', values)
  await ctx.query("update process_incident x set retry = jsonb_set(x.retry, '{payload,nodeId}', to_jsonb(m.b)) from unnest($3::text[], $4::text[]) m(a, b) where x.tenant_id = $1 and x.instance_id = $2 and x.retry->'payload'->>'nodeId' = m.a and x.resolved_at is null", values)
}

/** Answers the live steps as they are now. */
export async function moveSteps(ctx: Ctx, loaded: Loaded, way: Way, m: Migration, record: Record<string, unknown>): Promise<StepRow[]> {
  await renameSteps(ctx, loaded, way)
  const to = new Map(m.steps.map(s => [s.id, s.to]))
  const rows: StepRow[] = []
  for (const s of loaded.live) {
    const nodeId = to.get(s.id)
    const node = nodeId === undefined ? undefined : way.to.process.nodes[nodeId]
    if (!node) { rows.push(s); continue }
    let row: StepRow = { ...s, node_id: node.id, name: node.name }
    if (s.name !== node.name) ctx.send('update process_step set name = $3 where tenant_id = $1 and (id = $2 or parent_id = $2)', [ctx.tenant.id, s.id, node.name])
    const before = way.from.process.nodes[s.node_id]
    if (node.type === 'userTask' && before?.type === 'userTask') row = await newClock(ctx, loaded, row, before, node, record).then(r => newPost(ctx, loaded, r, before, node))
    rows.push(row)
  }
  for (const s of m.services) {
    await ctx.query("update process_step set data = (data - 'held' - 'attempts') || $3::jsonb where tenant_id = $1 and id = $2", [ctx.tenant.id, s.stepId, JSON.stringify({ handler: s.handler, input: s.input, headers: s.headers })])
    await unschedule(ctx, [JOB_SERVICE], [s.stepId])
    if (handlerOf(ctx.runtime, s.handler)) await schedule(ctx, { kind: JOB_SERVICE, key: s.stepId, dueAt: ctx.now(), payload: { stepId: s.stepId } })
  }
  return rows
}

/** The new version's standard, counted from when the step was entered; pauses stay taken out. What has not changed is not touched. */
async function newClock(ctx: Ctx, loaded: Loaded, s: StepRow, before: UserTaskNode, node: UserTaskNode, record: Record<string, unknown>): Promise<StepRow> {
  // a time that the model computed for this very task stays as it was computed
  if (before.task.people?.dueDate || node.task.people?.dueDate) return s
  const { entity } = loaded.instance, key = loaded.definition.key
  const standard = entity ? await standardFor(ctx, { key, node, entity, record }) : node.task.standard
  const was = s.standard_minutes === null ? null : `${Number(s.standard_minutes)} ${s.clock} ${s.warn_percent}`
  const same = was === (standard ? `${standard.minutes} ${standard.clock} ${standard.warnPercent}` : null)
  const reminders = (n: UserTaskNode): readonly number[] => n.task.standard?.remindMinutes ?? []
  if (same && String(reminders(before)) === String(reminders(node))) return s
  const now = ctx.now(), running = s.state !== 'paused'
  await unschedule(ctx, [JOB_SLA, JOB_REMIND], [...slaKeys(s.id), ...reminders(before).map(m => remindKey(s.id, m))])
  const d = standard ? await deadlineOf(ctx, standard, s.entered_at, s.pauses) : null
  const row: StepRow = { ...s, standard_minutes: standard ? String(standard.minutes) : null, clock: standard?.clock ?? null, warn_percent: standard?.warnPercent ?? null, warn_at: d?.warnAt ?? null, due_at: d?.dueAt ?? null, tentative: d?.tentative ?? false }
  await ctx.query('update process_step set standard_minutes = $3, clock = $4, warn_percent = $5, warn_at = $6, due_at = $7, tentative = $8 where tenant_id = $1 and (id = $2 or parent_id = $2) and state in (\'queued\', \'waiting\', \'active\', \'paused\')',
    [ctx.tenant.id, s.id, row.standard_minutes, row.clock, row.warn_percent, row.warn_at, row.due_at, row.tentative])
  if (d && running) await schedule(ctx, { kind: JOB_SLA, key: s.id, dueAt: d.warnAt > now ? d.warnAt : d.dueAt, payload: { stepId: s.id } })
  if (!d || d.dueAt > now) await closeAlarms(ctx, [s.id], ['late'])
  for (const minutes of standard?.remindMinutes ?? []) {
    const { dueAt } = await deadlineOf(ctx, { minutes, clock: standard!.clock, warnPercent: 100 }, s.entered_at, [])
    if (dueAt > now) await schedule(ctx, { kind: JOB_REMIND, key: remindKey(s.id, minutes), dueAt, payload: { stepId: s.id, minutes } })
  }
  return row
}

/** Another post has the step from now on: whoever has it keeps it if they hold that post too, else it lies in the new post's pool. */
async function newPost(ctx: Ctx, loaded: Loaded, s: StepRow, before: UserTaskNode, node: UserTaskNode): Promise<StepRow> {
  if (before.task.role === node.task.role || node.task.approval || s.data.candidates) return s
  const { role } = node.task
  const keeps = s.assignee_id !== null && (role === null || await mayTake(elevated(ctx, 'migration'), s.assignee_id, role, s.unit_id))
  const assigneeId = keeps ? s.assignee_id : role === null ? loaded.instance.started_by : null
  const state = assigneeId === null && s.state === 'active' ? 'waiting' : s.state
  await ctx.query('update process_step set role = $3, assignee_id = $4, state = $5 where tenant_id = $1 and id = $2', [ctx.tenant.id, s.id, role, assigneeId, state])
  if (assigneeId !== s.assignee_id) {
    await passAlarms(ctx, s.id, assigneeId)
    if (assigneeId === null && state === 'waiting' && (s.clock ?? 'business') === 'business') await watchPool(ctx, s.id, 'business')
  }
  return { ...s, role, assignee_id: assigneeId, state }
}
