const cents = (n: number): number => Math.round(n * 100) / 100
const tenth = (n: number): number => Math.round(n * 10) / 10

export interface Saving { unitPrice: number; listPrice: number | null; saved: number | null; savedPercent: number | null; gapPercent: number | null; hints: string[] }

/**
 * What one unit cost a customer, what it saved against the list, and how that compares with the mean of its group (SA-19). Unit prices have four
 * decimals, per cents one. `list`: what the same would have cost by the list; null: nobody named one. `mean`: amount ÷ quantity of the whole group.
 */
export function savingOf(o: { quantity: number; amount: number; list: number | null; mean: number | null }): Saving | null {
  if (o.quantity <= 0) return null
  const unitPrice = Math.round(o.amount / o.quantity * 10_000) / 10_000, listed = o.list !== null && o.list > 0
  const saved = listed ? cents(o.list! - o.amount) : null, savedPercent = listed ? tenth((o.list! - o.amount) / o.list! * 100) : null
  const gapPercent = o.mean !== null && o.mean > 0 ? tenth((unitPrice / o.mean - 1) * 100) : null
  return { unitPrice, listPrice: listed ? Math.round(o.list! / o.quantity * 10_000) / 10_000 : null, saved, savedPercent, gapPercent, hints: hintsFor({ savedPercent, gapPercent, mean: o.mean, unitPrice, quantity: o.quantity }) }
}

function hintsFor(o: { savedPercent: number | null; gapPercent: number | null; mean: number | null; unitPrice: number; quantity: number }): string[] {
  const hints: string[] = []
  if (o.gapPercent !== null && o.gapPercent > 5) hints.push(`单价高于集团平均 ${o.gapPercent} %：按平均价可少花 ${cents((o.unitPrice - o.mean!) * o.quantity)} 元，建议并入集团协议或提前预订`)
  if (o.gapPercent !== null && o.gapPercent < -5) hints.push(`单价低于集团平均 ${-o.gapPercent} %：可作为集团的标杆价`)
  if (o.savedPercent !== null && o.savedPercent <= 0) hints.push('没有比目录价便宜：核对是否执行了协议价')
  return hints
}

export interface Item { item: string; count: number; quantity: number; amount: number }
export interface Tail { carriers: Item[]; carriedPercent: number; rare: Item[]; rareCount: number; total: number }

/** Which few items carry the volume (SA-20): by count, from the most frequent, until they carry at least `percent`; `rare` are those with at most `most`. */
export function fewThatMatter(items: readonly Item[], percent = 90, most = 2): Tail {
  const sorted = items.toSorted((a, b) => b.count - a.count || b.amount - a.amount || a.item.localeCompare(b.item)), total = sorted.reduce((n, i) => n + i.count, 0)
  const carriers: Item[] = []
  let carried = 0
  for (const i of sorted) {
    if (total === 0 || carried / total * 100 >= percent) break
    carriers.push(i)
    carried += i.count
  }
  const rare = sorted.filter(i => i.count <= most)
  return { carriers, carriedPercent: total ? tenth(carried / total * 100) : 0, rare, rareCount: rare.length, total }
}

export interface Demand { item: string; customerId: string; count: number; quantity: number }
export interface Proposal { item: string; customers: string[]; count: number; quantity: number; percent: number }

/** Where the demand of a few meets (TP-09): an item to which at least `least` of their own customers' trips go, for at least two of them. Per cent of all trips of those customers. */
export function concentration(rows: readonly Demand[], least = 50): Proposal[] {
  const all = new Map<string, number>(), by = new Map<string, Demand[]>()
  for (const r of rows) { all.set(r.customerId, (all.get(r.customerId) ?? 0) + r.count); by.set(r.item, [...(by.get(r.item) ?? []), r]) }
  const proposals: Proposal[] = []
  for (const [item, demand] of by) {
    const customers = demand.map(d => d.customerId), count = demand.reduce((n, d) => n + d.count, 0), trips = customers.reduce((n, c) => n + all.get(c)!, 0)
    const percent = trips ? Math.round(count / trips * 100) : 0
    if (customers.length >= 2 && percent >= least) proposals.push({ item, customers, count, quantity: Math.round(demand.reduce((n, d) => n + d.quantity, 0) * 1000) / 1000, percent })
  }
  return proposals.toSorted((a, b) => b.count - a.count)
}
