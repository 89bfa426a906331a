export type Target = { id: string, parentId: string | null, period: string, measure: string, unitId: string, unit: string, userId: string | null, person: string | null, productId: string | null, product: string | null, amount: string, done: string, percent: number, elapsed: number, light: 'green' | 'yellow' | 'red', from: string, to: string, overPeriods: string | null, overPeople: string | null }
export type Shown = Target & { depth: number, parts: number }

/** Wholes with their parts under them; a part whose whole is not seen stands at the top. Of a whole that is not `open` the parts are left out. */
export function inTree(items: readonly Target[], open: (t: Target, depth: number) => boolean = () => true): Shown[] {
  const known = new Set(items.map(t => t.id)), under = Map.groupBy(items, t => (t.parentId && known.has(t.parentId) ? t.parentId : ''))
  const walk = (id: string, depth: number): Shown[] => (under.get(id) ?? []).flatMap(t => [{ ...t, depth, parts: under.get(t.id)?.length ?? 0 }, ...(open(t, depth) ? walk(t.id, depth + 1) : [])])
  return walk('', 0)
}

export const isMoney = (measure: string): boolean => measure === 'signed' || measure === 'received'
