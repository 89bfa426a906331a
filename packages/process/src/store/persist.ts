import { schedule, unschedule, type Ctx } from '@quancheng/kernel'
import { closeAlarms } from './alarms.ts'
import { dataOf, persistBeyond } from './beyond.ts'
import { dropCandidates, peopleNamed, storeCandidates, type Candidates, type Named } from './candidates.ts'
import { dispatched } from './dispatch.ts'
import { timesAsked } from './due-date.ts'
import { raiseIncident } from './incidents.ts'
import { JOB_POOL, JOB_REMIND, JOB_SLA, remindKey, slaKeys } from './job-kinds.ts'
import { applyEffects, type Effects, type NewStep } from '../engine/index.ts'
import type { Clock, UserTaskNode } from '../model/index.ts'
import { processOfStep, type Loaded } from './load.ts'
import { kept } from './kept.ts'
import { openVotes } from './open-votes.ts'
import { deadlineOf, standardFor, type Deadline } from './standard.ts'
import { tellOfCase } from './tell.ts'
import { armTimers, dropTimers } from './timers.ts'

/** minutes that a step may lie in the pool before its manager hears of it, on the step's clock */
export const POOL_MINUTES = 30

export interface Opened { id: string; nodeId: string; name: string; role: string | null; assigneeId: string | null; dueAt: Date | null; /** an approval: who is asked first */ voters?: string[] }

/** Whom a new step belongs to: the role's pool, whoever came from the step before, or whoever last did another node. */
async function assigneeOf(ctx: Ctx, loaded: Loaded, step: NewStep, named: Named | null, finishedBy: string | null, sentBack: boolean): Promise<string | null> {
  if (named?.assigneeId && !sentBack) return named.assigneeId
  let candidate: string | null = null
  // sent back: to whoever did it before, not to whoever sends it
  const rule = sentBack ? { rule: 'previous' as const, nodeId: step.nodeId } : step.assign
  if (rule.rule === 'completer') candidate = finishedBy
  if (rule.rule === 'previous') {
    const [row] = await ctx.query<{ finished_by: string | null }>("select finished_by from process_step where tenant_id = $1 and instance_id = $2 and node_id = $3 and state = 'done' order by seq desc limit 1", [ctx.tenant.id, loaded.instance.id, rule.nodeId])
    candidate = row?.finished_by ?? null
  }
  // what has no post is done by whoever applied
  const role = named ? named.role : step.role
  if (!role && !named?.candidates && loaded.instance.started_by) return candidate ?? named?.assigneeId ?? loaded.instance.started_by
  const taken = candidate && (role || named?.candidates) && (await mayTake(ctx, candidate, role, loaded.instance.unit_id, named?.candidates)) ? candidate : null
  return taken ?? named?.assigneeId ?? null
}

/**
 * May a step of this role at this unit be somebody's? They hold the role, by itself or through a group, their account is in use, and
 * they belong to the unit or to one above it: whoever has moved to another station gets nothing more from the old one.
 * `candidates`: of a step for several posts or persons, any of them; whoever is named need not belong to the unit.
 */
export async function mayTake(ctx: Ctx, userId: string, role: string | null, unitId: string | null, candidates?: Candidates | null): Promise<boolean> {
  if (candidates?.roles.length || candidates?.users.length) return mayTakeAny(ctx, userId, candidates, unitId)
  if (role && ctx.user?.id === userId && !ctx.access.system) return ctx.access.roles.has(role)
  const rows = await ctx.query(
    `select 1 from "user" u where u.tenant_id = $1 and u.id = $2 and not u.off
     and ($4::uuid is null or exists (select 1 from unit_closure c where c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $4))
     and ($3::text is null or exists (select 1 from role r where r.tenant_id = u.tenant_id and r.code = $3 and not r.off and (r.id = any(u.role_ids) or exists
       (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))))`, [ctx.tenant.id, userId, role, unitId], 'may_take')
  return rows.length > 0
}

async function mayTakeAny(ctx: Ctx, userId: string, candidates: Candidates, unitId: string | null): Promise<boolean> {
  if (candidates.users.includes(userId)) return (await ctx.query('select 1 from "user" where tenant_id = $1 and id = $2 and not off', [ctx.tenant.id, userId])).length > 0
  for (const role of candidates.roles) if (await mayTake(ctx, userId, role, unitId)) return true
  return false
}

/** A step lies in its role's pool: after a while its manager hears of it, unless somebody takes it (SP-17). */
export async function watchPool(ctx: Ctx, stepId: string, clock: Clock): Promise<void> {
  const { dueAt } = await deadlineOf(ctx, { minutes: POOL_MINUTES, clock, warnPercent: 100 }, ctx.now(), [])
  await schedule(ctx, { kind: JOB_POOL, key: stepId, dueAt, payload: { stepId } })
}

