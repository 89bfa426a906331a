/**
 * The circles in a graph, one for each group of nodes that reach each other: the shortest way round from its first node,
 * which closes the list (`[a, b, a]`).
 */
export function cyclesBetween(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const cycles: string[][] = []
  const covered = new Set<string>()
  for (const start of [...graph.keys()].sort()) {
    if (covered.has(start)) continue
    const cycle = shortestWay(graph, start)
    if (cycle === undefined) continue
    for (const node of cycle) covered.add(node)
    cycles.push(cycle)
  }
  return cycles
}

function shortestWay(graph: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] | undefined {
  const ways: string[][] = [[start]]
  const seen = new Set<string>()
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of graph.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return [...way, start]
      if (seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return undefined
}
