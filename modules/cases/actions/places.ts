import { all, type Condition, type Ctx } from '@quancheng/kernel'
import { calendarOf } from '@quancheng/process'
import { sql, type RawBuilder } from 'kysely'
import { agesWithout, dayMinutes, instantBefore } from '../rules/ageing.ts'
import type { Question } from '../rules/question.ts'
import { within, type Chosen } from './reach.ts'

/*
 * A place: where a case stands. An open step `s` of a case `i`; a case with two branches stands at two. The votes of an approval are not
 * places, they are who has it. A case that waits without a step (at a gathering, for a message) is a place of its own, the node `-`.
 */

/** Literals, so that the partial indexes of open steps and open cases are used. */
export const OPEN_STEP = sql<boolean>`s.state in ('waiting', 'active', 'paused') and s.kind <> 'vote'`
export const STEPS = sql`process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id`
const OPEN_VOTE = sql`v.tenant_id = s.tenant_id and v.parent_id = s.id and v.state in ('waiting', 'active', 'paused')`

export const NODE = sql<string>`case when s.data ? 'called' then split_part(s.data->>'called', '@', 1) || ':' || s.node_id else s.node_id end`
export const UNASSIGNED = sql<boolean>`(s.kind = 'user' and s.assignee_id is null and not exists (select 1 from process_step v where ${OPEN_VOTE}))`
export const incidentOn = (step: boolean): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from process_incident x where x.tenant_id = i.tenant_id and x.instance_id = i.id and x.resolved_at is null ${step ? sql`and (x.step_id is null or x.step_id = s.id)` : sql``})`
/** What somebody saw of a place: who has it and how it stands. */
export const SEEN = sql<string>`left(md5(concat_ws('|', i.state, case when s.id is null then i.next_seq::text end, s.state, s.assignee_id, s.paused_at)), 12)`

/** The kind of age of a step, in SQL: see rules/ageing.ts. */
export async function ageOf(ctx: Ctx, c: Chosen): Promise<RawBuilder<string>> {
  const now = ctx.now(), cal = await calendarOf(ctx)
  const { rows } = await sql<{ m: string }>`select distinct s.standard_minutes::text as m from ${STEPS} where s.tenant_id = ${ctx.tenant.id} and ${OPEN_STEP} and i.definition_id = any(${c.ids}::uuid[]) and i.state = 'active' and s.clock = 'business' and s.due_at < ${now}`.execute(ctx.db)
  const twice = JSON.stringify(Object.fromEntries(rows.map(r => [r.m, instantBefore(cal, now, Number(r.m))])))
  const plain = agesWithout(dayMinutes(cal)).map(([age, minutes]) => sql`when s.entered_at > ${instantBefore(cal, now, minutes)}::timestamptz then ${sql.lit(age)}`)
  return sql<string>`case when s.state = 'paused' then 'paused' when s.due_at is null then case ${sql.join(plain, sql` `)} else 'more' end
    when s.due_at < ${now}::timestamptz then case when s.due_at <= (case when s.clock = 'clock' then ${now}::timestamptz - s.standard_minutes * interval '1 minute' else (${twice}::jsonb ->> s.standard_minutes::text)::timestamptz end) then 'twice' else 'late' end
    when s.warn_at <= ${now}::timestamptz then 'warn' else 'within' end`
}

const below = (unitId: string, column: string): Condition => sql<boolean>`exists (select 1 from unit_closure c where c.tenant_id = i.tenant_id and c.ancestor_id = ${unitId} and c.descendant_id = ${sql.ref(column)})`

/** Open steps. `age` is asked for by the caller where it is needed, because it costs a look at the standards in use. */
export function stepsWhere(ctx: Ctx, c: Chosen, q: Partial<Question>, age?: RawBuilder<string>): Condition {
  const parts: Condition[] = [sql<boolean>`s.tenant_id = ${ctx.tenant.id}`, OPEN_STEP, sql<boolean>`i.state = 'active'`, sql<boolean>`i.definition_id = any(${c.ids}::uuid[])`, within(ctx, c, q.q)]
  if (q.unitId) parts.push(below(q.unitId, 's.unit_id'))
  if (q.node) {
    const [called, node] = q.node.includes(':') ? q.node.split(':', 2) as [string, string] : [null, q.node]
    parts.push(sql<boolean>`s.node_id = ${node}`, called === null ? sql<boolean>`not s.data ? 'called'` : sql<boolean>`split_part(s.data->>'called', '@', 1) = ${called}`)
  }
  if (q.person) parts.push(sql<boolean>`(s.assignee_id = ${q.person} or exists (select 1 from process_step v where ${OPEN_VOTE} and v.assignee_id = ${q.person}))`)
  if (q.age && age) parts.push(q.age === 'overdue' ? sql<boolean>`(${age}) in ('late', 'twice')` : sql<boolean>`(${age}) = ${q.age}`)
  if (q.flag === 'unassigned') parts.push(UNASSIGNED)
  if (q.flag === 'incident') parts.push(incidentOn(true))
  if (q.flag === 'paused') parts.push(sql<boolean>`s.state = 'paused'`)
  if (q.flag === 'urged') parts.push(sql<boolean>`i.urged_at is not null`)
  return all(parts)
}

/** Running cases that stand at no step. null: what is asked for cannot be true of such a case. */
export function steplessWhere(ctx: Ctx, c: Chosen, q: Partial<Question>): Condition | null {
  if ((q.node && q.node !== '-') || q.person || q.age || q.flag === 'unassigned' || q.flag === 'paused') return null
  return all([
    sql<boolean>`i.tenant_id = ${ctx.tenant.id}`, sql<boolean>`i.state = 'active'`, sql<boolean>`i.definition_id = any(${c.ids}::uuid[])`,
    sql<boolean>`not exists (select 1 from process_step s where s.tenant_id = i.tenant_id and s.instance_id = i.id and ${OPEN_STEP})`, within(ctx, c, q.q),
    ...(q.unitId ? [below(q.unitId, 'i.unit_id')] : []), ...(q.flag === 'incident' ? [incidentOn(false)] : []), ...(q.flag === 'urged' ? [sql<boolean>`i.urged_at is not null`] : []),
  ])
}

/** Cases that are over, of one version. */
export function endedWhere(ctx: Ctx, c: Chosen, id: string, q: Question): Condition {
  return all([
    sql<boolean>`i.tenant_id = ${ctx.tenant.id}`, sql<boolean>`i.definition_id = ${id}`, sql<boolean>`i.state <> 'active'`,
    ...(q.state === 'ended' ? [] : [q.state === 'completed' ? sql<boolean>`i.state in ('completed', 'terminated')` : sql<boolean>`i.state = ${q.state}`]), within(ctx, c, q.q),
    ...(q.unitId ? [below(q.unitId, 'i.unit_id')] : []), ...(q.person ? [sql<boolean>`i.started_by = ${q.person}`] : []),
  ])
}