/** What a step that is over leaves behind: no visit of its clocks, no open alarm. */
async function putAway(ctx: Ctx, loaded: Loaded, gone: ReadonlyArray<{ id: string; nodeId: string }>): Promise<void> {
  if (!gone.length) return
  const reminders = gone.flatMap(s => { const n = processOfStep(loaded, loaded.live.find(l => l.id === s.id)?.data ?? {}).nodes[s.nodeId]; return n?.type === 'userTask' ? (n.task.standard?.remindMinutes ?? []).map(m => remindKey(s.id, m)) : [] })
  for (const s of loaded.live) if (s.data.followUp !== undefined && gone.some(g => g.id === s.id)) reminders.push(remindKey(s.id, s.data.followUp))
  const several = loaded.live.filter(s => s.data.candidates && gone.some(g => g.id === s.id))
  if (several.length) dropCandidates(ctx, several.map(s => s.id))
  // a step without a time limit has no clock of its own
  const clocked = gone.filter(s => { const row = loaded.live.find(l => l.id === s.id); return !row || row.standard_minutes !== null || row.due_at !== null })
  await unschedule(ctx, [JOB_SLA, JOB_POOL, JOB_REMIND], [...clocked.flatMap(s => slaKeys(s.id)), ...reminders])
  // the alarms of a case without a record were not read with it; only a step with a due time or a reminder can have any
  const timed = !loaded.instance.record_id && loaded.live.some(s => (s.due_at || s.data.followUp !== undefined) && gone.some(g => g.id === s.id))
  await closeAlarms(ctx, gone.map(s => s.id), undefined, timed && !loaded.allAlarms ? undefined : loaded.alarms)
}

/** Nobody of those whom the model names is there, or its due date (`text`) is no time: the case goes on, and an operator hears of it. */
async function tellOfPeople(ctx: Ctx, loaded: Loaded, step: NewStep, text: string | null): Promise<void> {
  const what = text === null ? { code: 'NO_CANDIDATE', message: `“${step.name}”找不到模型指定的办理人，请转交` } : { code: 'DUE_DATE_VALUE', message: `“${step.name}”的到期时间“${text.slice(0, 80)}”看不懂，没有计时` }
  await raiseIncident(ctx, { ...loaded.instance, label: loaded.fresh?.label ?? loaded.instance.label }, { kind: 'task', stepId: step.id, nodeId: step.nodeId, ...what })
}

