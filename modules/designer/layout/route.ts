import type { Placed } from './place.ts'
import { centre, type Box, type Flow, type Graph, type Point } from './types.ts'

/** What makes a way ugly, in px of detour that one would rather take. */
const BEND = 45, SHARED = 400, SAME_GOAL = 4, SAME_FORK = 6, CROSSING = 35, NOT_LEFT = 30, NOT_RIGHT = 12, FROM_RIGHT = 300

type Step = { i: number; j: number; dir: 0 | 1 | 2 | 3; cost: number; estimate: number; from: Step | null }
const MOVES = [[1, 0], [-1, 0], [0, 1], [0, -1]] as const

/** All flows as right-angled ways on the grid, around the nodes, with few bends and few crossings. Short ones come first. */
export function route(graph: Graph, placed: Placed): Map<string, Point[]> {
  const used = new Map<string, Flow>(), ways = new Map<string, Point[]>()
  const length = (f: { source: string; target: string }): number => {
    const a = centre(placed.boxes.get(f.source)!), b = centre(placed.boxes.get(f.target)!)
    return Math.abs(a.x - b.x) + Math.abs(a.y - b.y) + (b.x < a.x ? 5000 : 0)
  }
  for (const flow of graph.flows.toSorted((a, b) => length(a) - length(b))) ways.set(flow.id, find(graph, placed, flow, used))
  return ways
}

function find(graph: Graph, { boxes, xs, ys }: Placed, flow: Flow, used: Map<string, Flow>): Point[] {
  const source = boxes.get(flow.source)!, target = boxes.get(flow.target)!
  const start = centre(source), goal = centre(target)
  const kind = graph.nodes.find(n => n.id === flow.source)!
  const own = new Set([flow.source, flow.target, ...(kind.host ? [kind.host] : [])])
  const obstacles = [...boxes].filter(([id]) => !own.has(id)).map(([, box]) => grown(box, 6))
  // a boundary event may be left over its host's edge, but nothing runs through the host itself
  if (kind.host) obstacles.push(grown(boxes.get(kind.host)!, -2))
  const timers = graph.nodes.filter(n => n.host).map(n => centre(boxes.get(n.id)!))
  const at = (p: Point): [number, number] => [xs.indexOf(p.x), ys.indexOf(p.y)]
  const [si, sj] = at(start), [gi, gj] = at(goal)
  const open: Step[] = [{ i: si, j: sj, dir: 0, cost: 0, estimate: 0, from: null }]
  const best = new Map<string, number>()
  for (;;) {
    const step = take(open)
    if (!step) return [edge(start, goal, source), edge(goal, start, target)]
    if (step.i === gi && step.j === gj) return finish(step, { xs, ys, source, target, flow, used })
    for (const [d, [di, dj]] of MOVES.entries()) {
      const i = step.i + di, j = step.j + dj, dir = d as Step['dir']
      if (i < 0 || j < 0 || i >= xs.length || j >= ys.length || (step.from && (step.dir ^ 1) === dir)) continue
      if (kind.kind === 'boundary' && !step.from && dir !== 2) continue
      // the lines through a boundary event are there for its own flow, straight down
      if (timers.some(t => (dir < 2 ? t.y === ys[step.j] : t.x === xs[step.i] && t.x !== start.x))) continue
      const a = { x: xs[step.i]!, y: ys[step.j]! }, b = { x: xs[i]!, y: ys[j]! }
      if (obstacles.some(o => cuts(a, b, o))) continue
      let cost = step.cost + Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
      if (step.from && step.dir !== dir) { cost += BEND; if (inside(a, source) || inside(a, target)) continue }
      if (!step.from && dir !== 0) cost += dir === 1 ? FROM_RIGHT : NOT_RIGHT
      if (i === gi && j === gj && dir !== 0) cost += dir === 1 ? FROM_RIGHT : NOT_LEFT
      const there = used.get(key(a, b))
      if (there) cost += there.target === flow.target ? SAME_GOAL : there.source === flow.source && !there.name && !flow.name ? SAME_FORK : SHARED
      if (!there && used.has(`${b.x},${b.y},${dir < 2 ? 'v' : 'h'}`) && !(i === gi && j === gj)) cost += CROSSING
      const state = `${i},${j},${dir}`
      if (cost >= (best.get(state) ?? Infinity)) continue
      best.set(state, cost)
      open.push({ i, j, dir, cost, estimate: cost + Math.abs(b.x - goal.x) + Math.abs(b.y - goal.y), from: step })
    }
  }
}

function take(open: Step[]): Step | undefined {
  let least = 0
  for (let i = 1; i < open.length; i += 1) if (open[i]!.estimate < open[least]!.estimate) least = i
  const step = open[least]
  const last = open.pop()
  if (last && step !== last) open[least] = last
  return step
}

const key = (a: Point, b: Point): string => (a.x < b.x || a.y < b.y ? `${a.x},${a.y}-${b.x},${b.y}` : `${b.x},${b.y}-${a.x},${a.y}`)
const grown = (b: Box, by: number): Box => ({ x: b.x - by, y: b.y - by, width: b.width + by * 2, height: b.height + by * 2 })
const inside = (p: Point, b: Box): boolean => p.x > b.x && p.x < b.x + b.width && p.y > b.y && p.y < b.y + b.height && !(p.x === b.x + b.width / 2 && p.y === b.y + b.height / 2)
const cuts = (a: Point, b: Point, o: Box): boolean => Math.max(a.x, b.x) > o.x && Math.min(a.x, b.x) < o.x + o.width && Math.max(a.y, b.y) > o.y && Math.min(a.y, b.y) < o.y + o.height

/** Where the line from `from` towards `to` leaves the box. */
function edge(from: Point, to: Point, box: Box): Point {
  if (to.x === from.x) return { x: from.x, y: to.y > from.y ? box.y + box.height : box.y }
  return { x: to.x > from.x ? box.x + box.width : box.x, y: from.y }
}

function finish(last: Step, o: { xs: number[]; ys: number[]; source: Box; target: Box; flow: Flow; used: Map<string, Flow> }): Point[] {
  const points: Point[] = []
  for (let s: Step | null = last; s; s = s.from) points.unshift({ x: o.xs[s.i]!, y: o.ys[s.j]! })
  for (let n = 1; n < points.length; n += 1) {
    const a = points[n - 1]!, b = points[n]!, along = a.y === b.y ? 'h' : 'v'
    o.used.set(key(a, b), o.flow)
    for (const p of [a, b]) o.used.set(`${p.x},${p.y},${along}`, o.flow)
  }
  const corners = points.filter((p, n) => n === 0 || n === points.length - 1 || (points[n - 1]!.x === p.x) !== (points[n + 1]!.x === p.x))
  corners[0] = edge(corners[0]!, corners[1]!, o.source)
  corners[corners.length - 1] = edge(corners.at(-1)!, corners.at(-2)!, o.target)
  return corners
}
