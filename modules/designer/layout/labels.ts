import { centre, type Box, type Graph, type Point } from './types.ts'

/** Chinese at 12 px, as bpmn-js draws it: one em a character, half of it for Latin letters. */
const CHAR = 12, LINE = 14, WIDEST = 96

function measure(text: string): { width: number; height: number } {
  const width = [...text].reduce((sum, c) => sum + (c.charCodeAt(0) < 256 ? CHAR * 0.56 : CHAR), 0) + 4
  const lines = Math.ceil(width / WIDEST)
  return { width: Math.ceil(Math.min(width, WIDEST)), height: lines * LINE }
}

/** Names of events below them, of gateways where no flow leaves, of flows beside their first piece. */
export function labels(graph: Graph, boxes: ReadonlyMap<string, Box>, ways: ReadonlyMap<string, readonly Point[]>): Map<string, Box> {
  const result = new Map<string, Box>()
  for (const node of graph.nodes) {
    const box = boxes.get(node.id)
    if (!box || !node.name || node.kind === 'task') continue
    const size = measure(node.name), c = centre(box)
    const taken = touching(graph, ways, node.id)
    if (node.kind === 'event') result.set(node.id, beside(box, size, taken, 'bottom'))
    else if (node.kind === 'boundary') {
      const right = { x: c.x + 16, y: box.y + box.height - 4, ...size }
      result.set(node.id, crossed(right, ways) ? { ...right, x: c.x - 8 - size.width } : right)
    }
    else result.set(node.id, beside(box, size, taken, 'top'))
  }
  for (const flow of graph.flows) {
    const way = ways.get(flow.id)
    if (!flow.name || !way || way.length < 2) continue
    const size = measure(flow.name), [a, b] = [way[0]!, way[1]!]
    if (a.y === b.y) result.set(flow.id, { x: b.x > a.x ? a.x + 5 : a.x - 5 - size.width, y: a.y - 4 - size.height, ...size })
    else result.set(flow.id, { x: a.x + 6, y: b.y > a.y ? a.y + 6 : a.y - 6 - size.height, ...size })
  }
  return result
}

const crossed = (b: Box, ways: ReadonlyMap<string, readonly Point[]>): boolean => [...ways.values()].some(way => way.some((p, n) => {
  const q = way[n - 1]
  return q !== undefined && Math.max(p.x, q.x) > b.x && Math.min(p.x, q.x) < b.x + b.width && Math.max(p.y, q.y) > b.y && Math.min(p.y, q.y) < b.y + b.height
}))

type Side = 'top' | 'bottom'

function touching(graph: Graph, ways: ReadonlyMap<string, readonly Point[]>, id: string): Set<Side> {
  const sides = new Set<Side>()
  const look = (end: Point | undefined, next: Point | undefined): void => { if (end && next && end.x === next.x) sides.add(next.y < end.y ? 'top' : 'bottom') }
  for (const flow of graph.flows) {
    const way = ways.get(flow.id)
    if (flow.source === id) look(way?.[0], way?.[1])
    if (flow.target === id) look(way?.at(-1), way?.at(-2))
  }
  return sides
}

/** On the side one likes, on the other where a flow is in the way, above the left corner where both are taken. */
function beside(box: Box, size: { width: number; height: number }, taken: Set<Side>, liked: Side): Box {
  const c = centre(box)
  const free = [liked, liked === 'top' ? 'bottom' as const : 'top' as const].find(side => !taken.has(side))
  if (!free) return { x: c.x - size.width - 8, y: box.y - 2 - size.height, ...size }
  return { x: c.x - size.width / 2, y: free === 'top' ? box.y - 5 - size.height : box.y + box.height + 5, ...size }
}
