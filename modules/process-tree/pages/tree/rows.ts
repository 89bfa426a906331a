import type { Placed, TreeNode } from '../../rules/tree.ts'

type Node = Placed<TreeNode>
export type TreeRow = { node: Node, open: boolean, parent: boolean }

/** The nodes to show, from those in tree order: what lies below a closed node is left out. While searching, matches and what leads to them. */
export function rowsOf(nodes: readonly Node[], open: ReadonlySet<string>, q: string): TreeRow[] {
  const wanted = q.trim().toLowerCase()
  const kept = wanted === '' ? null : leading(nodes, n => `${n.name} ${n.code}`.toLowerCase().includes(wanted))
  const rows: TreeRow[] = []
  let closedAt = Infinity
  for (const node of nodes) {
    if (kept ? !kept.has(node.id) : node.level > closedAt) continue
    closedAt = Infinity
    const isOpen = node.below > 0 && (kept !== null || open.has(node.id))
    if (!isOpen && !kept) closedAt = node.level
    rows.push({ node, open: isOpen, parent: node.below > 0 })
  }
  return rows
}

function leading(nodes: readonly Node[], matches: (n: Node) => boolean): Set<string> {
  const byId = new Map(nodes.map(n => [n.id, n]))
  const kept = new Set<string>()
  for (const n of nodes) if (matches(n)) for (let at: Node | undefined = n; at && !kept.has(at.id); at = at.parentId ? byId.get(at.parentId) : undefined) kept.add(at.id)
  return kept
}

export type Way = 'up' | 'down' | 'in' | 'out'

/** Where Alt and an arrow take a node; null: no further that way. */
export function placeFor(nodes: readonly Node[], id: string, way: Way): { parentId: string | null, before: string | null } | null {
  const node = nodes.find(n => n.id === id)
  if (!node) return null
  const siblings = (parent: string | null) => nodes.filter(n => n.parentId === parent)
  const own = siblings(node.parentId), at = own.indexOf(node)
  if (way === 'up') return at > 0 ? { parentId: node.parentId, before: own[at - 1]!.id } : null
  if (way === 'down') return at < own.length - 1 ? { parentId: node.parentId, before: own[at + 2]?.id ?? null } : null
  if (way === 'in') return at > 0 ? { parentId: own[at - 1]!.id, before: null } : null
  const parent = nodes.find(n => n.id === node.parentId)
  if (!parent) return null
  const around = siblings(parent.parentId)
  return { parentId: parent.parentId, before: around[around.indexOf(parent) + 1]?.id ?? null }
}
