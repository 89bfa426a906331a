import type { Metadata, Registry } from '../entity/registry.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import type { ModuleSpec, TableTravels, Travels } from '../module.ts'

/*
 * Which way the rows of a table travel between head office and a station that has its own node (docs/adr/0029). It follows from what the
 * declarations say anyway; a declaration that means something else says `travels`.
 */

/** How it is known to which unit a row of a table belongs. */
export type Belongs =
  | { by: 'unit'; column: string }
  | { by: 'parent'; column: string; table: string }
  /** `entity` and `record_id` name the record that it hangs on */
  | { by: 'record' }
  /** a counter's key begins with the unit's code */
  | { by: 'series' }
  /** a due thing names in its payload what it is about */
  | { by: 'job' }
  /** it says nothing: it belongs to the node that brought it */
  | { by: 'bringer' }

export interface TablePlan {
  table: string
  travels: Travels
  belongs: Belongs
  entity: string | null
  /** columns that a station writes itself although head office keeps the row */
  local: readonly string[]
  /** the application may only add */
  appendOnly: boolean
}
export type Plan = ReadonlyMap<string, TablePlan>

/** What the kernel keeps beside the entities. Rows of `audit` and `search_doc` go wherever the record goes that they are about. */
const KERNEL: Record<string, TableTravels> = {
  tenant: 'never', unit_closure: 'down', series: { travels: 'up', belongs: { by: 'series' } }, audit: { travels: 'up', belongs: { by: 'record' } }, search_doc: { travels: 'up', belongs: { by: 'record' } },
  comment: { travels: 'pair', belongs: { by: 'record' } }, attachment: { travels: 'pair', belongs: { by: 'record' } }, attachment_version: { travels: 'pair', belongs: { by: 'record' } }, comment_mention: 'never', outbox: 'never', job: { travels: 'handover', belongs: { by: 'job' } },
  session: 'never', api_token: 'never', password_reset: 'never', idempotency: 'never', rate_limit: 'never', migration: 'never',
  sync_peer: 'never', sync_change: 'never', sync_conflict: 'never', sync_row: 'never', sync_command: 'never', sync_station: 'never', sync_parked: 'never', sync_done: 'never',
}

const LOCAL: Record<string, readonly string[]> = { user: ['wrong', 'locked_until', 'last_sign_in'] }

const viaOf = (entities: Registry, e: CompiledEntity): { column: string; target: CompiledEntity } | null => {
  const field = e.scope?.via ? e.fields.get(e.scope.via) : undefined
  const target = field?.target ? entities.find(field.target) : undefined
  return field?.column && target ? { column: field.column, target } : null
}

const unitColumn = (e: CompiledEntity): string | null => (e.scope?.unit ? (e.scope.unit === 'id' ? 'id' : e.fields.get(e.scope.unit)?.column ?? null) : null)

/** Declared; or: what rights and metadata rest on comes from head office, what hangs on a record goes with it, what has a unit is the unit's. */
export function travelsOf(entities: Registry, e: CompiledEntity): Travels {
  if (e.travels) return e.travels
  if (e.affectsAccess || e.affectsMeta) return 'down'
  const via = viaOf(entities, e)
  if (via) return travelsOf(entities, via.target)
  return unitColumn(e) ? 'up' : 'down'
}

function belongsOf(entities: Registry, e: CompiledEntity): Belongs {
  const unit = unitColumn(e)
  if (unit) return { by: 'unit', column: unit }
  const via = viaOf(entities, e)
  return via ? { by: 'parent', column: via.column, table: via.target.table } : { by: 'bringer' }
}

const open = (t: TableTravels): { travels: Travels; belongs: Belongs } => (typeof t === 'string' ? { travels: t, belongs: { by: 'bringer' } } : t)

/** Every table of the schema with its way; a table that nobody has decided on is missing, and a test sees that none is. */
export function planOf(metadata: Metadata, modules: readonly ModuleSpec[]): Plan {
  const plan = new Map<string, TablePlan>()
  const put = (table: string, t: TableTravels): void => { plan.set(table, { table, ...open(t), entity: null, local: [], appendOnly: table === 'audit' }) }
  for (const [table, t] of Object.entries(KERNEL)) put(table, t)
  for (const m of modules) for (const [table, t] of Object.entries(m.travels ?? {})) put(table, t)
  for (const e of metadata.base.all()) {
    plan.set(e.table, { table: e.table, travels: travelsOf(metadata.base, e), belongs: belongsOf(metadata.base, e), entity: e.name, local: LOCAL[e.name] ?? [], appendOnly: e.appendOnly ?? false })
  }
  return plan
}

export const goesUp = (t: Travels): boolean => t === 'up' || t === 'both' || t === 'pair'
export const goesDown = (t: Travels): boolean => t === 'down' || t === 'both' || t === 'pair'

/** Arguments of sync_watch (tables/sync-1.sql) for head office. */
export function headOfficeTriggers(plan: Plan, keys: ReadonlyMap<string, readonly string[]>): Record<string, Record<string, readonly string[]>> {
  const of: Record<string, Record<string, readonly string[]>> = {}
  for (const p of plan.values()) {
    if (goesDown(p.travels)) of[p.table] = { log: keys.get(p.table) ?? [] }
    // counters, the record of a record and its search row follow what they are about
    else if (p.travels === 'up' && p.belongs.by === 'unit') of[p.table] = { guard: [p.belongs.column] }
    else if (p.travels === 'up' && p.belongs.by === 'parent') of[p.table] = { guard: [p.belongs.column, p.belongs.table] }
  }
  return of
}

/** And for a station: what comes from above is written by the exchange alone. */
export const stationTriggers = (plan: Plan): Record<string, Record<string, readonly string[]>> =>
  Object.fromEntries([...plan.values()].filter(p => p.travels === 'down').map(p => [p.table, { station: p.local }]))
