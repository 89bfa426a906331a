/** Median and 80 % quantile of what remained, in days, by a key of the state. */
export interface Table { all: [number, number]; by: Record<string, [number, number]> }

function both(values: readonly number[]): [number, number] {
  const v = Float64Array.from(values).sort(), n = v.length
  return n === 0 ? [0, 0] : [(v[(n - 1) >> 1]! + v[n >> 1]!) / 2, v[Math.ceil(0.8 * n) - 1]!]
}

/** A key that was seen fewer than `few` times gets no line of its own. */
export function tableOf(keys: readonly string[], days: Float64Array, few: number): Table {
  const groups = new Map<string, number[]>()
  for (let i = 0; i < keys.length; i++) {
    const g = groups.get(keys[i]!)
    if (g) g.push(days[i]!)
    else groups.set(keys[i]!, [days[i]!])
  }
  return { all: both([...days]), by: Object.fromEntries([...groups].flatMap(([key, values]) => (values.length >= few ? [[key, both(values)] as const] : []))) }
}

/** The first of the tables that knows its key; else what is usual in the whole process. */
export function lookUp(tables: readonly (readonly [Table, string])[]): [number, number] {
  for (const [table, key] of tables) if (Object.hasOwn(table.by, key)) return table.by[key]!
  return tables.at(-1)?.[0].all ?? [0, 0]
}
