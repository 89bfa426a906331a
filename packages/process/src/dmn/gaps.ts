import type { Region } from './regions.ts'

const MOST_GAPS = 10
/** atoms × rules looked at */
const MOST_WORK = 3_000_000

/** Cases that no rule covers, each as one set of atoms a column. `complete` false: there may be more. */
export interface Gaps {
  gaps: bigint[][]
  complete: boolean
}

interface Search {
  regions: Region[]
  memo: Map<string, bigint[][]>
  work: number
  complete: boolean
}

/**
 * Column by column: atoms that leave the same rules in play are taken together, and where no rule is left there is a gap.
 * A cell that is an expression counts as fitting everything, so what is found is a gap for certain.
 */
export function findGaps(regions: Region[], rules: number): Gaps {
  const search: Search = { regions, memo: new Map(), work: 0, complete: true }
  const gaps = gapsFrom(search, 0, Array.from({ length: rules }, (_, i) => i))
  return { gaps: gaps.slice(0, MOST_GAPS), complete: search.complete && gaps.length <= MOST_GAPS }
}

function gapsFrom(search: Search, column: number, active: number[]): bigint[][] {
  const { regions, memo } = search
  if (!active.length) return [regions.slice(column).map((region) => region.all)]
  const region = regions[column]
  if (!region) return []
  const key = `${column}:${active.join()}`
  const known = memo.get(key)
  if (known) return known
  search.work += (active.length + 1) * region.atoms
  if (search.work > MOST_WORK) {
    search.complete = false
    return []
  }
  const gaps: bigint[][] = []
  for (const { atoms, rules } of groups(region, active)) {
    for (const rest of gapsFrom(search, column + 1, rules)) gaps.push([atoms, ...rest])
    if (gaps.length > MOST_GAPS) break
  }
  memo.set(key, gaps)
  return gaps
}

function groups(region: Region, active: number[]): { atoms: bigint; rules: number[] }[] {
  const byRules = new Map<string, { atoms: bigint; rules: number[] }>()
  for (let atom = 1n; atom <= region.all; atom <<= 1n) {
    if (!(region.all & atom)) continue
    const rules = active.filter((rule) => {
      const cell = region.cells[rule]!
      return cell === null || (cell & atom) !== 0n
    })
    const key = rules.join()
    const group = byRules.get(key)
    if (group) group.atoms |= atom
    else byRules.set(key, { atoms: atom, rules })
  }
  return [...byRules.values()]
}
