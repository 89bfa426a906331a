import type { Verb } from '../entity/define.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { fail } from '../errors.ts'

/** 本人 · 本部门 · 本部门及下级 · 大区 · 全部. */
export const SCOPES = ['self', 'unit', 'unitBelow', 'region', 'all'] as const
export type Scope = (typeof SCOPES)[number]
export type FieldLevel = 'edit' | 'read' | 'mask' | 'none'
const LEVELS: readonly FieldLevel[] = ['none', 'mask', 'read', 'edit']

/** What a role holds: `grants["customer:read"] = ["unit"]`, `fields["customer.phone"] = "mask"`. */
export interface RoleGrants { code: string; grants: Record<string, Scope[]>; fields: Record<string, FieldLevel> }

/** What one person may do, compiled from all roles and role groups. Denied unless it is here. */
export interface Access {
  system: boolean
  userId: string | null
  unitId: string | null
  /** the region that the person's unit lies in (nearest ancestor of kind region), for the scope `region` */
  regionId: string | null
  /** one of a partner's people (a unit of kind `partner`): nothing that is everybody's, no scope beyond their own unit, no action that does not say so (docs/adr/0049) */
  outside: boolean
  roles: ReadonlySet<string>
  grants: ReadonlyMap<string, ReadonlySet<Scope>>
  fields: ReadonlyMap<string, FieldLevel>
  /** by entity: single records of it are shared with this person, or with a unit above them, to look at or to work on (CU-20). Only says that it is worth asking */
  shares: ReadonlyMap<string, ShareLevel>
}
export type ShareLevel = 'read' | 'write'

const higher = (a: FieldLevel, b: FieldLevel): FieldLevel => (LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b)

/**
 * Union of roles. A field rule of one role yields to another role that lets its holder read the same entity without a rule
 * on that field: rights add up, they never cancel.
 */
export function compileAccess({ outside = false, ...who }: { userId: string; unitId: string | null; regionId: string | null; outside?: boolean }, roles: readonly RoleGrants[], shares: Readonly<Record<string, ShareLevel>> = {}): Access {
  const grants = new Map<string, Set<Scope>>()
  for (const role of roles) {
    for (const [permission, scopes] of Object.entries(role.grants)) {
      const set = grants.get(permission) ?? new Set<Scope>()
      for (const s of scopes) if (SCOPES.includes(s)) set.add(outside && (s === 'all' || s === 'region') ? 'unitBelow' : s)
      if (set.size) grants.set(permission, set)
    }
  }
  const fields = new Map<string, FieldLevel>()
  const named = new Set(roles.flatMap(r => Object.keys(r.fields)))
  for (const key of named) {
    const entity = key.slice(0, key.indexOf('.'))
    let level: FieldLevel = 'none'
    for (const role of roles) {
      const rule = role.fields[key]
      if (rule === undefined && !role.grants[`${entity}:read`]?.length) continue
      level = higher(level, rule ?? 'edit')
    }
    fields.set(key, level)
  }
  return Object.freeze({ system: false, ...who, outside, roles: new Set(roles.map(r => r.code)), grants, fields, shares: new Map(Object.entries(shares)) })
}

export const SYSTEM_ACCESS: Access = Object.freeze({
  system: true, userId: null, unitId: null, regionId: null, outside: false, roles: new Set<string>(), grants: new Map(), fields: new Map(), shares: new Map(),
})
export const NO_ACCESS: Access = Object.freeze({ ...SYSTEM_ACCESS, system: false })

/** The scopes in which a permission is held; null when it is not held at all. */
export function scopesOf(access: Access, entity: CompiledEntity | null, permission: string): ReadonlySet<Scope> | null {
  if (access.system) return new Set<Scope>(['all'])
  const held = access.grants.get(permission)
  const verb = permission.slice(permission.indexOf(':') + 1) as Verb
  if (access.userId && !access.outside && entity?.everyone?.includes(verb) && entity.name === permission.slice(0, permission.indexOf(':'))) {
    // what everyone may do with rows that have an owner is limited to their own; names of stations and posts have none
    return new Set<Scope>([...(held ?? []), entity.scope?.owner ? 'self' : 'all'])
  }
  return held ?? null
}

export const can = (access: Access, permission: string, entity: CompiledEntity | null = null): boolean =>
  scopesOf(access, entity, permission) !== null

export function requirePermission(access: Access, permission: string, entity: CompiledEntity | null = null): void {
  if (!can(access, permission, entity)) fail(access.userId || access.system ? 'FORBIDDEN' : 'SIGN_IN_REQUIRED', { permission })
}

/** How much of a field this person sees. Hidden fields belong to actions, not to people. */
export function fieldLevel(access: Access, entity: CompiledEntity, field: CompiledField): FieldLevel {
  if (access.system) return 'edit'
  if (field.hidden && field.name !== 'id' && field.name !== 'version') return 'none'
  // who of the house wrote it
  if (access.outside && (field.name === 'createdBy' || field.name === 'updatedBy')) return 'none'
  return access.fields.get(`${entity.name}.${field.name}`) ?? 'edit'
}
