import type { FastifyInstance } from 'fastify'
import type { ZodType } from 'zod'
import type { Ctx } from './context.ts'
import type { Entity } from './entity/define.ts'
import type { Label } from './i18n.ts'
import type { BatchHandler } from './store/run-jobs.ts'
import type { Tries } from './store/rate-limit.ts'

/** A business verb with a route of its own: one transaction, one permission, one line in OpenAPI. */
export interface ActionSpec<I = unknown, O = unknown> {
  name: string
  label: Label
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** `/api/service-requests/:id/move` */
  path: string
  /** `serviceRequest:move`; null = anyone signed in; 'public' = without sign-in */
  permission: string | null | 'public'
  /** may the permission be granted with a data scope (default true when it names an entity) */
  scoped?: boolean
  /** checked with zod; path parameters and, for GET, the query are merged into it */
  input?: ZodType<I>
  /** a partner's people may call it too: it shows and touches nothing but what their own scopes reach (docs/adr/0049). Without this it is refused to them */
  outsiders?: true
  status?: number
  readOnly?: boolean
  /** what a customer or an approver may do at head office although the record is a station's: it is kept, and the station does it (sync/relay.ts) */
  relay?: true
  /** limits tries from one address, for actions without sign-in */
  tries?: Tries
  run(ctx: Ctx, input: I): Promise<O>
}

export const defineAction = <I, O>(spec: ActionSpec<I, O>): ActionSpec => spec as unknown as ActionSpec

/**
 * Which way rows travel between head office and a station that runs the program itself (docs/adr/0029): `up` the station writes them and head office
 * reads; `down` the other way; `both` either writes and every station has them; `pair` either writes, and only the station they belong to has
 * them; `handover` they are only handed over when a unit gets its node; `never` each place has its own.
 */
export type Travels = 'up' | 'down' | 'both' | 'pair' | 'handover' | 'never'
export type TableTravels = Travels | { travels: Travels; belongs: import('./sync/travel.ts').Belongs }

/** A durable consumer of committed changes: at least once, so it must be idempotent. `event` is `entity.act` or `entity.*`. */
export interface ListenerSpec { name: string; event: string; /** on a station, what head office changed counts as well: such listeners see to what follows here */ comesDown?: true; run(ctx: Ctx, e: OutboxEvent): Promise<void> }
export interface OutboxEvent { event: string; entity: string; recordId: string; unitId: string | null; payload: unknown; at: Date }

/** What a watcher is told of a change: the version of the record that it made, how, and which fields it touched. Values are not carried: the audit has them. */
export interface WatchedChange { version: number; how: 'created' | 'changed' | 'removed'; fields: readonly string[]; cause?: unknown }

/**
 * A listener of what each tenant asks for, on entities that allow it (`watchable`). `wants` must keep its answer with `known`: every act that
 * writes such a record asks it, and nothing is written to the outbox for what no tenant wants to hear of.
 */
export interface WatcherSpec {
  name: string
  /** it is told of any entity that it names, `watchable` or not: it shows what it hears to nobody who may not read it */
  every?: true
  wants(ctx: Ctx): Promise<Wants>
  run(ctx: Ctx, e: OutboxEvent & { change: WatchedChange }): Promise<void>
}
/** by entity: is this change one to hear of? */
export type Wants = ReadonlyMap<string, (e: { event: string; how: WatchedChange['how']; fields: readonly string[] }) => boolean>

export type JobHandler = (ctx: Ctx, payload: Record<string, unknown>) => Promise<void | 'later'>

export interface ModuleSpec {
  name: string
  label: Label
  entities?: ReadonlyArray<Entity>
  actions?: readonly ActionSpec[]
  /** what acts are called in the record of changes, by `act` or `entity.act`; an action's own label need not be repeated */
  acts?: Readonly<Record<string, Label>>
  /**
   * Tables that are no entities (an engine's own): SQL files that run once each, in the order of their names (`sqlFiles`). They bind themselves
   * to the tenant like all others. A file that has been released is never changed: the next one alters.
   */
  tables?: readonly { name: string; sql: string }[]
  /** which way each of those tables travels */
  travels?: Readonly<Record<string, TableTravels>>
  listeners?: readonly ListenerSpec[]
  watchers?: readonly WatcherSpec[]
  /** handlers of jobs and timers by kind */
  /** `later`: somebody is using what it needs; the same job, never a new one, comes back in a few seconds, so that whoever takes it off the list finds it */
  jobs?: Record<string, JobHandler>
  /** kinds of jobs of which many are done in one transaction when they come in masses; each has a handler in `jobs` too, with the same effect */
  batches?: Record<string, BatchHandler>
  /** extra permissions that roles may grant */
  permissions?: ReadonlyArray<{ code: string; label: Label; scoped?: boolean }>
  /** routes that no declaration can express (streams, files); rare */
  routes?: (app: FastifyInstance, runtime: import('./runtime.ts').Runtime) => void
  /** runs when the program is wired, before anything is served: registers services that other modules look up */
  start?: (runtime: import('./runtime.ts').Runtime) => void
  /** runs once a tenant when it is made, and for every tenant at start (idempotent): default data, deployed processes */
  setup?: (ctx: Ctx) => Promise<void>
}

export const defineModule = (spec: ModuleSpec): ModuleSpec => Object.freeze(spec)
