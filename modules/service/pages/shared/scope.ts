import type { Row } from '@quancheng/ui'

export type UnitNode = { id: string, code: string, name: string, kind: string, parentId: string | null, depth: number }

/** Kinds of units that have requests of their own or below them; departments are inside a station. */
const KINDS = ['group', 'hq', 'region', 'station']

/**
 * The units that somebody with these data scopes may look at, in tree order, and where they begin: everything with `all`, their region with
 * `region`, else their own unit and what is below. The server decides again; this only keeps the switcher honest.
 */
export function unitsInScope(rows: readonly Row[], myUnitId: string | null, scopes: readonly string[]): { units: UnitNode[], home: string | null } {
  const all = rows.map(row => ({ id: row.id, code: String(row.code ?? ''), name: String(row.name ?? ''), kind: String(row.kind ?? ''), parentId: (row.parentId as string | null) ?? null }))
  const byId = new Map(all.map(unit => [unit.id, unit]))
  const roots = all.filter(unit => !unit.parentId || !byId.has(unit.parentId))
  const regionOf = (id: string | null): string | null => {
    for (let at = id ? byId.get(id) : undefined; at; at = at.parentId ? byId.get(at.parentId) : undefined) if (at.kind === 'region') return at.id
    return id
  }
  const everything = scopes.includes('all')
  const top = everything ? roots.map(unit => unit.id) : [scopes.includes('region') ? regionOf(myUnitId) : myUnitId].filter(id => id !== null)
  const units: UnitNode[] = []
  const walk = (id: string, depth: number) => {
    const unit = byId.get(id)
    if (!unit) return
    if (KINDS.includes(unit.kind)) units.push({ ...unit, depth })
    for (const child of all.filter(each => each.parentId === id)) walk(child.id, depth + 1)
  }
  for (const id of top) walk(id, 0)
  return { units, home: top[0] ?? null }
}
