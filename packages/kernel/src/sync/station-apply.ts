import type pg from 'pg'
import type { Metadata } from '../entity/registry.ts'
import { CHANNEL, notice } from '../store/notify.ts'
import type { Catalog } from './catalog.ts'
import type { DownChange, Position } from './down.ts'
import type { Tuple } from './pgoutput.ts'
import { dropRow, putRow, readByKey, readRows, type Query } from './rows.ts'
import type { Plan, TablePlan } from './travel.ts'

/*
 * A station takes what head office sends. As the owner of its database, with triggers and references off: they held at head office; and under an
 * origin of its own, so that its log does not send back up what came down.
 */

export interface Taker { client: pg.Client; plan: Plan; catalog: Catalog; metadata: Metadata; tenantId: string; now(): Date; /** is there something to be seen to here when head office changes such a record? */ heard(event: string): boolean }

export const queryOn = (client: pg.Client): Query => async <T>(text: string, values?: unknown[]) => (await client.query(text, values)).rows as T[]

/** One answer of head office's, with the position behind it, in one transaction. Answers how many rows it was. */
export async function takeDown(t: Taker, changes: readonly DownChange[], next: Position): Promise<number> {
  const query = queryOn(t.client)
  await query('begin')
  try {
    await query('set local session_replication_role = replica')
    let known = false
    for (const c of changes) {
      const p = t.plan.get(c.table)
      if (!p || (c.key.tenant_id ?? t.tenantId) !== t.tenantId) continue
      await query('savepoint row')
      try {
        await takeOne(t, query, p, c)
        await query('release savepoint row')
        await query('delete from sync_parked where tenant_id = $1 and tbl = $2 and key = $3', [t.tenantId, c.table, JSON.stringify(c.key)])
      } catch (error) {
        await query('rollback to savepoint row')
        if ((error as { code?: string }).code !== '23505') throw error
        // head office has not heard of ours yet; when it has, one of the two will have given way
        await query('insert into sync_parked (tenant_id, tbl, key) values ($1, $2, $3) on conflict do nothing', [t.tenantId, c.table, JSON.stringify(c.key)])
      }
      const entity = p.entity ? t.metadata.base.get(p.entity) : null
      known ||= !entity || entity.affectsAccess === true || entity.affectsMeta === true || p.travels === 'down'
      if (entity && t.heard(`${entity.name}.update`)) await query("insert into outbox (tenant_id, entity, record_id, unit_id, at, event) values ($1, $2, $3, null, $4, $5)", [t.tenantId, entity.name, c.key.id, t.now(), `${entity.name}.update`])
      if (entity) await query('select pg_notify($1, $2)', [CHANNEL, notice(t.tenantId, entity.name, c.key.id!, entity.scope?.unit && c.row ? c.row[entity.fields.get(entity.scope.unit)?.column ?? 'id'] ?? null : null, c.row ? 'update' : 'remove', t.now())])
    }
    // what every act takes for known is read again
    if (known) await query('update tenant set access_version = access_version + 1, meta_version = meta_version + 1 where id = $1', [t.tenantId])
    await query('update sync_station set down_xid = $2::text::xid8, down_id = $3 where tenant_id = $1', [t.tenantId, next.xid, next.id])
    await query('commit')
  } catch (error) { await query('rollback'); throw error }
  return changes.length
}

async function takeOne(t: Taker, query: Query, p: TablePlan, c: DownChange): Promise<void> {
  if (p.travels === 'down') return replace(t, query, p, c)
  const here = await readByKey(query, t.catalog, p.table, c.key)
  if (!here) { if (c.row) await replace(t, query, p, c); return }
  if (!c.row) return replace(t, query, p, c)
  const entity = p.entity ? t.metadata.base.get(p.entity) : null
  // comments and files have no record of their own: the last word counts
  if (!entity) return replace(t, query, p, c)
  if (entity.noAudit) { if (new Date(c.row.updated_at!) >= new Date(here.updated_at!)) await replace(t, query, p, c); return }
  const ours = await readRows(query, t.catalog, 'audit', 't.tenant_id = $1 and t.entity = $2 and t.record_id = $3 order by t.seq', [t.tenantId, entity.name, c.key.id])
  if (mayReplace(ours, c)) await replace(t, query, p, c)
}

/** Does head office's version know of ours, or has it dealt with it? If not, ours is still on its way up. Pure. */
export function mayReplace(ours: readonly Tuple[], c: Pick<DownChange, 'audits' | 'settled'>): boolean {
  const last = ours.at(-1)
  if (!last) return true
  return (c.audits ?? []).some(a => a.seq === last.seq && a.hash === last.hash) || (c.settled ?? []).includes(last.hash!)
}

async function replace(t: Taker, query: Query, p: TablePlan, c: DownChange): Promise<void> {
  if (!c.row) await dropRow(query, p.table, c.key)
  else await putRow(query, t.catalog, p.table, c.row, { keep: p.local })
  if (!p.entity) return
  const of: Tuple = { tenant_id: t.tenantId, entity: p.entity, record_id: c.key.id ?? null }
  if (c.audits) {
    await query('delete from audit where tenant_id = $1 and entity = $2 and record_id = $3', Object.values(of))
    for (const a of c.audits) await putRow(query, t.catalog, 'audit', a)
  }
  if (c.search) await putRow(query, t.catalog, 'search_doc', c.search)
  else if (c.search === null || !c.row) await dropRow(query, 'search_doc', of)
}
