import { any, all, fail, searchCondition, visible, type CompiledEntity, type Condition, type Ctx } from '@quancheng/kernel'
import { mayOperate } from '@quancheng/process'
import { sql } from 'kysely'

/** A process whose cases are asked for: its published versions, and the kinds of records that its cases are of. */
export interface Chosen { key: string; name: string; version: number; versions: number[]; /** of the versions asked for */ ids: string[]; kinds: CompiledEntity[]; /** has cases of no record */ free: boolean }

/** `version`: only cases of that one. PROCESS_UNKNOWN, and FORBIDDEN where the caller may read none of its records. */
export async function choose(ctx: Ctx, key: string, version?: number): Promise<Chosen> {
  const rows = await ctx.query<{ id: string; version: number; name: string; entity: string | null }>("select id, version, name, entity from process_definition where tenant_id = $1 and key = $2 and kind = 'bpmn' order by version desc", [ctx.tenant.id, key], 'cases_definitions')
  const newest = rows[0] ?? fail('PROCESS_UNKNOWN', { key })
  const asked = version === undefined ? rows : rows.filter(r => r.version === version)
  if (!asked.length) fail('PROCESS_UNKNOWN', { key })
  // a model that names no record may have been begun for any kind
  const free = rows.some(r => !r.entity)
  const named = new Set(rows.flatMap(r => r.entity ?? []))
  const kinds = ctx.entities.all().filter(e => (free ? !e.internal : named.has(e.name)) && visible(ctx, e, 't') !== null)
  if (!kinds.length && !free) fail('FORBIDDEN', { permission: `${[...named][0]}:read` })
  return { key, name: newest.name, version: newest.version, versions: rows.map(r => r.version), ids: asked.map(r => r.id), kinds, free }
}

/**
 * The cases that the caller may look at, as one condition on `i`: those of records as far as the record lies in their scope; those of no record
 * for operators, for whoever began them, and for whoever has a task on them by name or by post.
 */
export function within(ctx: Ctx, c: Pick<Chosen, 'kinds' | 'free'>, q?: string): Condition {
  const text = q?.trim()
  const records = c.kinds.map(e => all([
    sql<boolean>`i.entity = ${e.name}`,
    // a text is looked for first and leads to the cases; without one each case looks up its record
    text ? sql<boolean>`i.record_id in (select t.id from ${sql.table(e.table)} as t where ${all([visible(ctx, e, 't')!, searchCondition(ctx, e, 't', text)])})`
      : sql<boolean>`exists (select 1 from ${sql.table(e.table)} as t where t.id = i.record_id and ${visible(ctx, e, 't')!})`,
  ]))
  if (!c.free) return any(records)
  return any([...records, all([sql<boolean>`i.entity is null`, ownFree(ctx), ...(text ? [sql<boolean>`i.label ilike ${`%${text.replace(/[\\%_]/g, x => `\\${x}`)}%`}`] : [])])])
}

function ownFree(ctx: Ctx): Condition {
  if (ctx.access.system || mayOperate(ctx)) return sql<boolean>`true`
  const me = ctx.user?.id
  if (!me) return sql<boolean>`false`
  return sql<boolean>`(i.started_by = ${me} or exists (select 1 from process_step p where p.tenant_id = i.tenant_id and p.instance_id = i.id and p.state in ('waiting','active','paused') and (p.assignee_id = ${me} or p.role = any(${[...ctx.access.roles]}::text[]) or p.data->'candidates'->'users' ? ${me} or p.data->'candidates'->'roles' ?| ${[...ctx.access.roles]}::text[])))`
}

export interface CaseHead { id: string; entity: string | null; record_id: string | null; definition_id: string; label: string | null; state: string }

/** One case, if the caller may look at it; else NOT_FOUND, whoever's it is. */
export async function reachable(ctx: Ctx, caseId: string): Promise<CaseHead> {
  const [head] = await ctx.query<CaseHead & Record<string, unknown>>('select id, entity, record_id, definition_id, label, state from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, caseId])
  const entity = head?.entity ? ctx.entities.find(head.entity) : undefined
  const kinds = entity && visible(ctx, entity, 't') ? [entity] : []
  if (!head || (head.entity && !kinds.length)) return fail('NOT_FOUND', { id: caseId })
  const { rows } = await sql`select 1 from process_instance i where i.tenant_id = ${ctx.tenant.id} and i.id = ${caseId} and ${within(ctx, { kinds, free: !head.entity })}`.execute(ctx.db)
  return rows.length ? head : fail('NOT_FOUND', { id: caseId })
}
