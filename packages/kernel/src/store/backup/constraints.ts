import type { ClientBase } from 'pg'
import type { TableShape } from './format.ts'
import { quoted } from './format.ts'

interface ForeignKey {
  schema: string
  table: string
  name: string
  deferrable: boolean
  deferred: boolean
}

/**
 * Lets rows come in any order, without firing triggers, until the returned function is called within the same transaction.
 *
 * A superuser turns triggers and foreign keys off for the session. An owner cannot, so its tables' triggers are disabled,
 * their foreign keys deferred and checked at the end, and forced row-level security is lifted; then all is as before.
 */
export async function openConstraints(client: ClientBase, tables: TableShape[]): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ super: boolean }>('select rolsuper as super from pg_roles where rolname = current_user')
  if (rows[0]?.super === true) {
    await client.query('set local session_replication_role = replica')
    return async () => {
      await client.query('set local session_replication_role = origin')
    }
  }
  const oids = await tableOids(client, tables)
  const keys = await foreignKeys(client, oids)
  const forced = await forcedTables(client, oids)
  const triggers = await enabledTriggers(client, oids)
  const alter = (key: ForeignKey, state: string): Promise<unknown> =>
    client.query(`alter table ${quoted(key.schema, key.table)} alter constraint ${quoted(key.name)} ${state}`)

  for (const table of forced) await client.query(`alter table ${table} no force row level security`)
  for (const trigger of triggers) await client.query(`alter table ${trigger.table} disable trigger ${trigger.name}`)
  for (const key of keys) await alter(key, 'deferrable initially deferred')
  return async () => {
    await client.query('set constraints all immediate') // checks every row now
    for (const key of keys) {
      await alter(key, key.deferrable ? `deferrable initially ${key.deferred ? 'deferred' : 'immediate'}` : 'not deferrable')
    }
    for (const trigger of triggers) await client.query(`alter table ${trigger.table} enable ${trigger.mode} trigger ${trigger.name}`)
    for (const table of forced) await client.query(`alter table ${table} force row level security`)
  }
}

async function tableOids(client: ClientBase, tables: TableShape[]): Promise<number[]> {
  const { rows } = await client.query<{ oid: number }>('select t::regclass::oid as oid from unnest($1::text[]) as t', [
    tables.map((table) => quoted(table.schema, table.name)),
  ])
  return rows.map((row) => row.oid)
}

/** Of partitioned tables the parent's key, which carries those of the partitions along. */
async function foreignKeys(client: ClientBase, oids: number[]): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select n.nspname as schema, c.relname as table, k.conname as name, k.condeferrable as deferrable, k.condeferred as deferred
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and (k.conrelid = any($1) or k.conrelid in (
       select a.relid from unnest($1::oid[]) as o, pg_partition_ancestors(o) as a where c.relkind = 'p'))
     order by 1, 2, 3`,
    [oids],
  )
  return rows
}

async function forcedTables(client: ClientBase, oids: number[]): Promise<string[]> {
  const { rows } = await client.query<{ schema: string; table: string }>(
    `select n.nspname as schema, c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.oid = any($1) and c.relforcerowsecurity`,
    [oids],
  )
  return rows.map((row) => quoted(row.schema, row.table))
}

async function enabledTriggers(client: ClientBase, oids: number[]): Promise<{ table: string; name: string; mode: string }[]> {
  const { rows } = await client.query<{ schema: string; table: string; name: string; state: string }>(
    `select n.nspname as schema, c.relname as table, g.tgname as name, g.tgenabled as state
     from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where g.tgrelid = any($1) and not g.tgisinternal and g.tgenabled <> 'D'`,
    [oids],
  )
  const modes: Record<string, string> = { A: 'always', R: 'replica' }
  return rows.map((row) => ({ table: quoted(row.schema, row.table), name: quoted(row.name), mode: modes[row.state] ?? '' }))
}
