import { displayExpression, hereOf, isElsewhere, type Ctx, type Mention, type OutboxEvent } from '@quancheng/kernel'
import { tellColleagues } from '@quancheng/notices'
import { raiseAlarm } from '@quancheng/process'
import { sql } from 'kysely'

/** A notice to somebody of a station with a node goes to that node; one without a unit stays where it was made, and comes up to head office. */
export const whereRead = async (ctx: Ctx, unitId: string | null): Promise<string | null> => (!hereOf(ctx.runtime) && (await isElsewhere(ctx, unitId)) ? unitId : null)

/**
 * Somebody was named in a comment: a notice to each, and one message in the group of the record's unit where a bot is there for it. What the comment
 * says stays with the record: a group may hold people who must not read it. Told again of the same comment, nothing is added.
 */
export async function tellMentioned(ctx: Ctx, e: OutboxEvent): Promise<void> {
  const m = e.payload as Mention, entity = ctx.entities.find(e.entity)
  if (!entity) return
  const { rows: [row] } = await sql<{ label: string }>`select ${displayExpression(ctx, entity, 't')} as label from ${sql.table(entity.table)} as t where t.tenant_id = ${ctx.tenant.id} and t.id = ${e.recordId}`.execute(ctx.db)
  if (!row) return
  const people = await ctx.query<{ id: string; name: string; mail: string | null; unit_id: string | null }>('select id, name, mail, unit_id from "user" where tenant_id = $1 and id = any($2) and not coalesce(off, false) order by name', [ctx.tenant.id, m.userIds])
  const where = `${entity.label[0]} ${row.label}`.trim().slice(0, 120), by = m.authorName ?? '系统'
  for (const p of people) await raiseAlarm(ctx, { kind: 'notice', title: `${by} 在 ${where} 的评论里提到了你`.slice(0, 200), entity: entity.name, recordId: e.recordId, stepKey: `mention/${m.commentId}/${p.id.slice(-12)}`, stage: null, unitId: await whereRead(ctx, p.unit_id), ownerId: p.id, recipientIds: [p.id] })
  await tellColleagues(ctx, { key: `mention/${m.commentId}/${m.userIds.toSorted()[0]}`, unitId: e.unitId, path: `/e/${entity.plural}/${e.recordId}`, subject: `${by} 提到了你`, text: `${people.map(p => `@${p.name}`).join(' ')} ${by} 在 ${where} 的评论里提到了${people.length > 1 ? '你们' : '你'}`, people })
}
