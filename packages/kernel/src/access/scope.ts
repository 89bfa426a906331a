import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import type { ScopeSpec, Verb } from '../entity/define.ts'
import { dayOf } from '../query/within.ts'
import { scopesOf, type Scope } from './access.ts'

export type Condition = RawBuilder<boolean>
export const TRUE = sql<boolean>`true`
export const FALSE = sql<boolean>`false`

export const all = (list: readonly Condition[]): Condition => (list.length === 0 ? TRUE : list.length === 1 ? list[0]! : sql<boolean>`(${sql.join(list, sql` and `)})`)
export const any = (list: readonly Condition[]): Condition => (list.length === 0 ? FALSE : list.length === 1 ? list[0]! : sql<boolean>`(${sql.join(list, sql` or `)})`)

/**
 * The rows of an entity that the caller may touch with a verb, as one condition on the alias: tenant first, then scope. A unit
 * and what lies below it is a semi-join on the closure table; no list of ids ever travels. `null` = not permitted at all.
 */
export function visible(ctx: Ctx, entity: CompiledEntity, alias: string, verb: Verb | string = 'read'): Condition | null {
  const tenant = sql<boolean>`${sql.ref(`${alias}.tenant_id`)} = ${ctx.tenant.id}`
  const scope = scopeCondition(ctx, entity, alias, verb)
  return scope === null ? null : scope === TRUE ? tenant : all([tenant, scope])
}

function scopeCondition(ctx: Ctx, entity: CompiledEntity, alias: string, verb: string): Condition | null {
  const scopes = scopesOf(ctx.access, entity, `${entity.name}:${verb}`)
  return scopes ? within(ctx, entity, alias, scopes, verb) : null
}

function within(ctx: Ctx, entity: CompiledEntity, alias: string, scopes: ReadonlySet<Scope>, verb: string): Condition {
  if (scopes.has('all') || !entity.scope) return TRUE
  if (entity.scope.via) return viaParent(ctx, entity, alias, scopes, verb)
  const held = [...[...scopes].map(s => one(ctx, entity, alias, s)), ...sharedWith(ctx, entity, alias, verb)]
  if (verb !== 'read') return any(held)
  // open to all means to all of the company
  const shared = entity.scope.shared && !ctx.access.outside ? entity.fields.get(entity.scope.shared)?.column : undefined
  return any([...held, ...(shared ? [sql<boolean>`${sql.ref(`${alias}.${shared}`)}`] : []), ...(entity.scope.among ? [amongThem(ctx, entity, alias, entity.scope.among)] : [])])
}

/** What a share lets its holder do: to look, or to work on the record; never to remove it or to hand it on. */
const LEVELS: Readonly<Record<string, readonly string[]>> = { read: ['read', 'write'], create: ['write'], update: ['write'] }

/**
 * Single records that were shared with the caller, on top of their scope (CU-20). Who holds no share of the entity pays nothing; for who does, the
 * ids are found first, so that the table is still asked by its indexes.
 */
function sharedWith(ctx: Ctx, entity: CompiledEntity, alias: string, verb: string): Condition[] {
  const { userId, unitId, shares } = ctx.access, levels = LEVELS[verb], best = shares.get(entity.name)
  if (!userId || !levels || !best || !levels.includes(best)) return []
  // what a block was given is not its partners'
  const units = !unitId ? sql`` : ctx.access.outside ? sql` or s.unit_id = ${unitId}` : sql` or s.unit_id in (select c.ancestor_id from unit_closure c where c.tenant_id = ${ctx.tenant.id} and c.descendant_id = ${unitId})`
  return [sql<boolean>`${sql.ref(`${alias}.id`)} = any(array(select s.record_id::uuid from record_share s where s.tenant_id = ${ctx.tenant.id} and s.entity = ${entity.name}
    and s.level = any(${[...levels]}::text[]) and (s.user_id = ${userId}${units}) and (s.until is null or s.until >= ${dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)}::date)))`]
}

/** Rows for the people of some units or roles: on top of whatever scope they hold. */
function amongThem(ctx: Ctx, entity: CompiledEntity, alias: string, among: NonNullable<ScopeSpec['among']>): Condition {
  const column = (name: string) => sql.ref(`${alias}.${entity.fields.get(name)!.column}`)
  const units = column(among.units), roles = column(among.roles), { unitId } = ctx.access
  // a partner is meant only by name, not with the block above it nor with everybody
  if (ctx.access.outside) return sql<boolean>`${column(among.when)} and coalesce(${unitId}::uuid = any(${units}), false)`
  return all([
    sql<boolean>`${column(among.when)}`,
    sql<boolean>`(coalesce(cardinality(${units}), 0) = 0 or ${unitId ? sql`exists (select 1 from unit_closure near where near.tenant_id = ${sql.ref(`${alias}.tenant_id`)} and near.descendant_id = ${unitId} and near.ancestor_id = any(${units}))` : sql`false`})`,
    sql<boolean>`(coalesce(cardinality(${roles}), 0) = 0 or exists (select 1 from role r where r.tenant_id = ${sql.ref(`${alias}.tenant_id`)} and r.id = any(${roles}) and r.code = any(${[...ctx.access.roles]}::text[])))`,
  ])
}

/** A row without a scope of its own is visible as far as the record it belongs to, or that one's, lies in the scopes held on the row's entity. */
function viaParent(ctx: Ctx, entity: CompiledEntity, alias: string, scopes: ReadonlySet<Scope>, verb: string): Condition {
  const field = entity.fields.get(entity.scope!.via!)!
  const parent = ctx.entities.get(field.target!)
  const p = `${alias}_p`
  return sql<boolean>`exists (select 1 from ${sql.table(parent.table)} as ${sql.ref(p)} where ${sql.ref(`${p}.tenant_id`)} = ${sql.ref(`${alias}.tenant_id`)} and ${sql.ref(`${p}.id`)} = ${sql.ref(`${alias}.${field.column}`)} and ${within(ctx, parent, p, scopes, verb)})`
}

function one(ctx: Ctx, entity: CompiledEntity, alias: string, scope: Scope): Condition {
  const { userId, unitId, regionId } = ctx.access
  const owner = entity.scope?.owner ? entity.fields.get(entity.scope.owner)?.column : undefined
  const unit = entity.scope?.unit ? (entity.scope.unit === 'id' ? 'id' : entity.fields.get(entity.scope.unit)?.column) : undefined
  const below = (ancestor: string | null): Condition => (!unit || !ancestor ? FALSE
    : sql<boolean>`exists (select 1 from unit_closure near where near.tenant_id = ${sql.ref(`${alias}.tenant_id`)} and near.ancestor_id = ${ancestor} and near.descendant_id = ${sql.ref(`${alias}.${unit}`)})`)
  switch (scope) {
    case 'all': return TRUE
    case 'self': return owner && userId ? sql<boolean>`${sql.ref(`${alias}.${owner}`)} = ${userId}` : FALSE
    case 'unit': return unit && unitId ? sql<boolean>`${sql.ref(`${alias}.${unit}`)} = ${unitId}` : FALSE
    case 'unitBelow': return below(unitId)
    case 'region': return below(regionId ?? unitId)
  }
}
