import { SIZE, type Box, type Graph, type Node } from './types.ts'

/** Between columns, and between rows: room for three lines of flows. */
const GAP_X = 60, GAP_Y = 60, ROW = 80
const POOL_HEAD = 30, LEFT = 150, TOP = 80

export interface Placed { boxes: Map<string, Box>; lanes: Map<string, Box>; pool: Box | null; /** coordinates on which flows may run */ xs: number[]; ys: number[] }

/** Flows that lead back, found by walking in the order of the document: they do not push anything to the right. */
export function backFlows({ nodes, flows }: Graph): Set<string> {
  const out = Map.groupBy(flows, f => f.source), boundary = Map.groupBy(nodes.filter(n => n.host), n => n.host!)
  const back = new Set<string>(), done = new Set<string>(), path = new Set<string>()
  const walk = (id: string): void => {
    path.add(id)
    for (const b of boundary.get(id) ?? []) if (!done.has(b.id)) walk(b.id)
    for (const f of out.get(id) ?? []) {
      if (path.has(f.target)) back.add(f.id)
      else if (!done.has(f.target)) walk(f.target)
    }
    path.delete(id)
    done.add(id)
  }
  const entered = new Set(flows.map(f => f.target))
  for (const n of [...nodes.filter(n => !entered.has(n.id) && !n.host), ...nodes]) if (!done.has(n.id)) walk(n.id)
  return back
}

/** The column of each node: one to the right of the last that leads to it. */
export function columns(graph: Graph): Map<string, number> {
  const back = backFlows(graph), hosts = new Map(graph.nodes.flatMap(n => (n.host ? [[n.id, n.host] as const] : [])))
  const into = Map.groupBy(graph.flows.filter(f => !back.has(f.id)), f => f.target)
  const known = new Map<string, number>()
  const column = (id: string): number => {
    const seen = known.get(id)
    if (seen !== undefined) return seen
    known.set(id, 0)
    const host = hosts.get(id)
    const at = host === undefined ? Math.max(0, ...(into.get(id) ?? []).map(f => column(f.source) + 1)) : column(host)
    known.set(id, at)
    return at
  }
  for (const n of graph.nodes) column(n.id)
  return known
}

/** Columns from left to right, lanes from top to bottom; what meets in one place of a lane stands below each other. */
export function place(graph: Graph): Placed {
  const column = columns(graph), standing = graph.nodes.filter(n => n.kind !== 'boundary')
  const laneIds = graph.lanes.length ? graph.lanes.map(l => l.id) : ['']
  const laneOf = (n: Node): string => (n.lane !== null && laneIds.includes(n.lane) ? n.lane : laneIds[0]!)
  const rows = new Map<string, number>(), taken = new Map<string, string[]>()
  for (const n of standing) {
    const cell = `${laneOf(n)}\n${column.get(n.id)}`
    const here = taken.get(cell) ?? []
    taken.set(cell, [...here, n.id])
    rows.set(n.id, here.length)
  }
  const widths = new Map<number, number>()
  for (const n of standing) widths.set(column.get(n.id)!, Math.max(widths.get(column.get(n.id)!) ?? 0, SIZE[n.kind].width))
  const count = Math.max(0, ...widths.keys()) + 1
  const left: number[] = [], xs = new Set<number>(), ys = new Set<number>()
  let x = LEFT + POOL_HEAD * 2 + 30
  for (let i = 0; i < count; i += 1) {
    for (const d of [15, 30, 45]) xs.add(x - GAP_X + d)
    left.push(x)
    xs.add(x + (widths.get(i) ?? 36) / 2)
    x += (widths.get(i) ?? 36) + GAP_X
  }
  for (const d of [15, 30, 45]) xs.add(x - GAP_X + d)
  const boxes = new Map<string, Box>(), lanes = new Map<string, Box>()
  let y = TOP
  for (const lane of laneIds) {
    const inside = standing.filter(n => laneOf(n) === lane)
    const depth = Math.max(1, ...inside.map(n => rows.get(n.id)! + 1))
    const height = depth * ROW + (depth - 1) * GAP_Y + GAP_Y
    for (const n of inside) {
      const c = column.get(n.id)!, size = SIZE[n.kind], row = rows.get(n.id)!
      boxes.set(n.id, { x: left[c]! + ((widths.get(c) ?? 0) - size.width) / 2, y: y + GAP_Y / 2 + row * (ROW + GAP_Y) + (ROW - size.height) / 2, ...size })
    }
    for (let row = 0; row < depth; row += 1) {
      const top = y + GAP_Y / 2 + row * (ROW + GAP_Y)
      for (const at of [top - 15, top + ROW / 2, top + ROW + 15]) ys.add(at)
    }
    if (graph.lanes.length) lanes.set(lane, { x: LEFT + POOL_HEAD, y, width: x - GAP_X + 40 - LEFT - POOL_HEAD, height })
    y += height
  }
  for (const n of graph.nodes) {
    const host = n.host === undefined ? undefined : boxes.get(n.host)
    if (!host) continue
    const nth = graph.nodes.filter(other => other.host === n.host).indexOf(n)
    const at = { x: host.x + host.width - 26 - nth * 42, y: host.y + host.height - 18, ...SIZE.boundary }
    boxes.set(n.id, at)
    xs.add(at.x + 18)
    ys.add(at.y + 18)
  }
  const pool = graph.lanes.length ? { x: LEFT, y: TOP, width: x - GAP_X + 40 - LEFT, height: y - TOP } : null
  return { boxes, lanes, pool, xs: [...xs].toSorted((a, b) => a - b), ys: [...ys].toSorted((a, b) => a - b) }
}
