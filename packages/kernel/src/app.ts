import pg from 'pg'
import { coreModule } from './core/index.ts'
import { compileMetadata } from './entity/registry.ts'
import { buildServer } from './http/server.ts'
import { keepHub, startHub, type Hub } from './http/live.ts'
import type { ListenerSpec, ModuleSpec } from './module.ts'
import type { Runtime } from './runtime.ts'
import { deliver, startWorker, type Worker } from './store/worker.ts'

export interface Connection { host?: string; port?: number; user?: string; password?: string; database?: string; connectionString?: string }

export interface RuntimeOptions {
  connection: Connection
  modules: readonly ModuleSpec[]
  version?: string
  now?: () => Date
  /** how fast `now` runs; see Runtime */
  speed?: () => number
  poolSize?: number
  log?: (line: Record<string, unknown>) => void
}

/** Wires modules into a runtime. The kernel's own module is always the first. */
export function createRuntime(o: RuntimeOptions): Runtime {
  const modules = [coreModule, ...o.modules]
  const metadata = compileMetadata(modules.flatMap(m => m.entities ?? []))
  const actions = modules.flatMap(m => m.actions ?? [])
  const routes = new Set<string>()
  for (const a of actions) {
    const key = `${a.method} ${a.path}`
    if (routes.has(key)) throw new Error(`two actions at ${key}`)
    routes.add(key)
  }
  const listeners = modules.flatMap(m => m.listeners ?? [])
  const byEvent = new Map<string, ListenerSpec[]>()
  const heard = (event: string): ListenerSpec[] => {
    let found = byEvent.get(event)
    if (!found) { const wild = `${event.split('.')[0]}.*`; found = listeners.filter(l => l.event === event || l.event === wild); byEvent.set(event, found) }
    return found
  }
  const jobs = new Map<string, NonNullable<ModuleSpec['jobs']>[string]>([['outbox', deliver]])
  for (const m of modules) for (const [kind, run] of Object.entries(m.jobs ?? {})) {
    if (jobs.has(kind)) throw new Error(`two handlers of jobs of kind ${kind}`)
    jobs.set(kind, run)
  }
  const batches = new Map(modules.flatMap(m => Object.entries(m.batches ?? {})))
  const log = o.log ?? (line => process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`))
  const poolOf = (name: string, max: number): pg.Pool => new pg.Pool({ ...o.connection, pipeline: true, max, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 8000, application_name: name, options: '-c statement_timeout=30000 -c idle_in_transaction_session_timeout=300000' })
  // pace.ts tells people from workers by these names
  const pool = poolOf('quancheng', o.poolSize ?? 16), workPool = poolOf('quancheng-work', 2)
  // a connection that breaks in the middle of an act fails its statement; without a listener it would end the whole process
  let closing = false
  const lost = (msg: string) => (error: Error) => { if (!closing) log({ level: 'warn', msg, error: error.message }) }
  for (const p of [pool, workPool]) {
    p.on('connect', client => { client.on('error', lost('connection lost')) })
    p.on('error', lost('idle connection lost'))
  }
  const runtime: Runtime = {
    pool, workPool, metadata, modules, actions, version: o.version ?? '0.1.0', now: o.now ?? (() => new Date()), ...(o.speed ? { speed: o.speed } : {}), log,
    listensTo: event => heard(event).length > 0, listeners: heard, watchers: modules.flatMap(m => m.watchers ?? []), job: kind => jobs.get(kind), batch: kind => batches.get(kind),
    services: new Map(), close: async () => { closing = true; await Promise.all([pool.end(), workPool.end()]) },
  }
  for (const m of modules) m.start?.(runtime)
  return runtime
}

export interface RunningApp { runtime: Runtime; server: Awaited<ReturnType<typeof buildServer>>; hub: Hub; worker: Worker | null; close(): Promise<void> }

/** A runtime with its HTTP server, live hub and background worker; not listening yet. */
export async function createApp(o: RuntimeOptions & { worker?: boolean; trustProxy?: boolean }): Promise<RunningApp> {
  const runtime = createRuntime(o)
  const worker = o.worker === false ? null : startWorker(runtime)
  const hub = startHub(runtime, () => new pg.Client(o.connection), () => worker?.wake())
  await hub.ready
  keepHub(runtime, hub)
  const server = await buildServer(runtime, hub, o)
  return {
    runtime, server, hub, worker,
    async close() { await server.close(); await worker?.stop(); await hub.close(); await runtime.close() },
  }
}
