import type { ModelNode } from './types.ts'

/** What needs nothing first. `cycle`: nodes that need each other in a ring, if there is one. */
export function orderNodes(nodes: readonly ModelNode[]): { order: ModelNode[]; cycle: ModelNode[] | null } {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const order: ModelNode[] = []
  const state = new Map<ModelNode, 'open' | 'done'>()
  let cycle: ModelNode[] | null = null
  for (const root of nodes) {
    if (state.has(root)) continue
    // an own stack: a chain of thousands must not use up the program's
    const path: { node: ModelNode; rest: string[] }[] = [{ node: root, rest: [...root.decisions, ...root.knowledge] }]
    state.set(root, 'open')
    while (path.length) {
      const top = path[path.length - 1]!
      const id = top.rest.pop()
      if (id === undefined) {
        state.set(top.node, 'done')
        order.push(top.node)
        path.pop()
        continue
      }
      const next = byId.get(id)
      if (!next || state.get(next) === 'done') continue
      if (state.get(next) === 'open') {
        cycle ??= path.slice(path.findIndex((step) => step.node === next)).map((step) => step.node)
        continue
      }
      state.set(next, 'open')
      path.push({ node: next, rest: [...next.decisions, ...next.knowledge] })
    }
  }
  return { order, cycle }
}
