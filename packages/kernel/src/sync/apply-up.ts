import type { Ctx } from '../context.ts'
import { fail } from '../errors.ts'
import { CHANNEL, notice } from '../store/notify.ts'
import { broughtBy, whoseRow } from './belongs.ts'
import { arbitrate, recordOf, recordsOf, type RecordChange } from './merge.ts'
import { catalogFor, planFor, type Peer } from './node.ts'
import { lsnNumber, type SourceChange, type SourceTransaction, type Tuple } from './pgoutput.ts'
import { dropRow, keyOf, putRow, queryOf, readByKey } from './rows.ts'
import { goesUp, type TablePlan } from './travel.ts'

/*
 * Head office takes what a station did: one transaction of the station's is one of ours, together with the position that says so. What was taken
 * already is passed over, so that a station that is not sure sends it again.
 */

/** Applies one transaction of a station. False: it had been applied before. */
export async function applyTransaction(ctx: Ctx, peer: Peer, t: SourceTransaction): Promise<boolean> {
  if (peer.upLsn && lsnNumber(t.lsn) <= lsnNumber(peer.upLsn)) return false
  // sent, not asked: the guards (tables/sync-1.sql) let this transaction pass, and only this one
  await ctx.query("select set_config('app.sync', 'on', true)")
  const touched = new Map<string, { entity: string; id: string; unit: string | null; kind: string }>()
  const plan = planFor(ctx.runtime)
  const planOf = (c: SourceChange): TablePlan => {
    const p = plan.get(c.table)
    return p && goesUp(p.travels) && c.row.tenant_id === ctx.tenant.id ? p : fail('NODE_NOT_YOURS', { table: c.table })
  }
  // records that either place may change are weighed as a whole, with all that hangs on them, where the first of their changes stands: what points to them comes after
  const shared = recordsOf(ctx, t.changes.filter(c => isShared(ctx, planOf(c), c)))
  for (const c of t.changes) {
    const p = planOf(c)
    if (p.belongs.by === 'record' && !follows(ctx, p, c)) continue
    if (isShared(ctx, p, c)) {
      const r = shared.get(recordOf(ctx, c))
      if (!r) continue
      shared.delete(recordOf(ctx, c))
      await sharedIsTheirs(ctx, peer, r)
      await arbitrate(ctx, peer, r)
      touched.set(`${r.entity.name}/${r.id}`, { entity: r.entity.name, id: r.id, unit: null, kind: 'update' })
      continue
    }
    await applyOwn(ctx, peer, p, c)
    if (p.entity) touched.set(`${p.entity}/${c.row.id}`, { entity: p.entity, id: c.row.id!, unit: p.belongs.by === 'unit' ? c.row[p.belongs.column] ?? null : null, kind: c.op === 'insert' ? 'create' : c.op === 'delete' ? 'remove' : 'update' })
  }
  await ctx.query('update sync_peer set up_lsn = $3, up_at = $4, up_of = $5 where tenant_id = $1 and node_id = $2', [ctx.tenant.id, peer.id, t.lsn, ctx.now(), t.at])
  // live screens at head office move, and nothing else there: no events, no jobs, no notices; those were the station's
  for (const x of touched.values()) ctx.send('select pg_notify($1, $2)', [CHANNEL, notice(ctx.tenant.id, x.entity, x.id, x.unit, x.kind, ctx.now())])
  return true
}

/** The record and the search row of what head office keeps are head office's: a station's are not taken. */
function follows(ctx: Ctx, p: TablePlan, c: SourceChange): boolean {
  const e = c.row.entity ? ctx.entities.find(c.row.entity) : undefined, t = e && planFor(ctx.runtime).get(e.table)?.travels
  return p.travels === 'pair' || (t !== undefined && goesUp(t))
}

/** Is it a record that both places write, or the record, search row of one? (Comments and files are never changed: they need no weighing.) */
function isShared(ctx: Ctx, p: TablePlan, c: SourceChange): boolean {
  const of = (name: string | null | undefined): boolean => { const e = name ? ctx.entities.find(name) : undefined, t = e && planFor(ctx.runtime).get(e.table)?.travels; return t === 'both' || t === 'pair' }
  if (p.table === 'audit' || p.table === 'search_doc') return of(c.row.entity)
  return p.entity !== null && (p.travels === 'both' || p.travels === 'pair')
}

async function applyOwn(ctx: Ctx, peer: Peer, p: TablePlan, c: SourceChange): Promise<void> {
  const catalog = await catalogFor(ctx.runtime), query = queryOf(ctx)
  const key = keyOf(catalog, p.table, c.old ?? c.row)
  const before = p.appendOnly && c.op === 'insert' ? null : await readByKey(query, catalog, p.table, key)
  if (before && c.op === 'insert' && p.appendOnly) return
  await requireTheirs(ctx, peer, p, c.op === 'delete' ? null : { ...before, ...c.row }, before)
  if (c.op === 'delete') return dropRow(query, p.table, key)
  if (p.table === 'audit' && c.op === 'update') {
    await ctx.query('select sync_redact($1, $2, $3, $4)', [c.row.entity, c.row.record_id, Number(c.row.seq), c.row.payload ?? null])
    return
  }
  if (c.old && JSON.stringify(keyOf(catalog, p.table, c.old)) !== JSON.stringify(keyOf(catalog, p.table, c.row))) await dropRow(query, p.table, key)
  if (!(await putRow(query, catalog, p.table, c.row, { onlyNew: p.appendOnly })) && !p.appendOnly) throw new Error(`a change of a row that head office does not have: ${p.table} ${JSON.stringify(key)}`)
}

/** Neither the row as it was nor as it will be may be another unit's. What hangs on a record that is gone can't be asked; it was this station's or it would not be in its log. */
async function requireTheirs(ctx: Ctx, peer: Peer, p: TablePlan, after: Tuple | null, before: Tuple | null): Promise<void> {
  for (const row of [before, after]) {
    if (!row) continue
    const whose = await whoseRow(ctx, p, row)
    if (whose === 'all') { if (p.travels === 'up' && p.belongs.by !== 'record') fail('NODE_NOT_YOURS', { table: p.table }); continue }
    if (whose === 'unknown') {
      if (p.belongs.by === 'record' || p.belongs.by === 'series') { if (before && row === before && p.belongs.by === 'series') fail('NODE_NOT_YOURS', { table: p.table }); continue }
      const id = row.id ?? row.instance_id
      if (!id || !(await broughtBy(ctx, peer, p.table, id, before !== null))) fail('NODE_NOT_YOURS', { table: p.table })
      continue
    }
    if (!peer.units.has(whose.unit)) fail('NODE_NOT_YOURS', { table: p.table })
  }
}

/** Of records that go between head office and one station, only that station's. */
async function sharedIsTheirs(ctx: Ctx, peer: Peer, r: RecordChange): Promise<void> {
  const p = planFor(ctx.runtime).get(r.entity.table)!
  if (p.travels !== 'pair') return
  const catalog = await catalogFor(ctx.runtime)
  const before = await readByKey(queryOf(ctx), catalog, p.table, { tenant_id: ctx.tenant.id, id: r.id })
  await requireTheirs(ctx, peer, p, r.row ? { ...before, ...r.row } : null, before)
}
