import { sql } from 'kysely'
import { FALSE, visible } from '../access/scope.ts'
import { scopesOf } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { pick } from '../i18n.ts'
import { fail } from '../errors.ts'

/**
 * A ref may only point to what the caller could open: otherwise an id found elsewhere would draw another unit's row into one's own
 * record. One query for all refs of a write; none where the caller reads the whole entity (the foreign key settles existence).
 */
export async function checkRefs(ctx: Ctx, entity: CompiledEntity, draft: Record<string, unknown>, before: Record<string, unknown> | null): Promise<void> {
  const checks: Array<{ field: CompiledField; sql: ReturnType<typeof sql<boolean>> }> = []
  for (const field of entity.fields.values()) {
    const value = draft[field.name]
    if (!field.target || field.system || value === null || value === undefined || (Array.isArray(value) && !value.length)) continue
    if (before && JSON.stringify(before[field.name]) === JSON.stringify(value)) continue
    const target = ctx.entities.get(field.target)
    const scopes = scopesOf(ctx.access, target, `${target.name}:read`)
    if (field.type === 'ref' && field.column && (ctx.access.system || scopes?.has('all'))) continue
    // everyone may put their own name to a record, also those who may not look others up
    if (field.target === 'user' && value === ctx.user?.id) continue
    // a partner reads no unit, yet what they write lies in the block they belong to
    const filed = ctx.access.outside && field.target === 'unit'
    const condition = filed ? sql<boolean>`r.tenant_id = ${ctx.tenant.id} and r.id in (select c.ancestor_id from unit_closure c where c.tenant_id = ${ctx.tenant.id} and c.descendant_id = ${ctx.access.unitId})` : ctx.access.system ? sql<boolean>`r.tenant_id = ${ctx.tenant.id}` : visible(ctx, target, 'r') ?? FALSE
    const ids = Array.isArray(value) ? value : [value]
    checks.push({ field, sql: sql<boolean>`(select count(*) from ${sql.table(target.table)} as r where ${condition} and r.id = any(${ids}::uuid[])) = ${ids.length}` })
  }
  if (!checks.length) return
  const { rows: [row] } = await sql<Record<string, boolean>>`select ${sql.join(checks.map((c, i) => sql`${c.sql} as ${sql.ref(`c${i}`)}`))}`.execute(ctx.db)
  checks.forEach((c, i) => { if (!row![`c${i}`]) fail('REF_NOT_FOUND', { field: pick(c.field.label, ctx.locale), name: c.field.name }) })
}
