import type { Ctx } from '../context.ts'
import { planFor, type Peer } from './node.ts'
import type { Tuple } from './pgoutput.ts'
import type { Plan, TablePlan } from './travel.ts'

/** Whose a row is: a unit; everybody's; or not to be known. */
export type Whose = { unit: string } | 'all' | 'unknown'

const unitOfRow = async (ctx: Ctx, plan: Plan, table: string, id: string): Promise<Whose> => {
  const p = plan.get(table)
  if (!p) return 'unknown'
  if (p.travels === 'both' || p.travels === 'down') return 'all'
  const column = p.belongs.by === 'unit' ? p.belongs.column : p.belongs.by === 'parent' ? p.belongs.column : null
  if (!column) return 'unknown'
  const [row] = await ctx.query<{ v: string | null }>(`select "${column}" as v from "${table}" where tenant_id = $1 and id = $2`, [ctx.tenant.id, id])
  if (!row?.v) return 'unknown'
  return p.belongs.by === 'unit' ? { unit: row.v } : unitOfRow(ctx, plan, (p.belongs as { table: string }).table, row.v)
}

/** Whose a row is, by what it says itself and by what it hangs on. */
export async function whoseRow(ctx: Ctx, p: TablePlan, row: Tuple): Promise<Whose> {
  const plan = planFor(ctx.runtime)
  const b = p.belongs
  if (b.by === 'unit') return row[b.column] ? { unit: row[b.column]! } : 'unknown'
  if (b.by === 'parent') return row[b.column] ? unitOfRow(ctx, plan, b.table, row[b.column]!) : 'unknown'
  if (b.by === 'record') {
    const entity = row.entity ? ctx.entities.find(row.entity) : undefined
    return entity && row.record_id ? unitOfRow(ctx, plan, entity.table, row.record_id) : 'unknown'
  }
  if (b.by === 'series') {
    const [unit] = await ctx.query<{ id: string }>("select id from unit where tenant_id = $1 and $2 like code || '-%' order by length(code) desc limit 1", [ctx.tenant.id, row.key])
    return unit ? { unit: unit.id } : 'unknown'
  }
  return 'unknown'
}

/** A row that names no unit is whoever's brought it first. */
export async function broughtBy(ctx: Ctx, peer: Peer, table: string, id: string, exists: boolean): Promise<boolean> {
  const [known] = await ctx.query<{ node_id: string }>('select node_id from sync_row where tenant_id = $1 and tbl = $2 and id = $3', [ctx.tenant.id, table, id])
  if (known) return known.node_id === peer.id
  if (exists) return false
  await ctx.query('insert into sync_row (tenant_id, tbl, id, node_id) values ($1, $2, $3, $4)', [ctx.tenant.id, table, id, peer.id])
  return true
}
