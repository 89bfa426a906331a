/** Rules of the rights matrix: what a cell shows and what a choice stores. */

export const scopes = ['self', 'unit', 'unitBelow', 'region', 'all'] as const
export type Scope = (typeof scopes)[number]
export type Grants = Record<string, Scope[]>
export type Permission = { code: string, label: string, entity: string, group: string, scoped: boolean }

/** The widest scope held; `''` when the right is not held. */
export function widest(grants: Grants, code: string): Scope | '' {
  const held = grants[code] ?? []
  return [...scopes].reverse().find(scope => held.includes(scope)) ?? ''
}

/** A choice replaces what was held; '' takes the right away. A right without scope is stored as `all`. */
export function choose(grants: Grants, permission: Permission, scope: Scope | ''): Grants {
  const { [permission.code]: _old, ...rest } = grants
  return scope === '' ? rest : { ...rest, [permission.code]: [permission.scoped ? scope : 'all'] }
}

export function changed(before: Grants, after: Grants): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(code => [...before[code] ?? []].sort().join() !== [...after[code] ?? []].sort().join())
}

export const verbs = ['read', 'create', 'update', 'remove', 'import', 'export', 'reveal', 'erase'] as const

export type MatrixRow = { entity: string, label: string, cells: Array<Permission | undefined>, others: Permission[] }

/** One row an entity: the common verbs in columns, business verbs beside them. */
export function matrix(permissions: Permission[], labelOf: (entity: string) => string | undefined): MatrixRow[] {
  const byEntity = new Map<string, Permission[]>()
  for (const each of permissions) byEntity.set(each.entity, [...byEntity.get(each.entity) ?? [], each])
  return [...byEntity].map(([entity, own]) => ({
    entity,
    label: labelOf(entity) ?? own[0]?.group ?? entity,
    cells: verbs.map(verb => own.find(each => each.code === `${entity}:${verb}`)),
    others: own.filter(each => !verbs.some(verb => each.code === `${entity}:${verb}`)),
  }))
}
