import type { Ctx } from '../context.ts'
import { catalogFor, planFor, type Peer } from './node.ts'
import { withheld } from './down.ts'
import type { Tuple } from './pgoutput.ts'
import { queryOf, readRows } from './rows.ts'
import type { TablePlan } from './travel.ts'

/*
 * What a station begins with: everything that comes from head office, and of its own unit all that there is, with the due things of its cases.
 * Rows go out as lines of JSON, [table, row], within one transaction; parents before what hangs on them is not needed, since a station loads
 * them without checking references, which held here.
 */

/** records that have been sent, by which their own record, comments and files are found */
const SENT = 'create temp table if not exists sync_sent (entity text, id uuid) on commit drop'
const PAGE = 500

const UNITS = 't."$" = any($2)'

/** The condition on `t` that a station has a row; null: none of them. `$1` the tenant, `$2` its units. */
function whereOf(plan: ReadonlyMap<string, TablePlan>, p: TablePlan, alias = 't', depth = 0): string | null {
  const b = p.belongs
  if (p.travels === 'down' || p.travels === 'both') return 'true'
  if (b.by === 'unit') return UNITS.replace('$', b.column).replace('t.', `${alias}.`)
  if (b.by === 'parent') {
    const parent = plan.get(b.table), inner = `p${depth}`, of = parent && whereOf(plan, parent, inner, depth + 1)
    return of ? `exists (select 1 from "${b.table}" ${inner} where ${inner}.tenant_id = ${alias}.tenant_id and ${inner}.id = ${alias}."${b.column}" and ${of})` : null
  }
  if (b.by === 'record') return `exists (select 1 from sync_sent s where s.entity = ${alias}.entity and s.id = ${alias}.record_id)`
  if (b.by === 'series') return `exists (select 1 from unit u where u.tenant_id = ${alias}.tenant_id and u.id = any($2) and ${alias}.key like u.code || '-%')`
  if (b.by === 'job') return `exists (select 1 from jsonb_each_text(${alias}.payload) v join sync_sent s on s.id::text = v.value and s.entity like '@%')`
  return null
}

/** The tables in the order in which their conditions can be answered: records first, then what hangs on any of them. */
export function tablesFor(plan: ReadonlyMap<string, TablePlan>): TablePlan[] {
  const rank = (p: TablePlan): number => (p.belongs.by === 'record' ? 2 : p.belongs.by === 'job' ? 3 : 1)
  return [...plan.values()].filter(p => p.travels !== 'never').toSorted((a, b) => rank(a) - rank(b) || (a.table < b.table ? -1 : 1))
}

/** Lines of the snapshot. The caller's transaction must see one moment (repeatable read) in which nobody writes the unit's rows any more. */
export async function* snapshotFor(ctx: Ctx, peer: Peer): AsyncGenerator<[string, Tuple]> {
  const plan = planFor(ctx.runtime), catalog = await catalogFor(ctx.runtime), query = queryOf(ctx), units = [...peer.units]
  await ctx.query(SENT)
  for (const p of tablesFor(plan)) {
    const where = whereOf(plan, p)
    if (!where) continue
    await markSent(ctx, p, where, units)
    const order = catalog.keys.get(p.table)!.map(c => `t."${c}"`).join(', ')
    for (let from = 0; ; from += PAGE) {
      const rows = await readRows(query, catalog, p.table, `t.tenant_id = $1 and ($2::uuid[] is not null) and ${where} order by ${order} offset ${from} limit ${PAGE}`, [ctx.tenant.id, units])
      for (const row of rows) yield [p.table, withheld(p, row, peer.units)]
      if (rows.length < PAGE) break
    }
  }
}

/** Records by their entity; rows of the station's own also under '@', by which its due things are known. */
async function markSent(ctx: Ctx, p: TablePlan, where: string, units: string[]): Promise<void> {
  const catalog = await catalogFor(ctx.runtime)
  if (p.belongs.by === 'record' || p.belongs.by === 'job' || !catalog.columns.get(p.table)?.includes('id')) return
  const names = [...(p.entity ? [p.entity] : []), ...(p.travels === 'up' || p.travels === 'pair' ? [`@${p.table}`] : [])]
  for (const name of names) await ctx.query(`insert into sync_sent select $3, t.id from "${p.table}" t where t.tenant_id = $1 and ($2::uuid[] is not null) and ${where}`, [ctx.tenant.id, units, name])
}

/** The station has everything: what is due for its cases, and who waits for what, is its business alone from here on. */
export async function handOver(ctx: Ctx, peer: Peer): Promise<void> {
  const plan = planFor(ctx.runtime), units = [...peer.units]
  await ctx.query(SENT)
  for (const p of tablesFor(plan)) { const where = whereOf(plan, p); if (where && (p.travels === 'up' || p.travels === 'pair')) await markSent(ctx, p, where, units) }
  for (const p of tablesFor(plan)) {
    const where = p.travels === 'handover' ? whereOf(plan, p) : null
    if (where) await ctx.query(`delete from "${p.table}" t where t.tenant_id = $1 and ($2::uuid[] is not null) and ${where}`, [ctx.tenant.id, units])
  }
}
