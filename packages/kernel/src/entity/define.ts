import type { Label } from '../i18n.ts'
import type { Ctx } from '../context.ts'
import type { Travels } from '../module.ts'
import type { DraftOfFields, FieldMap, RowOfFields } from './field.ts'

export type Verb = 'read' | 'create' | 'update' | 'remove' | 'import' | 'export' | 'reveal'

/**
 * What a data scope means for an entity. `owner` and `unit` are field names; `via` inherits the scope of the record that a
 * ref field points to. Without a scope, every row of the tenant is in every granted scope.
 */
export interface ScopeSpec {
  owner?: string
  unit?: string
  via?: string
  /** a boolean field: rows marked so are readable by everyone who may read any */
  shared?: string
  /**
   * rows whose boolean field `when` is true are readable by those who may read any and belong to the units (or below them) and hold one of the
   * roles that the row names; where it names none of a kind, that kind does not matter
   */
  among?: { when: string; units: string; roles: string }
}

/** A write on its way through the pipeline. `draft` may be changed in `before`; `row` is the stored row in `after`. */
export interface Change<Row = Record<string, unknown>> {
  act: 'create' | 'update' | 'remove'
  id: string
  before: Row | null
  draft: Record<string, unknown>
  row: Row | null
}

export interface Hooks<Row = Record<string, unknown>> {
  /** after normalise and validate: cross-field rules and derived values; throw `fail(...)` to refuse */
  before?: (ctx: Ctx, change: Change<Row>) => Promise<void> | void
  /** in the same transaction, after the row, its audit entry and its event are written */
  after?: (ctx: Ctx, change: Change<Row>) => Promise<void> | void
}

export interface IndexSpec { on: string[]; where?: string; unique?: boolean; desc?: boolean }

export interface EntitySpec {
  label: Label
  plural?: string
  icon?: string
  fields: FieldMap
  scope?: ScopeSpec
  /** fields that together name a row for people */
  display: readonly string[]
  list: readonly string[]
  sort?: string
  indexes?: readonly IndexSpec[]
  /** what anyone signed in may do without a role (names of stations in a label, one's own saved views) */
  everyone?: readonly Verb[]
  /** rows are written by actions and the system only: the API offers no create, update or remove */
  managed?: boolean | readonly Verb[]
  /** no REST routes and no pages at all */
  internal?: boolean
  /** rows are never changed or deleted */
  appendOnly?: boolean
  /** high-volume rows that need no audit chain of their own */
  noAudit?: boolean
  /** a change here changes what people may do: compiled access is made anew at the next request */
  affectsAccess?: boolean
  /** a change here changes the metadata or other data that every act takes for known: compiled entities and what `known` keeps are made anew */
  affectsMeta?: boolean
  /** a tenant may ask to hear of its changes (`WatcherSpec`): automation rules; denied unless it is here */
  watchable?: boolean
  /** which way its rows travel between head office and the stations, where that does not follow from the rest (sync/travel.ts) */
  travels?: Travels
  /** a ref to the same entity: a row that has it was merged into another; lists and searches leave it out, and GET by its id answers 301 with the survivor's address */
  mergedInto?: string
  /** the tenant may add fields of its own */
  tenantFields?: boolean
  /** single records may be shared with a person or a unit that their scope does not reach (CU-20) */
  shareable?: boolean
  hooks?: Hooks<never>
}

/** A declaration as the compiler takes it; `$fields` exists for inference only. */
export interface Entity<N extends string = string, F = FieldMap> {
  readonly name: N
  readonly spec: EntitySpec
  readonly $fields?: F
}

export type RowOf<E> = E extends Entity<string, infer F> ? (F extends FieldMap ? RowOfFields<F> : never) : never
export type DraftOf<E> = E extends Entity<string, infer F> ? (F extends FieldMap ? DraftOfFields<F> : never) : never

type SpecOf<F extends FieldMap> = Omit<EntitySpec, 'fields' | 'display' | 'list' | 'hooks'> & {
  fields: F
  display: ReadonlyArray<keyof F & string>
  list: ReadonlyArray<(keyof F & string) | 'createdAt' | 'createdBy' | 'updatedAt'>
  hooks?: Hooks<RowOfFields<F>>
}

/** Declares an entity once: table, migration, REST, OpenAPI, permissions, audit, search, pages follow from it. */
export function defineEntity<const N extends string, F extends FieldMap>(name: N, spec: SpecOf<F>): Entity<N, F> {
  return Object.freeze({ name, spec: spec as unknown as EntitySpec })
}
