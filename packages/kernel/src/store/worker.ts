import type { Ctx } from '../context.ts'
import type { OutboxEvent } from '../module.ts'
import type { Runtime } from '../runtime.ts'
import { newId } from '../ids.ts'
import { asSystem } from '../act.ts'
import { withTx, type Tx } from './tx.ts'

/** Seconds until try n+1: 2, 8, 32 … one hour at most; then the job is dead and a person must look at it. */
export const backoffSeconds = (attempts: number): number => Math.min(3600, 2 * 4 ** attempts)
export const MAX_ATTEMPTS = 8

interface Claimed { tenant_id: string; id: string; kind: string; payload: Record<string, unknown>; attempts: number; due_at: Date }

/**
 * Runs the next due job, if there is one. Claim, effect and removal are one transaction: a killed process leaves the job where it
 * was, and two processes never run the same one (SKIP LOCKED). Returns false when nothing was due.
 */
export async function runOneJob(runtime: Runtime): Promise<boolean> {
  let claimed: Claimed | undefined
  try {
    return await withTx(runtime.pool, { worker: true }, async tx => {
      [claimed] = await tx.query<Claimed>(
        `select tenant_id, id, kind, payload, attempts, due_at from job where due_at <= $1 and not dead order by due_at limit 1 for update skip locked`, [runtime.now()], 'job_claim')
      if (!claimed) return false
      const { tenant_id, id, kind, payload } = claimed
      const run = runtime.job(kind)
      await asSystem(runtime, tx, tenant_id, `job ${kind}`, async ctx => {
        if (!run) throw new Error(`nobody handles jobs of kind ${kind}`)
        await run(ctx, payload)
      })
      // a job that put itself on the list again under its own key has moved its row: that one stays
      await tx.query("delete from job where tenant_id = $1 and id = $2 and due_at < $3::timestamptz + interval '1 millisecond'", [tenant_id, id, claimed.due_at], 'job_done')
      return true
    })
  } catch (error) {
    if (!claimed) throw error
    await putBack(runtime, claimed, error as Error)
    return true
  }
}

async function putBack(runtime: Runtime, job: Claimed, error: Error): Promise<void> {
  runtime.log({ level: 'error', msg: 'job failed', kind: job.kind, id: job.id, attempts: job.attempts + 1, error: error.message })
  const due = new Date(runtime.now().getTime() + backoffSeconds(job.attempts) * 1000)
  await withTx(runtime.pool, { worker: true }, tx => tx.query(
    'update job set attempts = attempts + 1, due_at = $3, last_error = $4, dead = attempts + 1 >= $5 where tenant_id = $1 and id = $2',
    [job.tenant_id, job.id, due, error.message.slice(0, 2000), MAX_ATTEMPTS]))
}

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
      for (const listener of runtime.listeners(r.event)) {
        await tx.query('insert into job (tenant_id, id, kind, due_at, payload, created_at) values ($1, $2, $3, $4, $5, $4)',
          [r.tenant_id, newId(), 'outbox', runtime.now(), JSON.stringify({ listener: listener.name, event: { event: r.event, entity: r.entity, recordId: r.record_id, unitId: r.unit_id, payload: r.payload, at: r.at } })], 'outbox_fan')
      }
    }
    return rows.length
  })
}

/** The job kind `outbox`: one delivery to one consumer. */
export async function deliver(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { listener, event } = payload as { listener: string; event: OutboxEvent & { at: string } }
  const found = ctx.runtime.listeners(event.event).find(l => l.name === listener)
  if (found) await found.run(ctx, { ...event, at: new Date(event.at) })
}

export interface Worker { wake(): void; stop(): Promise<void>; idle(): Promise<void> }

const IDLE_MS = 1000

/**
 * The background loop of one process. It sleeps until the next job is due, a commit wakes it, or a second has passed; a full queue is
 * worked off without pause but yields between jobs, so that requests in the same process are served.
 */
export function startWorker(runtime: Runtime): Worker {
  let stopped = false
  let wakeUp: (() => void) | null = null
  let pending = false
  let busy: Promise<void> = Promise.resolve()
  let waiting: Array<() => void> = []
  const round = async (): Promise<boolean> => {
    const moved = await drainOutbox(runtime)
    let ran = 0
    while (!stopped && ran < 50 && await runOneJob(runtime)) ran++
    return moved > 0 || ran > 0
  }
  const loop = async (): Promise<void> => {
    while (!stopped) {
      pending = false
      let worked = false
      try { worked = await round() } catch (error) { runtime.log({ level: 'error', msg: 'worker', error: (error as Error).message }) }
      if (worked) { await new Promise(r => setImmediate(r)); continue }
      if (pending) continue // asked for while the round ran: it may have looked before the commit
      for (const fn of waiting.splice(0)) fn()
      if (stopped) continue
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, IDLE_MS)
        wakeUp = () => { clearTimeout(timer); resolve() }
      })
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

export type { Tx }
