/** A node of the tree as its rules see it. The order of siblings is their position, then their code. */
export interface TreeNode {
  id: string; code: string; name: string; kind: 'phase' | 'process' | 'step'; parentId: string | null; position: number; nextId: string | null; ownerRole: string | null
  prepare: string | null; talkTo: string | null; support: string | null; feedback: string | null; mustBefore: string | null; mustAfter: string | null; processKey: string | null; nodeId: string | null
}

export type Placed<N> = N & { level: number; /** how many lie below it, at any depth */ below: number }

const inOrder = (a: { position: number; code: string }, b: { position: number; code: string }): number => a.position - b.position || (a.code < b.code ? -1 : 1)

/** Children by parent, in their order; one pass over the nodes. A parent that is not among them counts as none. */
export function childrenOf<N extends { id: string; parentId: string | null; position: number; code: string }>(nodes: readonly N[]): Map<string | null, N[]> {
  const known = new Set(nodes.map(n => n.id))
  const children = new Map<string | null, N[]>()
  for (const n of nodes) {
    const parent = n.parentId !== null && known.has(n.parentId) ? n.parentId : null
    const list = children.get(parent)
    if (list) list.push(n)
    else children.set(parent, [n])
  }
  for (const list of children.values()) list.sort(inOrder)
  return children
}

/** Depth first, every node with its level (1 at the top) and what lies below it. No recursion: a tree may be deeper than a stack. Work grows with the number of nodes. */
export function inTreeOrder<N extends { id: string; parentId: string | null; position: number; code: string }>(nodes: readonly N[]): Placed<N>[] {
  const children = childrenOf(nodes)
  const out: Placed<N>[] = []
  const path: Placed<N>[] = []
  const open: Array<{ node: N; level: number }> = (children.get(null) ?? []).toReversed().map(node => ({ node, level: 1 }))
  for (let next = open.pop(); next; next = open.pop()) {
    const placed: Placed<N> = { ...next.node, level: next.level, below: 0 }
    path.length = next.level - 1
    path.push(placed)
    out.push(placed)
    for (const child of (children.get(placed.id) ?? []).toReversed()) open.push({ node: child, level: next.level + 1 })
  }
  // whoever comes later in this order is below those before it: counted from the end, each once
  const at = new Map(out.map(n => [n.id, n]))
  for (const n of out.toReversed()) { const parent = n.parentId === null ? undefined : at.get(n.parentId); if (parent) parent.below += n.below + 1 }
  return out
}

export interface RingProblem { nodeId: string | null; message: string }
export interface Ring { /** ids along the links, from the first; ends where the chain breaks */ order: string[]; closed: boolean; problems: RingProblem[] }

/** Level 1 is a closed loop, from marketing to maintenance and back: every node names its next, each is named once, and one walk meets them all. */
export function ringOf(nodes: readonly TreeNode[]): Ring {
  const roots = childrenOf(nodes).get(null) ?? []
  const byId = new Map(nodes.map(n => [n.id, n]))
  const isRoot = new Set(roots.map(n => n.id))
  const problems: RingProblem[] = []
  const refuse = (nodeId: string | null, message: string): void => { problems.push({ nodeId, message }) }
  if (roots.length < 2) return { order: roots.map(n => n.id), closed: false, problems: [{ nodeId: roots[0]?.id ?? null, message: roots.length ? '第一级只有一个节点，连不成环' : '还没有第一级节点' }] }
  const named = new Map<string, TreeNode[]>()
  for (const n of roots) {
    const next = n.nextId ? byId.get(n.nextId) : undefined
    if (!next) { refuse(n.id, `“${n.name}”没有指明下一环`); continue }
    if (!isRoot.has(next.id)) { refuse(n.id, `“${n.name}”的下一环“${next.name}”不在第一级`); continue }
    if (next.id === n.id) { refuse(n.id, `“${n.name}”的下一环是它自己`); continue }
    named.set(next.id, [...(named.get(next.id) ?? []), n])
  }
  for (const n of roots) {
    const by = named.get(n.id) ?? []
    if (by.length > 1) refuse(n.id, `${by.map(x => `“${x.name}”`).join('、')}的下一环都是“${n.name}”，只能有一个`)
    if (!by.length && n !== roots[0]) refuse(n.id, `没有节点以“${n.name}”为下一环`)
  }
  const order: string[] = []
  const seen = new Set<string>()
  let at: TreeNode | undefined = roots[0]
  while (at && isRoot.has(at.id) && !seen.has(at.id)) { seen.add(at.id); order.push(at.id); at = at.nextId ? byId.get(at.nextId) : undefined }
  const last = byId.get(order.at(-1)!)!
  const closed = at?.id === roots[0]!.id
  if (!closed) refuse(last.id, `环没有闭合：从“${roots[0]!.name}”走到“${last.name}”，没有回到“${roots[0]!.name}”`)
  else if (order.length < roots.length) refuse(null, `环里只有 ${order.length} 个，还有 ${roots.length - order.length} 个不在环里：${roots.filter(n => !seen.has(n.id)).map(n => n.name).join('、')}`)
  return { order, closed: closed && order.length === roots.length && !problems.length, problems }
}

/** Siblings with the node taken to another place among them: the positions that change. */
export function reordered(siblings: readonly { id: string; position: number }[], id: string, to: number): Map<string, number> {
  const rest = siblings.filter(n => n.id !== id)
  const ids = [...rest.slice(0, to).map(n => n.id), id, ...rest.slice(to).map(n => n.id)]
  const before = new Map(siblings.map(n => [n.id, n.position]))
  return new Map(ids.map((each, i) => [each, i + 1] as const).filter(([each, i]) => before.get(each) !== i || each === id))
}
