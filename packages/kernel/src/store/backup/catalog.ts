import type { ClientBase } from 'pg'
import type { TableShape } from './format.ts'
import { quoted } from './format.ts'

/** Excludes system schemas, and tables that belong to an extension. */
const ours = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
  and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`

/**
 * The tables that hold rows (partitions, not their parents), with the columns that can be written (no generated ones), in
 * column order. `skip` has names as `schema.table`.
 */
export async function listTables(client: ClientBase, skip: ReadonlySet<string>): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(`
    select n.nspname as schema, c.relname as name,
      coalesce((select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '[]') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence <> 't' and ${ours}
    order by 1, 2`)
  return rows.filter((table) => !skip.has(`${table.schema}.${table.name}`))
}

export type SequenceState = [schema: string, name: string, lastValue: string, handedOut: boolean]

export async function listSequences(client: ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and c.relpersistence <> 't' and ${ours}
    order by 1, 2`)
  const states: SequenceState[] = []
  for (const { schema, name } of rows) {
    const state = await client.query<{ v: string; h: boolean }>(
      `select last_value::text as v, is_called as h from ${quoted(schema, name)}`,
    )
    const row = state.rows[0]
    if (row !== undefined) states.push([schema, name, row.v, row.h])
  }
  return states
}

/** Dates, intervals, bytes and floats in one unambiguous text form; statements may take as long as they need. */
export async function fixTextForms(client: ClientBase): Promise<void> {
  await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
    set local bytea_output = 'hex'; set local extra_float_digits = 1; set local statement_timeout = 0;
    set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0; set local search_path = pg_catalog, public;
    set local row_security = off`)
}
