import { sql } from 'kysely'
import { can, fieldLevel } from '../access/access.ts'
import { visible } from '../access/scope.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { pick } from '../i18n.ts'
import { read } from './list.ts'

export interface Related { entity: string; plural: string; field: string; label: string; count: number }

const CAP = 1000

/** From any record to what belongs to it, with counts of what the caller may see (KB-08). One statement for all of them. */
export async function related(ctx: Ctx, entity: CompiledEntity, id: string): Promise<Related[]> {
  await read(ctx, entity, id, ['id'])
  const pointing = ctx.entities.pointingTo(entity.name)
    .filter(p => can(ctx.access, `${p.entity.name}:read`, p.entity) && fieldLevel(ctx.access, p.entity, p.entity.fields.get(p.field)!) !== 'none')
  const counts = pointing.map((p, i) => {
    const f = p.entity.fields.get(p.field)!
    const match = f.type === 'refs' ? sql<boolean>`${sql.ref(`t.${f.column}`)} @> ${[id]}::uuid[]` : f.column ? sql<boolean>`${sql.ref(`t.${f.column}`)} = ${id}`
      : sql<boolean>`t.ext->>${sql.lit(f.extId)} = ${id}`
    return sql`(select count(*)::int from (select 1 from ${sql.table(p.entity.table)} as t where ${visible(ctx, p.entity, 't')!} and ${match} limit ${sql.lit(CAP)}) x) as ${sql.ref(`c${i}`)}`
  })
  const own = (['comment', 'attachment', 'audit'] as const).map(t => sql`(select count(*)::int from ${sql.table(t)} where tenant_id = ${ctx.tenant.id} and entity = ${entity.name} and record_id = ${id}) as ${sql.ref(t)}`)
  const { rows: [row] } = await sql<Record<string, number>>`select ${sql.join([...counts, ...own])}`.execute(ctx.db)
  const twice = new Map<string, number>()
  for (const p of pointing) twice.set(p.entity.name, (twice.get(p.entity.name) ?? 0) + 1)
  const words = ctx.locale === 'en' ? ['Comments', 'Attachments', 'History'] : ['评论', '附件', '变更记录']
  return [
    ...pointing.map((p, i) => {
      const label = pick(p.entity.label, ctx.locale)
      return { entity: p.entity.name, plural: p.entity.plural, field: p.field, label: twice.get(p.entity.name)! > 1 ? `${label}（${pick(p.entity.fields.get(p.field)!.label, ctx.locale)}）` : label, count: row![`c${i}`]! }
    }),
    { entity: '$comments', plural: 'comments', field: '', label: words[0]!, count: row!.comment! },
    { entity: '$attachments', plural: 'attachments', field: '', label: words[1]!, count: row!.attachment! },
    { entity: '$history', plural: 'history', field: '', label: words[2]!, count: row!.audit! },
  ]
}
