import { hashOf, canonical, type ChainLink } from '../audit/chain.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { newId } from '../ids.ts'
import { toJson, type Stored } from '../operations/record.ts'
import { storeChange, storedOf } from '../operations/write.ts'
import { attempt } from '../store/known.ts'
import { catalogFor, type Peer } from './node.ts'
import type { SourceChange, Tuple } from './pgoutput.ts'
import { dropRow, keyOf, putRow, queryOf, readByKey, readRows, typedRow } from './rows.ts'

/*
 * Records that both head office and a station may write (customers, devices, hotline tickets …). Each has a chain of audit entries, numbered and each
 * hash over the one before; so whether one version knew of the other can be read from it: a chain that continues ours is news, one that we
 * have is old, and one that leaves ours was written without knowing of it. Of two such versions the later stands, and the other is kept for a person.
 */

export interface RecordChange { entity: CompiledEntity; id: string; /** as it is after the transaction; null: removed, or only its record and search row changed */ row: Tuple | null; removed: boolean; audits: Tuple[]; search: Tuple | null }

const about = (c: SourceChange): boolean => c.table === 'audit' || c.table === 'search_doc'
const entityOf = (ctx: Ctx, c: SourceChange): CompiledEntity => (about(c) ? ctx.entities.get(c.row.entity!) : ctx.entities.all().find(e => e.table === c.table)!)
const idOf = (c: SourceChange): string => (about(c) ? c.row.record_id : c.row.id)!
export const recordOf = (ctx: Ctx, c: SourceChange): string => `${entityOf(ctx, c).name}/${idOf(c)}`

/** The changes of one transaction by the record that they are about. */
export function recordsOf(ctx: Ctx, changes: readonly SourceChange[]): Map<string, RecordChange> {
  const found = new Map<string, RecordChange>()
  for (const c of changes) {
    const r: RecordChange = found.get(recordOf(ctx, c)) ?? { entity: entityOf(ctx, c), id: idOf(c), row: null, removed: false, audits: [], search: null }
    found.set(recordOf(ctx, c), r)
    if (c.table === 'audit') { if (c.op === 'insert') r.audits.push(c.row) } else if (c.table === 'search_doc') r.search = c.op === 'delete' ? null : c.row
    else if (c.op === 'delete') { r.removed = true; r.row = null } else { r.removed = false; r.row = { ...r.row, ...c.row } }
  }
  return found
}

const linkOf = (a: Tuple): ChainLink => ({
  tenantId: a.tenant_id!, entity: a.entity!, recordId: a.record_id!, seq: Number(a.seq), at: new Date(a.at!), actorId: a.actor_id ?? null, act: a.act!, reason: a.reason ?? null, ip: a.ip ?? null, unitId: a.unit_id ?? null,
  digest: bytes(a.digest!),
})
const bytes = (text: string): Buffer => Buffer.from(text.slice(2), 'hex')

export type Standing = 'continues' | 'old' | 'forked'

/** How a chain's new entries stand to the chain that is here: `ours` are the entries at the same places and the one before. Pure. */
export function standingOf(news: readonly Tuple[], ours: readonly Tuple[]): Standing {
  const at = new Map(ours.map(a => [Number(a.seq), a]))
  const last = Math.max(0, ...at.keys())
  const unknown = news.toSorted((a, b) => Number(a.seq) - Number(b.seq)).filter(a => at.get(Number(a.seq))?.hash !== a.hash)
  const first = unknown[0]
  if (!first) return 'old'
  const seq = Number(first.seq)
  if (at.has(seq) || last !== seq - 1) return 'forked'
  const before = seq === 1 ? null : bytes(at.get(seq - 1)!.hash!)
  return hashOf(before, linkOf(first)).equals(bytes(first.hash!)) ? 'continues' : 'forked'
}

/** Takes a station's change of such a record. */
export async function arbitrate(ctx: Ctx, peer: Peer, r: RecordChange): Promise<void> {
  const catalog = await catalogFor(ctx.runtime), query = queryOf(ctx), table = r.entity.table, key: Tuple = { tenant_id: ctx.tenant.id, id: r.id }
  const before = await readByKey(query, catalog, table, key)
  if (r.entity.noAudit || !r.audits.length) {
    const later = !before || !r.row?.updated_at || new Date(r.row.updated_at) >= new Date(before.updated_at!)
    if (later) await take(ctx, peer, r, key)
    return
  }
  const seqs = r.audits.map(a => Number(a.seq))
  const ours = await readRows(query, catalog, 'audit', 't.tenant_id = $1 and t.entity = $2 and t.record_id = $3 and t.seq >= $4', [ctx.tenant.id, r.entity.name, r.id, Math.min(...seqs) - 1])
  const standing = standingOf(r.audits, ours)
  if (standing === 'continues') return take(ctx, peer, r, key)
  if (standing === 'old') { if (r.row && !before) await note(ctx, peer, r, null, 'hq'); return }
  await settle(ctx, peer, r, before)
}

