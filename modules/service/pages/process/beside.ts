import type { Box, Drawing, Point } from './drawing.ts'

export type Way = { from: string, to: string, count: number, broken: number, path: string, label: Point }
export type Beside = { width: number, height: number, nodes: Array<Box & { count: number, drawn: boolean }>, ways: Way[] }

type Graph = { nodes: Array<{ kind: 'start' | 'activity' | 'end', activity: string, count: number }>, edges: Array<{ from: string, to: string, count: number }> }

const ROW = 64, WIDE = 96, HIGH = 44

/**
 * The map of what happened, on the places of the drawing: an activity stands where the drawing has the step of that name, the start where it begins, the end
 * below everything; what the drawing does not know stands in a row beneath it. `breaks`: the ways on which cases left the drawing.
 */
export function beside(graph: Graph, drawing: Drawing, breaks: ReadonlyArray<{ from: string, to: string, times: number }>): Beside {
  const tasks = new Map(drawing.boxes.filter(box => box.kind === 'task').map(box => [box.name, box]))
  const begin = drawing.boxes.filter(box => box.kind === 'event').toSorted((a, b) => a.y - b.y)[0]
  const strange = graph.nodes.filter(node => node.kind === 'activity' && !tasks.has(node.activity))
  const perRow = Math.max(1, Math.floor(Math.max(drawing.width, 320) / (WIDE + 24))), rows = Math.ceil(strange.length / perRow)
  const width = Math.max(drawing.width, 320), bottom = drawing.height + rows * ROW
  const nodes = graph.nodes.map((node): Beside['nodes'][number] => {
    const known = tasks.get(node.activity)
    if (known) return { ...known, id: node.activity, count: node.count, drawn: true }
    if (node.kind !== 'activity') return { id: node.activity, name: '', kind: 'event', x: node.kind === 'start' ? begin?.x ?? width / 2 : width / 2, y: node.kind === 'start' ? begin?.y ?? 14 : bottom + 20, width: 24, height: 24, count: node.count, drawn: true }
    const n = strange.indexOf(node)
    return { id: node.activity, name: node.activity, kind: 'task', x: 24 + WIDE / 2 + (n % perRow) * (WIDE + 24), y: drawing.height + Math.floor(n / perRow) * ROW + HIGH / 2, width: WIDE, height: HIGH, count: node.count, drawn: false }
  })
  const at = new Map(nodes.map(node => [node.id, node])), broken = new Map(breaks.map(each => [`${each.from}\u0000${each.to}`, each.times]))
  const ways = graph.edges.flatMap((edge): Way[] => {
    const a = at.get(edge.from), b = at.get(edge.to)
    return a && b ? [{ from: edge.from, to: edge.to, count: edge.count, broken: broken.get(`${edge.from}\u0000${edge.to}`) ?? 0, ...bend(a, b) }] : []
  })
  return { width: width + 40, height: bottom + 44, nodes, ways }
}

/** Forwards to the right of the straight line, back to the left: a way and its way back never lie upon each other. */
function bend(a: Box, b: Box): { path: string, label: Point } {
  if (a.id === b.id) {
    const x = a.x + a.width / 2
    return { path: `M${x} ${a.y - 10}C${x + 34} ${a.y - 22} ${x + 34} ${a.y + 22} ${x} ${a.y + 10}`, label: { x: x + 28, y: a.y } }
  }
  const dx = b.x - a.x, dy = b.y - a.y, far = Math.hypot(dx, dy) || 1
  const aside = Math.min(70, 10 + far * 0.16), middle = { x: (a.x + b.x) / 2 + (dy / far) * aside, y: (a.y + b.y) / 2 - (dx / far) * aside }
  const from = border(a, middle), to = border(b, middle)
  return { path: `M${round(from.x)} ${round(from.y)}Q${round(middle.x)} ${round(middle.y)} ${round(to.x)} ${round(to.y)}`, label: { x: round((from.x + 2 * middle.x + to.x) / 4), y: round((from.y + 2 * middle.y + to.y) / 4) } }
}

const round = (n: number): number => Math.round(n * 10) / 10

/** Where the line from a box's middle to a point leaves the box. */
function border(box: Box, to: Point): Point {
  const dx = to.x - box.x, dy = to.y - box.y
  const t = Math.min(dx === 0 ? Infinity : box.width / 2 / Math.abs(dx), dy === 0 ? Infinity : box.height / 2 / Math.abs(dy), 1)
  return { x: box.x + dx * t, y: box.y + dy * t }
}
