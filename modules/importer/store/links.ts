import type { Ctx } from '@quancheng/kernel'

/** Our records by the other system's ids, as far as earlier files brought them. */
export async function linked(ctx: Ctx, system: string, entity: string, foreignIds: readonly string[]): Promise<Map<string, string>> {
  if (!foreignIds.length) return new Map()
  const rows = await ctx.query<{ foreign_id: string; record_id: string }>('select foreign_id, record_id from import_link where tenant_id = $1 and system = $2 and entity = $3 and foreign_id = any($4)', [ctx.tenant.id, system, entity, [...new Set(foreignIds)]])
  return new Map(rows.map(r => [r.foreign_id, r.record_id]))
}

/** Keeps what became of rows: [other id, our id]. A record that was removed meanwhile gives its place to the new one. */
export async function link(ctx: Ctx, system: string, entity: string, pairs: ReadonlyArray<readonly [string, string]>): Promise<void> {
  if (!pairs.length) return
  await ctx.query(`insert into import_link (tenant_id, system, entity, foreign_id, record_id) select $1, $2, $3, f, r from unnest($4::text[], $5::uuid[]) as x (f, r)
    on conflict (tenant_id, system, entity, foreign_id) do update set record_id = excluded.record_id`, [ctx.tenant.id, system, entity, pairs.map(p => p[0]), pairs.map(p => p[1])])
}
