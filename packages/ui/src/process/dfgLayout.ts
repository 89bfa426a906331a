// Loaded lazily: dagre makes a chunk of its own.
import { graphlib, layout } from '@dagrejs/dagre'
import { isEnd, isStart, type Dfg } from './dfg.ts'

export type Placed = {
  width: number, height: number
  nodes: Array<{ id: string, x: number, y: number, width: number, height: number }>
  edges: Array<{ from: string, to: string, points: Array<{ x: number, y: number }>, label: { x: number, y: number }, /** path of a way from an activity to itself */ loop?: string }>
}

/** Places activities from top to bottom. Units are px of the drawing; x and y of a node are its centre. */
export function place(graph: Dfg): Placed {
  const g = new graphlib.Graph({ multigraph: false, directed: true })
  g.setGraph({ rankdir: 'TB', nodesep: 46, ranksep: 52, edgesep: 24, marginx: 20, marginy: 20 })
  g.setDefaultEdgeLabel(() => ({}))
  for (const node of graph.nodes) {
    const round = isStart(node.id) || isEnd(node.id)
    g.setNode(node.id, round ? { width: 64, height: 26 } : { width: widthOf(node.name ?? node.label ?? node.id), height: 42 })
  }
  for (const edge of graph.edges) g.setEdge(edge.from, edge.to, { width: 64, height: 16, labelpos: 'c' })
  layout(g)
  const size = g.graph() as { width?: number, height?: number }
  return {
    width: size.width ?? 0,
    height: size.height ?? 0,
    nodes: graph.nodes.map(node => ({ id: node.id, ...(g.node(node.id) as { x: number, y: number, width: number, height: number }) })),
    edges: graph.edges.map(edge => {
      if (edge.from === edge.to) return loopOf(edge.from, g.node(edge.from) as { x: number, y: number, width: number, height: number })
      const placed = g.edge(edge.from, edge.to) as unknown as { points: Array<{ x: number, y: number }>, x?: number, y?: number }
      const middle = placed.points[Math.floor(placed.points.length / 2)] ?? { x: 0, y: 0 }
      return { from: edge.from, to: edge.to, points: placed.points, label: { x: placed.x ?? middle.x, y: placed.y ?? middle.y } }
    }),
  }
}

/** The layout only keeps room beside the node; the arc is ours: out above, in below. */
function loopOf(id: string, node: { x: number, y: number, width: number, height: number }): Placed['edges'][number] {
  const right = node.x + node.width / 2, reach = right + 52
  return { from: id, to: id, points: [{ x: right, y: node.y - 12 }, { x: right, y: node.y + 12 }], label: { x: right + 42, y: node.y }, loop: `M${right} ${node.y - 12}C${reach} ${node.y - 26} ${reach} ${node.y + 26} ${right} ${node.y + 12}` }
}

/** Chinese characters are about twice as wide as Latin ones. */
function widthOf(text: string): number {
  const units = [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 14 : 7.8), 0)
  return Math.min(240, Math.max(96, units + 26))
}
