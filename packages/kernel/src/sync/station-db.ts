import type pg from 'pg'
import type { Catalog } from './catalog.ts'
import type { Position } from './down.ts'
import { transactionsOf, type SourceTransaction, type Tuple } from './pgoutput.ts'
import { putRow } from './rows.ts'
import { queryOn } from './station-apply.ts'
import { goesUp, stationTriggers, type Plan } from './travel.ts'

/*
 * What a station asks of its own PostgreSQL: a publication of what goes up, one logical slot that remembers how far head office has taken it, and
 * an origin that marks what came down.
 */

const SLOT = 'quancheng_up', PUBLICATION = 'quancheng_up', ORIGIN = 'quancheng_down'

export interface Joined { nodeId: string; unitId: string; unitCode: string; tenant: { id: string; code: string; name: string; timeZone: string } }

export const isStation = async (client: pg.Client): Promise<boolean> => (await client.query('select 1 from sync_station')).rows.length > 0

/** Fills an empty, migrated database with what head office sent, all or nothing. */
export async function fill(client: pg.Client, catalog: Catalog, joined: Joined, lines: AsyncIterable<string>, version: string): Promise<number> {
  const query = queryOn(client), { tenant } = joined
  await query('begin')
  try {
    await query('set local session_replication_role = replica')
    // what a broken line left
    const [other] = await query('select 1 from tenant where id <> $1', [tenant.id])
    if (other) throw new Error('这个数据目录里已有企业的数据，接入要用新的数据目录 / this data folder is in use, join with a new one')
    await query('insert into tenant (id, code, name, time_zone) values ($1, $2, $3, $4) on conflict (id) do nothing', [tenant.id, tenant.code, tenant.name, tenant.timeZone])
    let rows = 0, end: { rows: number; position: Position } | null = null
    for await (const line of lines) {
      const parsed = JSON.parse(line) as [string, Tuple] | { end: true; rows: number; position: Position }
      if (!Array.isArray(parsed)) { end = parsed; continue }
      await putRow(query, catalog, parsed[0], parsed[1])
      rows++
    }
    if (!end || end.rows !== rows) throw new Error('本部的数据没有收完 / the data of head office did not come whole')
    await query('insert into sync_station (tenant_id, node_id, unit_id, unit_code, down_xid, down_id, hq_version, synced_at) values ($1, $2, $3, $4, $5::text::xid8, $6, $7, now())',
      [tenant.id, joined.nodeId, joined.unitId, joined.unitCode, end.position.xid, end.position.id, version])
    await query('commit')
    return rows
  } catch (error) { await query('rollback'); throw error }
}

/** Publication, slot, origin and guards; at every start, since a new version may have brought tables. False: the slot is gone, and with it what it had not sent. */
export async function prepare(client: pg.Client, plan: Plan, o: { first: boolean }): Promise<boolean> {
  const query = queryOn(client)
  const tables = [...plan.values()].filter(p => goesUp(p.travels)).map(p => `"${p.table}"`).join(', ')
  const [known] = await query('select 1 from pg_publication where pubname = $1', [PUBLICATION])
  await query(known ? `alter publication ${PUBLICATION} set table ${tables}` : `create publication ${PUBLICATION} for table ${tables}`)
  await query('select sync_watch($1)', [JSON.stringify(stationTriggers(plan))])
  const [slot] = await query<{ wal_status: string }>('select wal_status from pg_replication_slots where slot_name = $1', [SLOT])
  if (!slot && !o.first) return false
  if (!slot) await query("select pg_create_logical_replication_slot($1, 'pgoutput')", [SLOT])
  if (!(await query('select 1 from pg_replication_origin where roname = $1', [ORIGIN])).length) await query('select pg_replication_origin_create($1)', [ORIGIN])
  await query('select pg_replication_origin_session_setup($1)', [ORIGIN])
  return slot?.wal_status !== 'lost'
}

/** The next transactions that head office has not confirmed, whole ones, in the order of their commits. `upTo`: how far the log was looked through. */
export async function peek(client: pg.Client, changes: number): Promise<{ transactions: SourceTransaction[]; upTo: string }> {
  const query = queryOn(client)
  const [now] = await query<{ lsn: string }>('select pg_current_wal_flush_lsn()::text as lsn')
  const rows = await query<{ data: Buffer }>("select data from pg_logical_slot_peek_binary_changes($1, $2::text::pg_lsn, $3, 'proto_version', '1', 'publication_names', $4, 'origin', 'none')", [SLOT, now!.lsn, changes, PUBLICATION])
  return { transactions: transactionsOf(rows.map(r => r.data)), upTo: now!.lsn }
}

/** How many transactions wait in the log, as far as so many changes reach. A message that begins one begins with B; those that say nothing to head office have none. */
export async function waitingIn(client: pg.Client, changes: number): Promise<number> {
  const [row] = await queryOn(client)<{ n: number }>("select count(*) filter (where get_byte(data, 0) = 66)::int as n from pg_logical_slot_peek_binary_changes($1, null, $2, 'proto_version', '1', 'publication_names', $3, 'origin', 'none')", [SLOT, changes, PUBLICATION])
  return row!.n
}

/** Head office has it: the log up to here may go. */
export const confirm = async (client: pg.Client, lsn: string): Promise<void> => { await client.query('select pg_replication_slot_advance($1, $2::text::pg_lsn)', [SLOT, lsn]) }
