import { END, START, strongestFirst } from './directly-follows.ts'
import type { Dfg, DfgEdge } from './directly-follows.ts'

export interface DfgFilter {
  /** Share of activities to keep, 0…1, the most frequent first. Default 1. */
  activities?: number
  /** Share of the paths between kept activities to keep, 0…1, the most frequent first. Default 1. */
  paths?: number
}

/**
 * A simpler picture of the same graph. Figures are never recomputed: what is shown is true, only not all.
 *
 * Every kept activity keeps its strongest way in and out (besides loops to itself), and whatever path led from the
 * start to it and from it to the end in the whole graph still does: first the strongest paths between kept activities are added, and
 * where there are none, activities on the widest way return.
 */
export function filterDfg(dfg: Dfg, filter: DfgFilter): Dfg {
  const activities = dfg.nodes.filter(node => node.kind === 'activity')
  const kept = new Set([START, END, ...activities.slice(0, part(activities.length, filter.activities)).map(node => node.activity)])
  const ranked = dfg.edges.toSorted(strongestFirst)
  const among = ranked.filter(edge => kept.has(edge.from) && kept.has(edge.to))
  const paths = new Set(among.slice(0, filter.paths === 0 ? 0 : part(among.length, filter.paths)))
  const hasIn = new Set<string>()
  const hasOut = new Set<string>()
  for (const edge of among) {
    if (edge.from === edge.to || (hasIn.has(edge.to) && hasOut.has(edge.from))) continue
    paths.add(edge)
    hasIn.add(edge.to)
    hasOut.add(edge.from)
  }
  for (const candidates of [among, ranked]) {
    // A returning activity may be joined on one side only: look again until nothing is added.
    for (let before = -1; before !== paths.size;) {
      before = paths.size
      connect(kept, paths, candidates, START, edge => [edge.from, edge.to])
      connect(kept, paths, candidates, END, edge => [edge.to, edge.from])
    }
  }
  return { ...dfg, nodes: dfg.nodes.filter(node => kept.has(node.activity)), edges: ranked.filter(edge => paths.has(edge)) }
}

/** At least one, so that a picture is never empty. */
function part(total: number, share = 1): number {
  return Math.min(total, Math.max(1, Math.ceil(total * share - 1e-9)))
}

/** Adds to `paths` (and `kept`) what is needed for every kept node to be reached from `root` in the direction of `ends`. */
function connect(kept: Set<string>, paths: Set<DfgEdge>, candidates: DfgEdge[], root: string, ends: (edge: DfgEdge) => [near: string, far: string]): void {
  for (;;) {
    const reached = reach(paths, root, ends)
    const lost = [...kept].filter(node => !reached.has(node) && node !== START && node !== END)
    const way = lost.length ? widestWay(reached, new Set(lost), candidates, ends) : null
    if (!way) return
    for (const edge of way) {
      paths.add(edge)
      kept.add(edge.from)
      kept.add(edge.to)
    }
  }
}

function reach(paths: Iterable<DfgEdge>, root: string, ends: (edge: DfgEdge) => [string, string]): Set<string> {
  const next = new Map<string, string[]>()
  for (const edge of paths) {
    const [near, far] = ends(edge)
    const list = next.get(near)
    if (list) list.push(far)
    else next.set(near, [far])
  }
  const reached = new Set([root])
  for (const node of reached) for (const far of next.get(node) ?? []) reached.add(far)
  return reached
}

/**
 * The way from what is reached to a lost node whose weakest edge is strongest: growing by the strongest border edge is
 * Prim's algorithm, and the way it takes is a widest path. `candidates` are strongest first. Null where there is none.
 */
function widestWay(reached: Set<string>, lost: Set<string>, candidates: DfgEdge[], ends: (edge: DfgEdge) => [string, string]): DfgEdge[] | null {
  const grown = new Set(reached)
  const came = new Map<string, DfgEdge>()
  for (;;) {
    const edge = candidates.find(candidate => {
      const [near, far] = ends(candidate)
      return grown.has(near) && !grown.has(far)
    })
    if (!edge) return null
    const far = ends(edge)[1]
    grown.add(far)
    came.set(far, edge)
    if (!lost.has(far)) continue
    const way: DfgEdge[] = []
    for (let back = came.get(far); back; back = came.get(ends(back)[0])) way.push(back)
    return way
  }
}