/** Writes what one act changed: steps, counters, variables, clocks, timers. The caller holds the instance's lock. */
export async function persist(ctx: Ctx, loaded: Loaded, effects: Effects, o: { finishedBy: string | null; record: Record<string, unknown>; sentBack?: boolean; /** a finished step whose row the caller has written */ written?: string; /** when the timer that fired was due */ from?: Date | null }): Promise<Opened[]> {
  const { instance, definition } = loaded
  const now = ctx.now()
  const opened: Opened[] = []
  const state = applyEffects(loaded.state, effects)
  let seq = instance.next_seq
  for (const step of effects.newSteps) {
    const plain = step.scopeId === null && step.kind === 'user' && !step.people ? null : dataOf(loaded, state, step)
    const node = processOfStep(loaded, plain ?? {}).nodes[step.nodeId] as UserTaskNode
    const approval = step.task?.approval ?? null
    const named = step.people && !approval ? await peopleNamed(ctx, { ...step, people: step.people }) : null
    const role = named ? named.role : step.role
    const own = step.kind === 'user' && !approval ? await assigneeOf(ctx, loaded, step, named, o.finishedBy, o.sentBack ?? false) : null
    const asked = !own && step.kind === 'user' && !approval && role && !named?.candidates && instance.unit_id && instance.entity && instance.record_id
      ? { key: definition.key, stepId: step.id, nodeId: step.nodeId, name: step.name, role, unitId: instance.unit_id, entity: instance.entity, recordId: instance.record_id, record: o.record, label: loaded.fresh?.label ?? instance.label } : null
    const assigneeId = own ?? (asked ? await dispatched(ctx, asked) : null)
    // an approval is nobody's and in no pool: its votes are in the inboxes
    const started = approval !== null || (step.assign.rule === 'completer' && own !== null)
    const usual = step.kind !== 'user' ? null : instance.entity ? await standardFor(ctx, { key: definition.key, node, entity: instance.entity, record: o.record }) : step.task?.standard ?? null
    const times = step.people ? timesAsked(ctx, step.people, usual) : null
    const standard = times?.asked?.standard ?? usual
    const deadline: Deadline | null = times?.asked?.deadline ?? (standard ? await deadlineOf(ctx, standard, now, []) : null)
    const data = named?.candidates || times?.followUp ? { ...plain, ...(named?.candidates ? { candidates: named.candidates } : {}), ...(times?.followUp ? { followUp: times.followUp } : {}) } : plain
    ctx.send(
      `insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, unit_id, assignee_id, state, entered_at, started_at, standard_minutes, clock, warn_at, due_at, tentative, warn_percent, scope_id, data)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)`,
      [ctx.tenant.id, step.id, instance.id, seq++, step.nodeId, step.name, step.kind, role, instance.unit_id, assigneeId, started ? 'active' : 'waiting', now, started ? now : null,
        standard?.minutes ?? null, standard?.clock ?? null, deadline?.warnAt ?? null, deadline?.dueAt ?? null, deadline?.tentative ?? false, standard?.warnPercent ?? null, step.scopeId, data ? JSON.stringify(data) : '{}'], 'step_open')
    if (deadline) await schedule(ctx, { kind: JOB_SLA, key: step.id, dueAt: deadline.warnAt, payload: { stepId: step.id } })
    // a stage of natural time (the queue, the pick-up shelf) lies in the pool by its nature; its own standard watches it
    if (step.kind === 'user' && !assigneeId && !approval && standard?.clock === 'business') await watchPool(ctx, step.id, standard.clock)
    if (named?.candidates) storeCandidates(ctx, step.id, named.candidates)
    if (times?.followUp) await schedule(ctx, { kind: JOB_REMIND, key: remindKey(step.id, times.followUp), dueAt: new Date(now.getTime() + times.followUp * 60_000), payload: { stepId: step.id, minutes: times.followUp } })
    if (named?.nobody || times?.unreadable) await tellOfPeople(ctx, loaded, step, named?.nobody ? null : times!.unreadable)
    for (const minutes of usual?.remindMinutes ?? []) {
      const { dueAt } = await deadlineOf(ctx, { minutes, clock: usual!.clock, warnPercent: 100 }, now, [])
      await schedule(ctx, { kind: JOB_REMIND, key: remindKey(step.id, minutes), dueAt, payload: { stepId: step.id, minutes } })
    }
    const votes = approval ? await openVotes(ctx, loaded, { parent: step, approval, record: instance.entity ? o.record : { ...instance.variables, ...effects.variables }, firstSeq: seq, standard, deadline }) : null
    seq += votes?.rows ?? 0
    if (step.kind === 'user') opened.push({ id: step.id, nodeId: step.nodeId, name: step.name, role, assigneeId, dueAt: deadline?.dueAt ?? null, ...(votes ? { voters: votes.open } : {}) })
  }
  // first off, then on: an owner may have both
  if (effects.timersToCancel.length) dropTimers(ctx, effects.timersToCancel)
  if (effects.timersToArm.length) await armTimers(ctx, instance.id, effects.timersToArm, o.from ?? null)
  const done = effects.finishedSteps.filter(s => s.id !== o.written)
  for (const s of done) ctx.send("update process_step set state = 'done', started_at = coalesce(started_at, $3), finished_at = $3, finished_by = $4, outcome = $5 where tenant_id = $1 and id = $2 and state <> 'done'", [ctx.tenant.id, s.id, now, o.finishedBy, s.outcome])
  if (effects.cancelledSteps.length) await ctx.query("update process_step set state = 'cancelled', finished_at = $3 where tenant_id = $1 and (id = any($2) or parent_id = any($2)) and state <> 'done'", [ctx.tenant.id, effects.cancelledSteps.map(s => s.id), now])
  await putAway(ctx, loaded, [...effects.finishedSteps, ...effects.cancelledSteps])
  // the newest first: what was there before stays as it was, byte for byte, and is not logged again (tables/process-4-slim.sql)
  const after = [ctx.tenant.id, instance.id, kept({ ...effects.variables, ...instance.variables, ...effects.variables }), JSON.stringify(state.joins), seq,
    effects.end ? effects.end.how : 'active', effects.end ? now : null, effects.end?.nodeId ?? null, effects.end?.name ?? null]
  if (loaded.fresh) {
    ctx.send(`insert into process_instance (tenant_id, id, variables, joins, next_seq, state, ended_at, end_node, end_name, definition_id, entity, record_id, label, unit_id, started_at, started_by, on_end) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
      [...after, instance.definition_id, instance.entity, instance.record_id, loaded.fresh.label, instance.unit_id, now, instance.started_by, instance.on_end ? JSON.stringify(instance.on_end) : null], 'instance_new')
  } else ctx.send('update process_instance set variables = $3, joins = $4, next_seq = $5, state = $6, ended_at = $7, end_node = $8, end_name = $9 where tenant_id = $1 and id = $2', after, 'instance_update')
  await persistBeyond(ctx, loaded, effects, state)
  await tellOfCase(ctx, loaded, effects)
  return opened
}
