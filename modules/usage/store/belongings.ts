import { pick, visible, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { handedKinds, openCondition, ownerField } from '../rules/handed.ts'

export interface Kind { entity: string; plural: string; label: string; count: number; filter: Record<string, unknown> }
export interface Belongings { person: { id: string; name: string; off: boolean; unitName: string | null }; kinds: Kind[]; tasks: number; total: number }

/** Steps that wait for a person, with the record of each; the tables are the engine's. */
export const openSteps = (ctx: Ctx, userId: string) => ctx.query<{ id: string; name: string; entity: string | null; record_id: string | null; label: string | null }>(
  `select s.id, s.name, i.entity, i.record_id, i.label from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
   where s.tenant_id = $1 and s.assignee_id = $2 and s.state in ('waiting', 'active', 'paused') and s.kind in ('user', 'vote') and i.state = 'active' order by s.id`, [ctx.tenant.id, userId])

/** What of one kind is a person's and not over, as far as the caller may read it. */
export function theirs(ctx: Ctx, entity: CompiledEntity, userId: string) {
  const seen = visible(ctx, entity, 't', 'read'), column = entity.fields.get(ownerField(entity)!)!.column!
  return seen ? sql<boolean>`${seen} and ${sql.ref(`t.${column}`)} = ${userId} and ${sql.raw(openCondition(entity))}` : null
}

/** What a person would hand over: by kind, with the list that opens the rows. One statement for all kinds. */
export async function belongingsOf(ctx: Ctx, userId: string): Promise<Belongings> {
  const [person] = await ctx.query<{ id: string; name: string; off: boolean; unitName: string | null }>('select u.id, u.name, coalesce(u.off, false) as off, n.name as "unitName" from "user" u left join unit n on n.tenant_id = u.tenant_id and n.id = u.unit_id where u.tenant_id = $1 and u.id = $2', [ctx.tenant.id, userId])
  const asked = handedKinds(ctx.entities.all()).flatMap(entity => { const where = theirs(ctx, entity, userId); return where ? [{ entity, where }] : [] })
  const { rows: [counts] } = asked.length ? await sql<Record<string, number>>`select ${sql.join(asked.map(({ entity, where }) => sql`(select count(*)::int from ${sql.table(entity.table)} as t where ${where}) as ${sql.ref(entity.name)}`))}`.execute(ctx.db) : { rows: [] }
  const kinds = asked.map(({ entity }) => ({ entity: entity.name, plural: entity.plural, label: pick(entity.label, ctx.locale), count: counts?.[entity.name] ?? 0, filter: { [ownerField(entity)!]: userId } })).filter(k => k.count > 0)
  return { person: person!, kinds, tasks: (await openSteps(ctx, userId)).length, total: kinds.reduce((sum, k) => sum + k.count, 0) }
}
