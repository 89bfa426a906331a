import type { Ctx } from '../context.ts'
import type { OutboxEvent } from '../module.ts'
import type { Runtime } from '../runtime.ts'
import { newId } from '../ids.ts'
import { paceOf, type Pace } from './pace.ts'
import { nextDueAt, runDue } from './run-jobs.ts'
import { withTx, type Tx } from './tx.ts'
import { openWatched } from './watch.ts'

interface OutboxRow { tenant_id: string; id: number; event: string; entity: string; record_id: string; unit_id: string | null; payload: unknown; at: Date }

/**
 * Hands committed events to their consumers: each becomes a job of its own, so that one failing consumer holds up no other and is
 * tried again by itself. Runs in one transaction: an event is turned into its jobs exactly once.
 */
export async function drainOutbox(runtime: Runtime, batch = 100): Promise<number> {
  return withTx(runtime.pool, { worker: true }, async tx => {
    const rows = await tx.query<OutboxRow>(
      `delete from outbox o using (select tenant_id, id from outbox order by id limit $1 for update skip locked) x
       where o.tenant_id = x.tenant_id and o.id = x.id
       returning o.tenant_id, o.id, o.event, o.entity, o.record_id, o.unit_id, o.payload, o.at`, [batch], 'outbox_claim')
    for (const r of rows.toSorted((a, b) => a.id - b.id)) {
      for (const listener of hearers(runtime, r)) {
        await tx.query('insert into job (tenant_id, id, kind, due_at, payload, created_at) values ($1, $2, $3, $4, $5, $4)',
          [r.tenant_id, newId(), 'outbox', runtime.now(), JSON.stringify({ listener: listener.name, event: { event: r.event, entity: r.entity, recordId: r.record_id, unitId: r.unit_id, payload: r.payload, at: r.at } })], 'outbox_fan')
      }
    }
    return rows.length
  })
}

/** Whom an event is delivered to, by name: its listeners, and the watchers that wanted it when it was written. */
const hearers = (runtime: Runtime, r: OutboxRow): { name: string }[] => [...runtime.listeners(r.event), ...(openWatched(r.payload)?.for ?? []).map(name => ({ name }))]

/** The job kind `outbox`: one delivery to one consumer. */
export async function deliver(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { listener, event: told } = payload as { listener: string; event: OutboxEvent & { at: string } }
  const watch = openWatched(told.payload)
  const event = watch ? { ...told, payload: watch.note } : told
  const watcher = watch && ctx.runtime.watchers.find(w => w.name === listener)
  if (watcher) return watcher.run(ctx, { ...event, at: new Date(event.at), change: watch.change })
  const found = ctx.runtime.listeners(event.event).find(l => l.name === listener)
  if (found) await found.run(ctx, { ...event, at: new Date(event.at) })
}

export interface Worker { wake(): void; stop(): Promise<void>; idle(): Promise<void> }

/** the clock may be set, and another process may put something on the list that is due sooner: nobody sleeps longer */
const IDLE_MS = 1000
const ROUND = 50

/**
 * The background loop of one process. It sleeps until the next job is due, a commit wakes it, or a second has passed; a full queue is
 * worked off in small batches, and while people act it rests between them (pace.ts), so that neither they nor this process's requests wait.
 */
export function startWorker(runtime: Runtime, pace: Pace = paceOf(runtime)): Worker {
  let stopped = false
  let wakeUp: (() => void) | null = null
  let pending = false
  let busy: Promise<void> = Promise.resolve()
  let waiting: Array<() => void> = []
  /** `woken` ends an idle sleep early, but not a rest */
  const sleep = (ms: number, wakeable: boolean): Promise<void> => new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    const wake = (): void => { clearTimeout(timer); resolve() }
    if (wakeable || stopped) wakeUp = wake
    if (stopped) wake()
  })
  const round = async (): Promise<boolean> => {
    const moved = await drainOutbox(runtime)
    let ran = 0
    for (let i = 0; !stopped && i < ROUND; i++) {
      const began = performance.now()
      const n = await runDue(runtime, pace.size())
      if (!n) break
      ran += n
      // one by one is small and yields between any two statements
      const rest = n > 1 ? await pace.rest(performance.now() - began, n) : 0
      if (rest > 1 && !waiting.length) await sleep(rest, false)
    }
    return moved > 0 || ran > 0
  }
  const untilNext = async (): Promise<number> => {
    const next = await nextDueAt(runtime)
    return next ? Math.max(1, Math.min(IDLE_MS, (next.getTime() - runtime.now().getTime()) / (runtime.speed?.() || 1))) : IDLE_MS
  }
  const loop = async (): Promise<void> => {
    while (!stopped) {
      pending = false
      let worked = false
      let idle = IDLE_MS
      try { worked = await round(); if (!worked) idle = await untilNext() } catch (error) { runtime.log({ level: 'error', msg: 'worker', error: (error as Error).message }) }
      if (worked) { await new Promise(r => setImmediate(r)); continue }
      if (pending) continue // asked for while the round ran: it may have looked before the commit
      for (const fn of waiting.splice(0)) fn()
      if (stopped) continue
      await sleep(idle, true)
      wakeUp = null
    }
    for (const fn of waiting) fn()
    waiting = []
  }
  busy = loop()
  return {
    wake: () => { pending = true; wakeUp?.() },
    stop: async () => { stopped = true; wakeUp?.(); await busy },
    /** resolves when nothing was left to do: tests await it instead of sleeping */
    idle: () => new Promise(resolve => { waiting.push(resolve); pending = true; wakeUp?.() }),
  }
}

export { backoffSeconds, MAX_ATTEMPTS, runDue, runOneJob } from './run-jobs.ts'
export type { Tx }
