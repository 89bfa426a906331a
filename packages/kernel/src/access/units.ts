import type { Ctx } from '../context.ts'
import { known } from '../store/known.ts'
import { fail } from '../errors.ts'

/** The unit and all above it, nearest first; empty for one that does not exist. */
export const unitAndAbove = (ctx: Ctx, unitId: string): Promise<readonly string[]> => known(ctx, `unit-and-above/${unitId}`, async () =>
  (await ctx.query<{ id: string }>('select ancestor_id as id from unit_closure where tenant_id = $1 and descendant_id = $2 order by depth', [ctx.tenant.id, unitId], 'unit_above')).map(r => r.id))

/** May the caller do this in a unit, for a record that does not exist yet? `self` counts as the unit they belong to and what lies below. */
export async function requireInUnit(ctx: Ctx, permission: string, unitId: string): Promise<void> {
  if (ctx.access.system) return
  const scopes = ctx.access.grants.get(permission)
  if (scopes?.has('all')) return
  const above = scopes ? await unitAndAbove(ctx, unitId) : []
  const { unitId: own, regionId } = ctx.access
  const reach = [...(scopes ?? [])].some(s => (s === 'unit' ? own === unitId : above.includes((s === 'region' ? regionId ?? own : own) ?? '')))
  if (!reach) fail('FORBIDDEN', { permission, unitId })
}
