import type { Entity } from './define.ts'
import { NO_SYNONYMS, type Synonyms } from '../search/synonyms.ts'
import { compileEntity, CompileError, type CompiledEntity, type TenantFieldSpec } from './compile.ts'

/** All compiled entities as one tenant sees them. */
export interface Registry {
  get(name: string): CompiledEntity
  find(name: string): CompiledEntity | undefined
  byPlural(plural: string): CompiledEntity | undefined
  all(): readonly CompiledEntity[]
  /** who points to an entity (KB-08) */
  pointingTo(name: string): ReadonlyArray<{ entity: CompiledEntity; field: string }>
  /** words that the tenant's searches take for equal */
  synonyms: Synonyms
  version: string
}

function registryOf(list: readonly CompiledEntity[], version: string, synonyms: Synonyms = NO_SYNONYMS): Registry {
  const byName = new Map(list.map(e => [e.name, e]))
  const byPlural = new Map(list.map(e => [e.plural, e]))
  const pointing = new Map<string, Array<{ entity: CompiledEntity; field: string }>>()
  for (const entity of list) {
    if (entity.internal) continue
    for (const field of entity.fields.values()) {
      if (!field.target || field.system || field.hidden) continue
      if (!byName.has(field.target)) throw new CompileError(`${entity.name}.${field.name}`, `points to ${field.target}, which nobody declares`)
      pointing.set(field.target, [...(pointing.get(field.target) ?? []), { entity, field: field.name }])
    }
  }
  return {
    get: name => byName.get(name) ?? (() => { throw new CompileError(name, 'no such entity') })(),
    find: name => byName.get(name),
    byPlural: plural => byPlural.get(plural),
    all: () => list,
    pointingTo: name => pointing.get(name) ?? [],
    synonyms,
    version,
  }
}

/** What a tenant adds to the declarations. */
export interface TenantOwn { fields: Map<string, TenantFieldSpec[]>; synonyms: Synonyms }

export interface Metadata {
  base: Registry
  /** The registry with a tenant's own fields and synonyms; cached by (tenant, version) in a bounded cache. */
  forTenant(tenantId: string, version: number, load: () => Promise<TenantOwn>): Promise<Registry>
}

const CACHED_TENANTS = 1000

export function compileMetadata(entities: ReadonlyArray<Entity>): Metadata {
  const seen = new Set<string>()
  for (const e of entities) {
    if (seen.has(e.name)) throw new CompileError(e.name, 'is declared twice')
    seen.add(e.name)
  }
  const compiled = entities.map(e => compileEntity(e))
  const base = registryOf(compiled, 'base')
  const cache = new Map<string, { version: number; registry: Registry }>()
  return {
    base,
    async forTenant(tenantId, version, load) {
      const hit = cache.get(tenantId)
      if (hit?.version === version) return hit.registry
      const { fields: own, synonyms } = await load()
      // entities without tenant fields are shared by all tenants: a thousand tenants cost what they add, nothing more
      const registry = own.size > 0 ? registryOf(entities.map((e, i) => (own.has(e.name) ? compileEntity(e, own.get(e.name)) : compiled[i]!)), `${tenantId}:${version}`, synonyms)
        : synonyms.size > 0 ? { ...base, synonyms } : base
      cache.delete(tenantId)
      cache.set(tenantId, { version, registry })
      if (cache.size > CACHED_TENANTS) cache.delete(cache.keys().next().value!)
      return registry
    },
  }
}
