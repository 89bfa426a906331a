import type pg from 'pg'
import type { Ctx } from './context.ts'
import type { CompiledCalendar } from './calendar/index.ts'
import type { Metadata } from './entity/registry.ts'
import type { ActionSpec, ListenerSpec, ModuleSpec } from './module.ts'

/** The wired program: one per process. Made by `createRuntime` (app.ts), closed by `close`. */
export interface Runtime {
  pool: pg.Pool
  metadata: Metadata
  modules: readonly ModuleSpec[]
  actions: readonly ActionSpec[]
  version: string
  now(): Date
  log(line: Record<string, unknown>): void
  /** is there a durable consumer of this event? only then the outbox gets a row */
  listensTo(event: string): boolean
  listeners(event: string): readonly ListenerSpec[]
  job(kind: string): ((ctx: Ctx, payload: Record<string, unknown>) => Promise<void>) | undefined
  /** services that modules and the process engine register under a name (calendars, the engine) */
  services: Map<string, unknown>
  /** the business calendar of a tenant; see modules/org for its entity */
  calendar?: (ctx: Ctx) => Promise<CompiledCalendar>
  close(): Promise<void>
}
