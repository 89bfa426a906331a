/** What the exchange needs to know of the tables themselves; asked once a program. */
export interface Catalog {
  columns: ReadonlyMap<string, readonly string[]>
  /** by `table.column`: the type as PostgreSQL writes it */
  types: ReadonlyMap<string, string>
  /** of the primary key, in its order */
  keys: ReadonlyMap<string, readonly string[]>
  /** names and contents of all migrations, in one number: both ends must have the same */
  schema: string
}

type Query = <T>(text: string, values?: unknown[]) => Promise<T[]>

export async function readCatalog(query: Query): Promise<Catalog> {
  const columns = await query<{ t: string; c: string[]; y: string[] }>(
    `select c.relname as t, array_agg(a.attname::text order by a.attnum) as c, array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as y from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname`)
  const keys = await query<{ t: string; c: string[] }>(
    `select c.relname as t, array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) as c from pg_index i join pg_class c on c.oid = i.indrelid
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey::int2[]) where i.indisprimary and c.relnamespace = 'public'::regnamespace group by c.relname`)
  const [schema] = await query<{ h: string }>("select md5(string_agg(name || hash, ',' order by name)) as h from migration")
  return { columns: new Map(columns.map(r => [r.t, r.c])), types: new Map(columns.flatMap(r => r.c.map((c, i) => [`${r.t}.${c}`, r.y[i]!] as const))), keys: new Map(keys.map(r => [r.t, r.c])), schema: schema?.h ?? '' }
}
