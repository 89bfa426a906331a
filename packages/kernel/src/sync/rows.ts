import type { Ctx } from '../context.ts'
import type { Catalog } from './catalog.ts'
import type { Tuple } from './pgoutput.ts'

/*
 * Rows as the exchange carries them: every value in PostgreSQL's own text form. Table and column names come from the catalogue of this database,
 * never from what somebody sent.
 */

export type Query = <T = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<T[]>

const q = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The columns of a row that this database has; one it does not know is refused, since nobody may lose a value silently. */
export function columnsOf(catalog: Catalog, table: string, row: Tuple): string[] {
  const known = catalog.columns.get(table)
  if (!known) throw new Error(`there is no table ${table}`)
  const given = Object.keys(row)
  for (const c of given) if (!known.includes(c)) throw new Error(`${table} has no column ${c}`)
  return given
}

export const keyOf = (catalog: Catalog, table: string, row: Tuple): Tuple => Object.fromEntries((catalog.keys.get(table) ?? []).map(c => [c, row[c] ?? null]))
const whereKey = (key: Tuple, from: number): string => Object.keys(key).map((c, i) => `t.${q(c)} = $${from + i}`).join(' and ')

/** A row as text values: `{id: '…', at: '2026-…'}`. */
const asText = (catalog: Catalog, table: string): string => `(select jsonb_object_agg(x.k, x.v) from (values ${catalog.columns.get(table)!.map(c => `('${c.replaceAll("'", "''")}', t.${q(c)}::text)`).join(', ')}) x(k, v))`

/** Reads rows of a table as text values, with a condition on `t`. */
export const readRows = async (query: Query, catalog: Catalog, table: string, where: string, values: unknown[]): Promise<Tuple[]> =>
  (await query<{ row: Tuple }>(`select ${asText(catalog, table)} as row from ${q(table)} t where ${where}`, values)).map(r => r.row)

export const readByKey = async (query: Query, catalog: Catalog, table: string, key: Tuple): Promise<Tuple | null> =>
  (await readRows(query, catalog, table, whereKey(key, 1), Object.values(key)))[0] ?? null

/** The row as the program reads it from its own tables: dates, numbers, parsed JSON. */
export async function typedRow(query: Query, catalog: Catalog, table: string, row: Tuple): Promise<Record<string, unknown>> {
  const columns = columnsOf(catalog, table, row)
  const [typed] = await query(`select ${columns.map((c, i) => `$${i + 1}::${catalog.types.get(`${table}.${c}`)} as ${q(c)}`).join(', ')}`, columns.map(c => row[c]))
  return typed!
}

/** Inserts the row, or makes the one with its key like it. A row that lacks columns (unchanged, and stored apart) only changes what it has. */
export async function putRow(query: Query, catalog: Catalog, table: string, row: Tuple, o: { keep?: readonly string[]; onlyNew?: boolean } = {}): Promise<boolean> {
  const columns = columnsOf(catalog, table, row), key = catalog.keys.get(table)!
  const whole = columns.length === catalog.columns.get(table)!.length
  const values = columns.map(c => row[c])
  const changed = columns.filter(c => !key.includes(c) && !o.keep?.includes(c))
  if (!whole) {
    const rest = changed.map((c, i) => `${q(c)} = $${key.length + 1 + i}`).join(', ')
    if (!rest) return true
    return (await query(`update ${q(table)} t set ${rest} where ${key.map((c, i) => `t.${q(c)} = $${i + 1}`).join(' and ')} returning 1`, [...key.map(c => row[c]), ...changed.map(c => row[c])])).length > 0
  }
  const action = o.onlyNew || !changed.length ? 'do nothing' : `do update set ${changed.map(c => `${q(c)} = excluded.${q(c)}`).join(', ')}`
  return (await query(`insert into ${q(table)} (${columns.map(q).join(', ')}) overriding system value values (${columns.map((_, i) => `$${i + 1}`).join(', ')}) on conflict (${key.map(q).join(', ')}) ${action} returning 1`, values)).length > 0
}

export const dropRow = async (query: Query, table: string, key: Tuple): Promise<void> => { await query(`delete from ${q(table)} t where ${whereKey(key, 1)}`, Object.values(key)) }

export const queryOf = (ctx: Ctx): Query => (text, values) => ctx.query(text, values)
