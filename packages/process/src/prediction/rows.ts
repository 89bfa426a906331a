import { Prefix, widthOf, workloadOf, type Coding } from './features.ts'
import { DAY, type PastCase } from './types.ts'

/** One row for every moment of every case at which something was known and something remained: after its 2nd … last but one event. */
export interface Rows {
  columns: Float64Array[]
  /** days from the event to the end of the case */
  days: Float64Array
  at: Float64Array
  /** position of the case among those given */
  caseOf: Int32Array
  byLength: string[]
  byActivity: string[]
  byMultiset: string[]
}

export const FIRST_PREFIX = 2

export function rowsOf(cases: readonly PastCase[], coding: Coding, workload: ReturnType<typeof workloadOf>): Rows {
  let n = 0
  for (const c of cases) n += Math.max(0, c.events.length - FIRST_PREFIX)
  const rows: Rows = {
    columns: Array.from({ length: widthOf(coding) }, () => new Float64Array(n)), days: new Float64Array(n), at: new Float64Array(n), caseOf: new Int32Array(n),
    byLength: [], byActivity: [], byMultiset: [],
  }
  const shared = new Map<string, string>()
  const once = (key: string): string => { const s = shared.get(key); if (s !== undefined) return s; shared.set(key, key); return key }
  let r = 0
  cases.forEach((c, position) => {
    const end = c.events.at(-1)?.at ?? 0, prefix = new Prefix()
    c.events.slice(0, -1).forEach((e, i) => {
      prefix.add(e)
      if (i + 1 < FIRST_PREFIX) return
      prefix.row(coding, workload(e.at)).forEach((v, f) => { rows.columns[f]![r] = v })
      rows.days[r] = (end - e.at) / DAY
      rows.at[r] = e.at
      rows.caseOf[r] = position
      rows.byLength.push(once(String(i + 1)))
      rows.byActivity.push(once(e.activity))
      rows.byMultiset.push(once(prefix.multiset))
      r++
    })
  })
  return rows
}

/** The same rows from `from` to `to`; the columns share their memory. */
export const slice = (rows: Rows, from: number, to: number): Rows => ({
  columns: rows.columns.map(c => c.subarray(from, to)), days: rows.days.subarray(from, to), at: rows.at.subarray(from, to), caseOf: rows.caseOf.subarray(from, to),
  byLength: rows.byLength.slice(from, to), byActivity: rows.byActivity.slice(from, to), byMultiset: rows.byMultiset.slice(from, to),
})

/** All rows but those from `from` to `to`. */
export function without(rows: Rows, from: number, to: number): { columns: Float64Array[]; days: Float64Array } {
  const cut = (c: Float64Array): Float64Array => {
    const out = new Float64Array(c.length - (to - from))
    out.set(c.subarray(0, from))
    out.set(c.subarray(to), from)
    return out
  }
  return { columns: rows.columns.map(cut), days: cut(rows.days) }
}
