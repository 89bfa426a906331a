import type { Ctx } from '@quancheng/kernel'

/** Column name → SQL type. */
export type Columns = Readonly<Record<string, string>>

const BATCH = 2000

/** Many rows in few statements, as arrays of columns; `tenant_id` is added. An array column travels as JSON, for unnest would flatten it. */
export async function insertColumns(ctx: Ctx, table: string, columns: Columns, rows: ReadonlyArray<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(columns)
  const isArray = (n: string): boolean => columns[n]!.endsWith('[]')
  const source = names.map((n, i) => `$${i + 2}::${isArray(n) ? 'jsonb' : columns[n]}[]`).join(', ')
  const values = names.map(n => (isArray(n) ? `array(select jsonb_array_elements_text(x.${n}))::${columns[n]}` : `x.${n}`)).join(', ')
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH)
    const arrays = names.map(n => batch.map(row => (isArray(n) ? JSON.stringify(row[n] ?? []) : row[n] ?? null)))
    await ctx.query(`insert into ${table} (tenant_id, ${names.join(', ')}) select $1, ${values} from unnest(${source}) as x(${names.join(', ')})`, [ctx.tenant.id, ...arrays])
  }
}
