import type pg from 'pg'

/** Column → SQL type; rows travel as one array a column, which costs a fraction of a statement a row. */
export interface Bulk<C extends string> { push(row: Record<C, unknown>): Promise<void>; end(): Promise<number> }

const BATCH = 5000

/** The statement that a connection is busy with: it takes one at a time, whichever table the next batch is for. */
const busy = new WeakMap<pg.Client, Promise<unknown>>()

/** Collects rows and sends a batch while the next one is being made. `cast`: what a value becomes on its way into the column. */
export function bulk<C extends string>(client: pg.Client, table: string, columns: Record<C, string>, constants: Record<string, unknown> = {}, cast: Partial<Record<C, string>> = {}): Bulk<C> {
  const names = Object.keys(columns) as C[]
  const fixed = Object.keys(constants)
  const into = [...fixed, ...names].map(c => `"${c}"`).join(', ')
  const from = [...fixed.map((_, i) => `$${i + 1}`), ...names.map(c => `x."${c}"${cast[c] ? `::${cast[c]}` : ''}`)].join(', ')
  const arrays = names.map((c, i) => `$${fixed.length + i + 1}::${columns[c]}[]`).join(', ')
  const text = `insert into ${table} (${into}) select ${from} from unnest(${arrays}) as x(${names.map(c => `"${c}"`).join(', ')})`
  let held: unknown[][] = names.map(() => [])
  let total = 0
  const flush = async (): Promise<void> => {
    const batch = held
    held = names.map(() => [])
    while (busy.has(client)) await busy.get(client)
    if (!batch[0]!.length) return
    const sent = client.query(text, [...Object.values(constants), ...batch]).finally(() => busy.delete(client))
    sent.catch(() => {}) // told to whoever waits for it
    busy.set(client, sent)
  }
  return {
    async push(row) {
      names.forEach((c, i) => held[i]!.push(row[c]))
      total++
      if (held[0]!.length >= BATCH) await flush()
    },
    async end() { await flush(); await busy.get(client); return total },
  }
}
