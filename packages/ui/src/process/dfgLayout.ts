// Loaded lazily: dagre makes a chunk of its own.
import { graphlib, layout } from '@dagrejs/dagre'
import { isEnd, isStart, type Dfg } from './dfg.ts'

export type Placed = {
  width: number, height: number
  nodes: Array<{ id: string, x: number, y: number, width: number, height: number }>
  edges: Array<{ from: string, to: string, points: Array<{ x: number, y: number }>, label: { x: number, y: number } }>
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
      const placed = g.edge(edge.from, edge.to) as unknown as { points: Array<{ x: number, y: number }>, x?: number, y?: number }
      const middle = placed.points[Math.floor(placed.points.length / 2)] ?? { x: 0, y: 0 }
      return { from: edge.from, to: edge.to, points: placed.points, label: { x: placed.x ?? middle.x, y: placed.y ?? middle.y } }
    }),
  }
}

/** Chinese characters are about twice as wide as Latin ones. */
function widthOf(text: string): number {
  const units = [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 13 : 7.2), 0)
  return Math.min(240, Math.max(96, units + 26))
}
