import { can, visible, type Ctx, type SourceOption } from '@quancheng/kernel'
import { sql } from 'kysely'

const MOST = 50
const plain = (name: string): string => name.trim().toLowerCase()

/**
 * Whom a deal may be lost to: the rivals that the company has recorded, where it keeps such a list, then names that lost deals bear already. A
 * rival's other names are not proposed beside it: one name for one rival is what the analysis counts best.
 */
export async function rivals(ctx: Ctx): Promise<SourceOption[]> {
  const listed = ctx.entities.find('competitor')
  const recorded = listed && can(ctx.access, 'competitor:read', listed) ? await ctx.query<{ name: string; other: string | null }>('select name, other_names as other from competitor where tenant_id = $1 order by name limit 200', [ctx.tenant.id]) : []
  const seen = visible(ctx, ctx.entities.get('opportunity'), 't', 'read')
  const written = seen ? (await sql<{ name: string }>`select min(btrim(t.lost_to)) as name from opportunity t where ${seen} and btrim(coalesce(t.lost_to, '')) <> '' group by lower(btrim(t.lost_to)) order by count(*) desc, 1 limit ${MOST}`.execute(ctx.db)).rows : []
  const known = new Set(recorded.flatMap(r => [r.name, ...(r.other ?? '').split(/[、,，;；\n]/)]).map(plain))
  return [...recorded.map(r => r.name), ...written.map(w => w.name).filter(name => !known.has(plain(name)))].map(name => ({ value: name, label: name }))
}
