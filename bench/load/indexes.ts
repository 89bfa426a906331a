import type pg from 'pg'

export const TABLES = ['customer', 'device', 'service_request', 'process_instance', 'process_step', 'search_doc', 'audit', 'comment', 'job'] as const

/** Takes off every index that is not a primary key (but those of the jobs: the program is running and asks them), and returns their definitions: built once over all rows they cost a tenth. */
export async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; def: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as def from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = any($1::text[]::regclass[]) and not i.indisprimary and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`, [TABLES.filter(t => t !== 'job').map(t => `"${t}"`)])
  for (const r of rows) await client.query(`drop index "${r.name}"`)
  return rows.map(r => r.def)
}

export async function makeIndexes(client: pg.Client, definitions: readonly string[]): Promise<void> {
  await client.query("set maintenance_work_mem = '512MB'")
  for (const def of definitions) await client.query(def)
}
