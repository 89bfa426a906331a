import { fail, fieldLevel, fieldMeta, lock, visible, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { asksScope, formDefaults, isBlank, missingForCompletion, nextMoves } from '../engine/index.ts'
import type { UserTaskNode } from '../model/index.ts'
import { actingOn } from './acting.ts'
import { inPool } from './candidates.ts'
import { demanded } from './demands.ts'
import { wayBack } from './approval-acts.ts'
import { delegationsInForce } from './delegation.ts'
import { formField, scopeFor, secretOf } from './form.ts'
import { mayReassign, plain } from './held.ts'
import { definitionById } from './definitions.ts'
import { definitionByRef } from './env.ts'
import { movesFrom } from './moves.ts'
import { foreseeSteps, withEta, type Eta } from './prediction.ts'
import { loadStep, lookAtInstance, type StepData, type StepRow, type StepState } from './load.ts'
import { minutesUsed, type StepPause } from './standard.ts'

export type Lateness = 'ok' | 'warn' | 'late'

export interface TaskRow {
  id: string; instanceId: string; definitionId: string; entity: string; recordId: string; title: string; subtitle: string; nodeId: string; name: string; state: StepState; role: string | null
  assigneeId: string | null; assigneeName: string | null; unitId: string | null; unitName: string | null; enteredAt: Date; startedAt: Date | null; finishedAt: Date | null; dueAt: Date | null; warnAt: Date | null
  tentative: boolean; lateness: Lateness; minutesUsed: number; minutesLeft: number | null; pausedFor: string | null
  /** `vote`: one approver's answer */
  kind: string
  /** asked for in a hurry: when last */
  urgedAt: Date | null
  /** of what somebody applied for: who, and what it is called */
  starterId: string | null; starterName: string | null; process: string | null
  /** waits for the outcome of another process */
  gated: boolean
}

interface RawTask extends Omit<TaskRow, 'lateness' | 'minutesUsed' | 'minutesLeft' | 'pausedFor'> { clock: 'business' | 'clock' | null; pauses: StepPause[]; minutes: string | null; standard: string | null; late: boolean | null }

export const latenessOf = (t: { dueAt: Date | null; warnAt: Date | null; state: StepState; late: boolean | null }, now: Date): Lateness =>
  t.state === 'done' ? (t.late ? 'late' : 'ok') : t.state === 'paused' || !t.dueAt ? 'ok' : now > t.dueAt ? 'late' : t.warnAt && now >= t.warnAt ? 'warn' : 'ok'

export const TASK_COLUMNS = sql.raw(`s.id, s.instance_id as "instanceId", i.definition_id as "definitionId", i.entity, i.record_id as "recordId", coalesce(d.title, i.label, '') as title, coalesce(d.subtitle, '') as subtitle,
  s.node_id as "nodeId", s.name, s.state, s.role, s.assignee_id as "assigneeId", a.name as "assigneeName", s.unit_id as "unitId", un.name as "unitName", s.entered_at as "enteredAt", s.started_at as "startedAt", s.finished_at as "finishedAt",
  s.due_at as "dueAt", s.warn_at as "warnAt", s.tentative, s.clock, s.pauses, s.minutes, s.standard_minutes as standard, s.late, s.kind, i.urged_at as "urgedAt", i.started_by as "starterId", s.data ? 'gate' as gated,
  (select w.name from "user" w where w.tenant_id = i.tenant_id and w.id = i.started_by) as "starterName", case when i.started_by is not null then (select pd.name from process_definition pd where pd.tenant_id = i.tenant_id and pd.id = i.definition_id) end as process`)
export const TASK_JOINS = sql.raw(`join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
  left join search_doc d on d.tenant_id = i.tenant_id and d.entity = i.entity and d.record_id = i.record_id
  left join "user" a on a.tenant_id = s.tenant_id and a.id = s.assignee_id
  left join unit un on un.tenant_id = s.tenant_id and un.id = s.unit_id`)

export async function finishRow(ctx: Ctx, r: RawTask): Promise<TaskRow> {
  const { clock, pauses, minutes, standard, late, ...rest } = r
  const used = minutes !== null ? Number(minutes) : await minutesUsed(ctx, clock ?? 'business', r.enteredAt, r.finishedAt ?? ctx.now(), pauses)
  return { ...rest, lateness: latenessOf({ ...r, late }, ctx.now()), minutesUsed: used, minutesLeft: standard === null ? null : Math.round((Number(standard) - used) * 100) / 100, pausedFor: r.state === 'paused' ? pauses.at(-1)?.reason ?? null : null }
}

/** Entities that processes run on and whose records the caller may see. */
const bound = (ctx: Ctx): CompiledEntity[] => ctx.entities.all().filter(e => !e.internal && ctx.access.grants.has(`${e.name}:read`) && ctx.access.grants.has(`${e.name}:move`))

export interface Inbox { items: (TaskRow & { eta: Eta | null })[]; next: string | null; counts: { mine: number; pool: number; copies: number } }

/** Tasks of those whom the caller stands for just now (AP-05); nobody decides for others on what they applied for themselves. */
async function delegated(ctx: Ctx, me: string): Promise<ReturnType<typeof sql<boolean>>> {
  const mine = (await delegationsInForce(ctx)).filter(d => d.to === me)
  if (!mine.length) return sql<boolean>`false`
  const each = mine.map(d => sql<boolean>`(s.assignee_id = ${d.from} ${d.keys ? sql`and (select key from process_definition where tenant_id = i.tenant_id and id = i.definition_id) = any(${d.keys}::text[])` : sql``})`)
  return sql<boolean>`((${sql.join(each, sql` or `)}) and i.started_by is distinct from ${me})`
}

/** What waits for the caller: their own steps and votes and those they stand in for, their roles' pools in their units, what they have done. Soonest due first. */
export async function inbox(ctx: Ctx, o: { box: 'mine' | 'pool' | 'done'; unitId?: string | undefined; after?: string | undefined; limit?: number }): Promise<Inbox> {
  const me = ctx.user!.id, roles = [...ctx.access.roles], limit = o.limit ?? 50, offset = Math.max(0, Math.trunc(Number(o.after ?? 0)) || 0)
  const reach = bound(ctx).map(e => sql<boolean>`(i.entity = ${e.name} and exists (select 1 from ${sql.table(e.table)} as t where t.id = i.record_id and ${visible(ctx, e, 't', 'move')!}))`)
  // what runs on no record is the post's, wherever it is
  const visibleCase = sql<boolean>`(${sql.join([...reach, sql<boolean>`i.entity is null`], sql` or `)})`
  const deputy = (await delegationsInForce(ctx)).some(d => d.to === me)
  const whose = deputy ? sql<boolean>`(s.assignee_id = ${me} or ${await delegated(ctx, me)})` : sql<boolean>`s.assignee_id = ${me}`
  const mine = sql<boolean>`s.tenant_id = ${ctx.tenant.id} and ${whose} and s.state in ('waiting','active','paused') and s.kind in ('user','vote')`
  const waits = sql<boolean>`s.tenant_id = ${ctx.tenant.id} and s.assignee_id is null and s.state = 'waiting' and s.kind = 'user'`
  const named = sql<boolean>`(s.id = any(array(select c.step_id from process_candidate c where c.tenant_id = ${ctx.tenant.id} and c.kind = 'user' and c.code = ${me}))
    or (s.id = any(array(select c.step_id from process_candidate c where c.tenant_id = ${ctx.tenant.id} and c.kind = 'role' and c.code = any(${roles}::text[]))) and ${visibleCase}))`
  const pool = sql<boolean>`${waits} and ((s.role = any(${roles}::text[]) and ${visibleCase}) or ${named})`
  // an approval is done by its votes: the step above them would stand there twice
  const box = o.box === 'mine' ? mine : sql<boolean>`s.tenant_id = ${ctx.tenant.id} and s.finished_by = ${me} and s.state = 'done' and s.kind in ('user','vote') and not (s.kind = 'user' and exists (select 1 from process_step v where v.tenant_id = s.tenant_id and v.parent_id = s.id))`
  const unit = o.unitId ? sql<boolean>`and s.unit_id = ${o.unitId}` : sql``
  const order = o.box === 'done' ? sql`s.finished_at desc` : sql`s.due_at asc nulls last, s.id`
  const page = sql`limit ${sql.lit(limit + 1)} offset ${sql.lit(offset)}`
  // of each post only as many as the page can show, by its index in the order of the page: what else lies in the pool is not read
  const first = sql`process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where ${waits} ${unit}`, upTo = sql`order by s.due_at asc nulls last, s.id limit ${sql.lit(offset + limit + 1)}`
  const pooled = sql`(select id, due_at from (select x.id, x.due_at from unnest(${roles}::text[]) as r(code) cross join lateral (select s.id, s.due_at from ${first} and s.role = r.code and ${visibleCase} ${upTo}) x
    union select s.id, s.due_at from ${first} and ${named}) both_ways order by due_at asc nulls last, id ${page})`
  const { rows } = await (o.box === 'pool' ? sql<RawTask>`select ${TASK_COLUMNS} from ${pooled} p join process_step s on s.tenant_id = ${ctx.tenant.id} and s.id = p.id ${TASK_JOINS} order by p.due_at asc nulls last, p.id`
    : sql<RawTask>`select ${TASK_COLUMNS} from process_step s ${TASK_JOINS} where ${box} ${unit} order by ${order} ${page}`).execute(ctx.db)
  const { rows: [counts] } = await sql<Inbox['counts']>`select (select count(*)::int from process_step s ${deputy ? sql`join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id` : sql``} where ${mine}) as mine,
    (select count(*)::int from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where ${pool}) as pool,
    (select count(*)::int from case_copy k where k.tenant_id = ${ctx.tenant.id} and k.user_id = ${me} and k.read_at is null) as copies`.execute(ctx.db)
  const items = await Promise.all(rows.slice(0, limit).map(r => finishRow(ctx, r)))
  return { items: o.box === 'done' ? items.map(r => ({ ...r, eta: null })) : await withEta(ctx, items), next: rows.length > limit ? String(offset + limit) : null, counts: counts! }
}

/** One task with everything its panel shows. Whoever may see the record may look; acting is checked by each act. */
export async function taskDetail(ctx: Ctx, id: string) {
  const step = await loadStep(ctx, id)
  const { rows: [raw] } = await sql<RawTask>`select ${TASK_COLUMNS} from process_step s ${TASK_JOINS} where s.tenant_id = ${ctx.tenant.id} and s.id = ${id}`.execute(ctx.db)
  if (!raw?.entity) return fail('NOT_FOUND', { id })
  const entity = ctx.entities.get(raw.entity)
  const definition = await definitionById(ctx, raw.definitionId)
  const process = step.data.called === undefined ? definition.process! : (await definitionByRef(ctx, step.data.called))!.process!
  const node = process.nodes[step.node_id] as UserTaskNode
  // the variables of a case may be large: only a form that asks for them reads them
  const asks = asksScope(node.task)
  const [of] = await ctx.query<{ started_by: string | null; started_at: Date; variables?: Record<string, unknown> }>(`select started_by, started_at${asks ? ', variables' : ''} from process_instance where tenant_id = $1 and id = $2`, [ctx.tenant.id, raw.instanceId], asks ? 'case_form' : 'case_starter_at')
  const { as, behalf } = await actingOn(ctx, step, { entity: entity.name, key: definition.key, startedBy: raw.starterId })
  const { row: record } = await readLocked(as, entity, raw.recordId)
  // a model beyond tasks and gateways is looked at in its whole state
  const loaded = definition.process!.beyondSteps.length ? await lookAtInstance(ctx, raw.instanceId) : null
  // what is over shows what was asked of it then: its ticks, not what is asked since
  const { task, refuse } = await demanded(ctx, node.task, { key: step.data.called?.split('@')[0] ?? definition.key, nodeId: step.node_id, caseId: raw.instanceId, startedAt: of!.started_at, entity: entity.name, recordId: raw.recordId })
  const open = ['waiting', 'active', 'paused'].includes(step.state)
  const ticked = step.data.ticked ?? {}
  const vars = plain(entity, record)
  const scope = asks ? { ...of!.variables, ...step.data.local, ...vars } : vars, secret = secretOf(as, entity)
  const labels = Object.fromEntries([...entity.fields.values()].map(x => [x.name, x.label[0]]))
  const mine = step.assignee_id !== null && (step.assignee_id === ctx.user?.id || step.assignee_id === behalf?.id)
  const vote = step.kind === 'vote'
  // the applicant's own form is in nobody's pool
  const own = !vote && !step.role && !step.data.candidates && raw.starterId !== null
  // an approval itself is nobody's to do: its votes are
  const actor = open && (mine || !step.assignee_id) && (vote || !task.approval) && !step.data.gate && (ctx.access.system || inPool(step, as.access, behalf?.id ?? ctx.user?.id) || (mine && step.data.candidates !== undefined)) && as.access.grants.has(`${entity.name}:move`)
  const suggested = asks && actor ? formDefaults(task, scope, name => isBlank(record[name]) && !secret(name)) : {}
  const { rows: [shown] } = await sql<{ labels: Record<string, string> | null }>`select ${refLabels(as, entity, task.fields.map(x => x.name), record)} as labels`.execute(ctx.db)
  return {
    ...(await finishRow(ctx, raw)), eta: open && step.kind === 'user' ? (await foreseeSteps(ctx, [id])).get(id) ?? null : null,
    guide: task.guide, documentation: node.documentation,
    script: task.script.map(s => ({ ...s, ticked: Boolean(ticked[s.id]) })),
    items: task.items.map(i => ({ ...i, ticked: Boolean(ticked[i.id]) })),
    form: task.fields.flatMap(spec => {
      const field = entity.fields.get(spec.name)
      if (!field) return []
      const value = record[spec.name]
      const level = fieldLevel(as.access, entity, field)
      if (level === 'none') return []
      return [{ ...fieldMeta(as, entity, field), ...(spec.label ? { label: spec.label } : {}), value: value === null || value === undefined ? null : level === 'mask' ? field.kind.mask?.(value) ?? '***' : field.kind.toJson(value), valueLabel: shown?.labels?.[spec.name] ?? null, readOnly: spec.readonly || !actor, required: spec.required, outcomes: spec.outcomes, ...formField(spec, { ...scope, ...suggested }, suggested, secret) }]
    }),
    ...(task.layout ? { layout: task.layout } : {}), ...(asks ? { scope: scopeFor(task, scope, secret) } : {}),
    moves: !open ? [] : (loaded ? movesFrom(loaded, { id: step.parent_id ?? step.id, node_id: step.node_id, name: step.name }, task, { ...loaded.instance.variables, ...vars }) : nextMoves(process, step.node_id, vars)).map(m => ({
      outcome: m.outcome, label: m.label, target: m.target, danger: m.danger, confirm: m.confirm, requiresComment: m.requiresComment,
      missing: missingForCompletion(task, { fields: { ...record, ...suggested }, scope: { ...scope, ...suggested }, ticked: Object.keys(ticked), outcome: m.outcome, comment: 'x', labels }).concat(refuse(record, m.outcome)),
    })),
    pauseReasons: task.standard?.pauseReasons ?? [], pauses: step.pauses, data: step.data satisfies StepData,
    approval: task.approval ? { mode: task.approval.mode, share: task.approval.share, veto: task.approval.veto } : null, forName: behalf?.name ?? null,
    returnTo: actor && vote ? await wayBack(ctx, await lookAtInstance(ctx, raw.instanceId), step.parent_id ?? step.id) : [],
    can: {
      addSigner: actor && vote,
      claim: actor && !vote && step.state === 'waiting', complete: actor && step.state !== 'paused', release: open && !task.approval && !own && step.state === 'active' && (step.assignee_id === ctx.user?.id || mayReassign(ctx, entity.name)),
      reassign: open && (vote || !task.approval) && !own && (mine || mayReassign(ctx, entity.name)), pause: actor && !vote && step.state !== 'paused' && (task.standard?.pauseReasons.length ?? 0) > 0, resume: actor && step.state === 'paused',
    },
  }
}

/** The stored row, without a lock, if it may be read. */
async function readLocked(ctx: Ctx, entity: CompiledEntity, id: string): Promise<{ row: Record<string, unknown> }> {
  return lock(ctx, entity, id, 'read', { forUpdate: false })
}

/** Names behind the refs of a form. */
function refLabels(ctx: Ctx, entity: CompiledEntity, names: readonly string[], record: Record<string, unknown>) {
  const parts = names.flatMap(n => {
    const field = entity.fields.get(n)
    if (field?.type !== 'ref' || !field.target || !record[n]) return []
    const target = ctx.entities.get(field.target)
    const display = sql.join(target.display.map(d => sql.ref(`r.${target.fields.get(d)!.column!}`)))
    return [sql`${n}::text, (select concat_ws(' ', ${display}) from ${sql.table(target.table)} as r where r.tenant_id = ${ctx.tenant.id} and r.id = ${record[n]})`]
  })
  return parts.length ? sql`json_build_object(${sql.join(parts)})` : sql`null::json`
}

/** Who may take a step: holders of its role at its unit or above, with how much each has open. */
export async function candidates(ctx: Ctx, id: string) {
  const step = await loadStep(ctx, id)
  const [i] = await ctx.query<{ entity: string | null; record_id: string }>('select entity, record_id from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, step.instance_id])
  if (!i) return fail('NOT_FOUND', { id })
  await readLocked(ctx, ctx.entities.get(i.entity ?? fail('NOT_FOUND', { id })), i.record_id)
  return holdersOf(ctx, step)
}

/** Holders of a step's role at its unit or above (of any unit, where the case has none); of one for several candidates, any of them. */
export async function holdersOf(ctx: Ctx, step: Pick<StepRow, 'unit_id' | 'role' | 'data'>) {
  const { candidates } = step.data
  const named = candidates && candidates.roles.length + candidates.users.length > 0
  const roles = named ? candidates.roles : step.role ? [step.role] : null
  return ctx.query(
    `select u.id, u.name, un.name as "unitName",
       (select count(*)::int from process_step s where s.tenant_id = u.tenant_id and s.assignee_id = u.id and s.state in ('waiting','active','paused')) as open
     from "user" u left join unit un on un.tenant_id = u.tenant_id and un.id = u.unit_id
     where u.tenant_id = $1 and not u.off and (u.id = any($4::uuid[]) or (($2::uuid is null or exists (select 1 from unit_closure c where c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $2))
       and ($3::text[] is null or exists (select 1 from role r where r.tenant_id = u.tenant_id and r.code = any($3) and not r.off and (r.id = any(u.role_ids)
         or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))))))
     order by open, u.name limit 100`, [ctx.tenant.id, step.unit_id, roles, candidates?.users ?? []])
}
