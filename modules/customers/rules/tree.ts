import { sumDecimal } from '@quancheng/kernel'

/** Each node's own figure and those of all below it, as decimal text. Parents stand before their children; a node whose parent is not among them is a top. */
export function addUp(nodes: ReadonlyArray<{ id: string; parentId: string | null }>, own: ReadonlyMap<string, string>): Map<string, string> {
  const total = new Map(nodes.map(n => [n.id, own.get(n.id) ?? '0']))
  for (const n of nodes.toReversed()) {
    if (n.parentId && total.has(n.parentId)) total.set(n.parentId, sumDecimal([total.get(n.parentId)!, total.get(n.id)!]))
  }
  return total
}
