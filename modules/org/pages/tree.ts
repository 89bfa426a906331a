import type { Row } from '@quancheng/ui'

export type UnitNode = { row: Row, children: UnitNode[] }

/** Rows with `parentId` as a tree; a unit whose parent the reader may not see stands at the top. */
export function treeOf(rows: Row[]): UnitNode[] {
  const nodes = new Map(rows.map(row => [row.id, { row, children: [] as UnitNode[] }]))
  const roots: UnitNode[] = []
  for (const node of nodes.values()) {
    const parent = typeof node.row.parentId === 'string' ? nodes.get(node.row.parentId) : undefined
    if (parent && parent !== node) parent.children.push(node)
    else roots.push(node)
  }
  const order = (a: UnitNode, b: UnitNode) => Number(a.row.position ?? 0) - Number(b.row.position ?? 0) || String(a.row.code).localeCompare(String(b.row.code))
  for (const node of nodes.values()) node.children.sort(order)
  return roots.sort(order)
}

/** The nodes that match, with the way down to them. An empty text leaves all. */
export function search(nodes: UnitNode[], text: string): UnitNode[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return nodes
  return nodes.flatMap(node => {
    if (`${String(node.row.code)} ${String(node.row.name)}`.toLowerCase().includes(wanted)) return [node]
    const children = search(node.children, text)
    return children.length > 0 ? [{ ...node, children }] : []
  })
}

/** A unit and all below it: where it must not be moved to. */
export function below(nodes: UnitNode[], id: string): Set<string> {
  const found = new Set<string>()
  const take = (node: UnitNode) => { found.add(node.row.id); node.children.forEach(take) }
  const visit = (node: UnitNode) => { if (node.row.id === id) take(node); else node.children.forEach(visit) }
  nodes.forEach(visit)
  return found
}
