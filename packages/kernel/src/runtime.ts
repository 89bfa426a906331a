import type pg from 'pg'
import type { Ctx } from './context.ts'
import type { CompiledCalendar } from './calendar/index.ts'
import type { Metadata } from './entity/registry.ts'
import type { BatchHandler } from './store/run-jobs.ts'
import type { ActionSpec, ListenerSpec, ModuleSpec, WatcherSpec, JobHandler } from './module.ts'

/** The wired program: one per process. Made by `createRuntime` (app.ts), closed by `close`. */
export interface Runtime {
  pool: pg.Pool
  /** the background worker's own few connections: a storm of due jobs takes none from people */
  workPool: pg.Pool
  metadata: Metadata
  modules: readonly ModuleSpec[]
  actions: readonly ActionSpec[]
  version: string
  now(): Date
  /** seconds of `now` in a second of the machine's time; absent: one. Other than one only in a played demo */
  speed?: () => number
  log(line: Record<string, unknown>): void
  /** is there a durable consumer of this event? only then the outbox gets a row */
  listensTo(event: string): boolean
  listeners(event: string): readonly ListenerSpec[]
  watchers: readonly WatcherSpec[]
  job(kind: string): JobHandler | undefined
  batch(kind: string): BatchHandler | undefined
  /** services that modules and the process engine register under a name (calendars, the engine) */
  services: Map<string, unknown>
  /** the business calendar of a tenant; see modules/org for its entity */
  calendar?: (ctx: Ctx) => Promise<CompiledCalendar>
  close(): Promise<void>
}
