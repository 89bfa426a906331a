import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { fail } from '../errors.ts'
import { known } from '../store/known.ts'
import { hereOf } from './here.ts'
import { travelsOf } from './travel.ts'

/** Units whose rows a station writes: head office's own jobs leave them alone. Costs nothing where there are no nodes. */
export async function unitsElsewhere(ctx: Ctx): Promise<readonly string[]> {
  if (!ctx.entities.find('syncNode') || hereOf(ctx.runtime)) return []
  return known(ctx, 'sync/units', async () => (await ctx.query<{ id: string }>(
    `select c.descendant_id as id from sync_node n join unit_closure c on c.tenant_id = n.tenant_id and c.ancestor_id = n.unit_id where n.tenant_id = $1 and n.state = 'active'`, [ctx.tenant.id])).map(r => r.id))
}

/** Is this unit's work written at a station with a node of its own? A job of head office's that finds so leaves it alone. */
export const isElsewhere = async (ctx: Ctx, unitId: string | null | undefined): Promise<boolean> => Boolean(unitId) && (await unitsElsewhere(ctx)).includes(unitId!)

/** A station writes rows of its own unit and those below; null at head office, which is not bound. A row of another unit would be refused there, and hold up all that comes after it. */
export async function unitsHere(ctx: Ctx): Promise<readonly string[] | null> {
  const here = hereOf(ctx.runtime)
  return here && known(ctx, 'sync/here', async () => (await ctx.query<{ id: string }>('select descendant_id as id from unit_closure where tenant_id = $1 and ancestor_id = $2', [ctx.tenant.id, here.unitId])).map(r => r.id))
}

/** A station that is away may be writing a record that points here: what its records name is switched off at head office, never deleted. */
export async function requireUnusedElsewhere(ctx: Ctx, entity: CompiledEntity): Promise<void> {
  if (!ctx.entities.find('syncNode') || travelsOf(ctx.entities, entity) === 'up') return
  const named = ctx.entities.pointingTo(entity.name).some(p => ['up', 'pair', 'both'].includes(travelsOf(ctx.entities, p.entity)))
  if (named && (await unitsElsewhere(ctx)).length) fail('USED_AT_STATIONS')
}

/** A station's record is written there and nowhere else: said before anything else is looked at. (The database's own guards are behind it, tables/sync-1.sql.) */
export async function requireHere(ctx: Ctx, entity: CompiledEntity, row: Record<string, unknown>, id: string): Promise<void> {
  const unit = entity.scope?.unit
  if (!unit || ctx.access.system || travelsOf(ctx.entities, entity) !== 'up') return
  const away = await unitsElsewhere(ctx)
  const of = (unit === 'id' ? id : row[unit]) as string
  if (away.includes(of)) fail('OWNED_BY_STATION', { unitId: of })
}
