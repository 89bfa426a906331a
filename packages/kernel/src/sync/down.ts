import type { Ctx } from '../context.ts'
import { fail } from '../errors.ts'
import { whoseRow } from './belongs.ts'
import { catalogFor, planFor, type Peer } from './node.ts'
import type { Tuple } from './pgoutput.ts'
import { queryOf, readByKey, readRows } from './rows.ts'
import type { TablePlan } from './travel.ts'

/** One row as head office has it now; without `row` it is gone. What hangs on a record goes with it: its own record and its search row. */
export interface DownChange { table: string; key: Tuple; row: Tuple | null; audits?: Tuple[]; search?: Tuple | null; settled?: string[] }
export interface Position { xid: string; id: number }
export interface DownAnswer { changes: DownChange[]; next: Position; more: boolean }

const MOST = 300

/** What has changed at head office behind a position, for one station. In one snapshot: rows and position belong together. */
export async function changesFor(ctx: Ctx, peer: Peer, after: Position, again: ReadonlyArray<{ table: string; key: Tuple }> = []): Promise<DownAnswer> {
  const [limits] = await ctx.query<{ safe: string; now: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as safe, pg_snapshot_xmax(pg_current_snapshot())::text as now')
  // numbers of transactions only grow, except where a backup was restored
  if (BigInt(after.xid) > BigInt(limits!.now)) fail('NODE_POSITION')
  const rows = await ctx.query<{ tbl: string; key: Tuple; id: number; xid: string }>(
    'select tbl, key, id, xid::text from sync_change where tenant_id = $1 and (xid, id) > ($2::text::xid8, $3::bigint) and xid < $4::text::xid8 order by xid, id limit $5', [ctx.tenant.id, after.xid, after.id, limits!.safe, MOST])
  const changes: DownChange[] = []
  for (const r of [...again.map(a => ({ tbl: a.table, key: a.key })), ...rows]) {
    const change = await changeOf(ctx, peer, r.tbl, r.key)
    if (change) changes.push(change)
  }
  const last = rows.at(-1)
  return { changes, next: last ? { xid: last.xid, id: last.id } : after, more: rows.length === MOST }
}

async function changeOf(ctx: Ctx, peer: Peer, table: string, key: Tuple): Promise<DownChange | null> {
  const p = planFor(ctx.runtime).get(table)
  if (!p || !['down', 'both', 'pair'].includes(p.travels) || key.tenant_id !== ctx.tenant.id) return null
  const catalog = await catalogFor(ctx.runtime), query = queryOf(ctx)
  const row = await readByKey(query, catalog, table, key)
  // a row that went to another station is gone for this one
  if (!row || (p.travels === 'pair' && !(await goesTo(ctx, peer, p, row)))) return { table, key, row: null }
  return { table, key, row: withheld(p, row, peer.units), ...(p.entity ? await hangingOn(ctx, p, key.id!) : {}) }
}

async function goesTo(ctx: Ctx, peer: Peer, p: TablePlan, row: Tuple): Promise<boolean> {
  const whose = await whoseRow(ctx, p, row)
  return whose === 'all' || (whose !== 'unknown' && peer.units.has(whose.unit))
}

/** A station's machine stands in a shop: nobody's password is on it but its own people's. */
export function withheld(p: TablePlan, row: Tuple, units: ReadonlySet<string>): Tuple {
  return p.entity === 'user' && !units.has(row.unit_id ?? '') ? { ...row, password_hash: null, phone: null, mail: null } : row
}

async function hangingOn(ctx: Ctx, p: TablePlan, id: string): Promise<Pick<DownChange, 'audits' | 'search' | 'settled'>> {
  const catalog = await catalogFor(ctx.runtime), query = queryOf(ctx)
  const entity = ctx.entities.get(p.entity!)
  const of = 't.tenant_id = $1 and t.entity = $2 and t.record_id = $3', values = [ctx.tenant.id, entity.name, id]
  const settled = p.travels === 'down' ? [] : await ctx.query<{ h: string }>('select distinct unnest(settled) as h from sync_conflict where tenant_id = $1 and entity = $2 and record_id = $3', values)
  return {
    ...(entity.noAudit ? {} : { audits: await readRows(query, catalog, 'audit', of, values) }),
    ...(entity.searchable ? { search: (await readRows(query, catalog, 'search_doc', of, values))[0] ?? null } : {}),
    ...(settled.length ? { settled: settled.map(s => s.h) } : {}),
  }
}