/** Nothing here speaks against it. */
async function take(ctx: Ctx, peer: Peer, r: RecordChange, key: Tuple): Promise<void> {
  const catalog = await catalogFor(ctx.runtime), query = queryOf(ctx), table = r.entity.table
  try {
    await attempt(ctx, async () => {
      if (r.removed) await dropRow(query, table, key)
      else if (r.row) await putRow(query, catalog, table, r.row)
      for (const a of r.audits) await putRow(query, catalog, 'audit', a, { onlyNew: true })
      if (r.search) await putRow(query, catalog, 'search_doc', r.search)
      else if (r.removed) await dropRow(query, 'search_doc', keyOf(catalog, 'search_doc', { tenant_id: ctx.tenant.id, entity: r.entity.name, record_id: r.id }))
    })
  } catch (error) {
    const e = error as { code?: string; constraint?: string }
    if (r.removed && (e.code === '23503' || e.code === '23001')) { await note(ctx, peer, r, await readByKey(query, catalog, table, key), 'hq'); return tellAgain(ctx, table, key) }
    if (e.code !== '23505' || !r.row) throw error
    await withoutTaken(ctx, peer, r, e.constraint ?? '')
  }
}

/** Two places entered the same serial number: both records stay, the later one without it, until a person has put them together. */
async function withoutTaken(ctx: Ctx, peer: Peer, r: RecordChange, constraint: string): Promise<void> {
  const catalog = await catalogFor(ctx.runtime), query = queryOf(ctx)
  const name = constraint.split('__').at(-1), field = [...r.entity.fields.values()].find(f => f.column === name)
  if (!field || field.required || !r.row || r.row[field.column!] === undefined) { await note(ctx, peer, r, null, 'hq'); return }
  const taken = r.row[field.column!]!
  await putRow(query, catalog, r.entity.table, { ...r.row, [field.column!]: null })
  for (const a of r.audits) await putRow(query, catalog, 'audit', a, { onlyNew: true })
  if (r.search) await putRow(query, catalog, 'search_doc', r.search)
  await storeChange(ctx, r.entity, r.id, {}, { act: 'merge', note: { node: peer.id, taken: { [field.name]: taken } } })
  await note(ctx, peer, r, null, 'hq', { [field.name]: [taken, null] })
}

/** Neither version knew of the other: the later stands, with a version of its own; what lost is kept. */
async function settle(ctx: Ctx, peer: Peer, r: RecordChange, before: Tuple | null): Promise<void> {
  const catalog = await catalogFor(ctx.runtime), query = queryOf(ctx), key: Tuple = { tenant_id: ctx.tenant.id, id: r.id }
  if (!before || !r.row) { await note(ctx, peer, r, before, 'hq'); return tellAgain(ctx, r.entity.table, key) }
  const here = storedOf(r.entity, await typedRow(query, catalog, r.entity.table, before)), there = storedOf(r.entity, await typedRow(query, catalog, r.entity.table, { ...before, ...r.row }))
  const different = [...r.entity.fields.values()].filter(f => !f.system && canonical(toJson(f, here[f.name])) !== canonical(toJson(f, there[f.name])))
  const later = (there.updatedAt as Date) > (here.updatedAt as Date)
  let winner: 'hq' | 'station' = 'hq'
  if (later && different.length) {
    try {
      await attempt(ctx, () => storeChange(ctx, r.entity, r.id, Object.fromEntries(different.map(f => [f.name, there[f.name]])), { act: 'merge', note: { node: peer.id, at: (there.updatedAt as Date).toISOString() } }))
      // the next to be weighed against it is weighed against when this was written, not against when it arrived
      await ctx.query(`update "${r.entity.table}" set updated_at = $3 where tenant_id = $1 and id = $2`, [ctx.tenant.id, r.id, there.updatedAt])
      winner = 'station'
    } catch (error) { ctx.runtime.log({ level: 'warn', msg: 'merge', entity: r.entity.name, id: r.id, error: (error as Error).message }) }
  }
  const [lost, stands] = winner === 'hq' ? [there, here] : [here, there]
  await note(ctx, peer, r, before, winner, Object.fromEntries(different.map(f => [f.name, [toJson(f, (lost as Stored)[f.name]), toJson(f, (stands as Stored)[f.name])]])))
  await tellAgain(ctx, r.entity.table, key)
}

async function note(ctx: Ctx, peer: Peer, r: RecordChange, before: Tuple | null, winner: 'hq' | 'station', fields?: Record<string, unknown>): Promise<void> {
  const of = before ?? r.row ?? {}
  const label = r.entity.display.map(name => of[r.entity.fields.get(name)?.column ?? ''] ?? '').filter(Boolean).join(' ') || r.id
  const all = fields ?? (r.row ? Object.fromEntries([...r.entity.fields.values()].filter(f => f.column && !f.system && r.row![f.column] !== undefined).map(f => [f.name, [r.row![f.column!], before?.[f.column!] ?? null]])) : {})
  // both said the same: there is nothing to look at
  const quiet = Object.keys(all).length === 0 && !r.removed
  await ctx.query(
    `insert into sync_conflict (tenant_id, id, node_id, entity, record_id, label, at, winner, fields, fork, settled, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [ctx.tenant.id, newId(), peer.id, r.entity.name, r.id, label.slice(0, 200), ctx.now(), winner, JSON.stringify(all), JSON.stringify(r.audits), r.audits.map(a => a.hash), quiet ? ctx.now() : null])
}

/** The stations hear of this row once more, although it did not change here. */
export const tellAgain = async (ctx: Ctx, table: string, key: Tuple): Promise<void> => {
  await ctx.query('insert into sync_change (tenant_id, tbl, key) values ($1, $2, $3) on conflict (tenant_id, tbl, key) do update set id = default, xid = pg_current_xact_id()', [ctx.tenant.id, table, JSON.stringify(key)])
}
