/** The directly-follows graph of recorded cases. Times in minutes. */
export type DfgNode = { id: string, name?: string, label?: string, count: number, medianMinutes?: number | null }
export type DfgEdge = { from: string, to: string, count: number, medianMinutes?: number | null }
export type Dfg = { nodes: DfgNode[], edges: DfgEdge[] }

export const isStart = (id: string) => id === '$start' || id === 'start' || id === '__start__'
export const isEnd = (id: string) => id === '$end' || id === 'end' || id === '__end__'

/**
 * The part of the graph to draw: the most frequent activities, and of the paths between them the most frequent.
 * Shares are 0…1. Every drawn activity keeps its strongest way in and out, so nothing hangs in the air.
 */
export function simplify(graph: Dfg, activityShare: number, pathShare: number): Dfg {
  const inner = graph.nodes.filter(node => !isStart(node.id) && !isEnd(node.id)).sort((a, b) => b.count - a.count)
  const kept = new Set(inner.slice(0, Math.max(1, Math.ceil(inner.length * activityShare))).map(node => node.id))
  for (const node of graph.nodes) if (isStart(node.id) || isEnd(node.id)) kept.add(node.id)
  const edges = graph.edges.filter(edge => kept.has(edge.from) && kept.has(edge.to)).sort((a, b) => b.count - a.count)
  const chosen = new Set(edges.slice(0, Math.ceil(edges.length * pathShare)))
  for (const id of kept) {
    const incoming = edges.find(edge => edge.to === id && edge.from !== id)
    const outgoing = edges.find(edge => edge.from === id && edge.to !== id)
    if (incoming) chosen.add(incoming)
    if (outgoing) chosen.add(outgoing)
  }
  return { nodes: graph.nodes.filter(node => kept.has(node.id)), edges: edges.filter(edge => chosen.has(edge)) }
}

/** 0…1 on a square-root scale: rare things stay visible beside frequent ones. */
export function weight(count: number, max: number): number {
  return max <= 0 ? 0 : Math.sqrt(count / max)
}

/** 1 234 → 1,234; 12 345 → 1.2万 */
export function countText(count: number): string {
  return count >= 10_000 ? `${(count / 10_000).toFixed(1).replace(/\.0$/, '')}万` : String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
