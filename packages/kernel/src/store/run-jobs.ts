import { asSystem } from '../act.ts'
import type { Ctx } from '../context.ts'
import type { Runtime } from '../runtime.ts'
import { withTx, type Tx } from './tx.ts'

/** Seconds until try n+1: 2, 8, 32 … one hour at most; then the job is dead and a person must look at it. */
export const backoffSeconds = (attempts: number): number => Math.min(3600, 2 * 4 ** attempts)
export const MAX_ATTEMPTS = 8
/** What somebody is using now is looked at again after so long. */
const COME_BACK_MS = 5000
/** So many of one kind at once, at most: people wait for a batch where it holds what they need. */
export const BATCH = 100
/** Others of the same kind are looked for among so many that are due. */
const WINDOW = 1000

export interface DueJob { id: string; payload: Record<string, unknown>; dueAt: Date; attempts: number }
/** `alone`: cannot be done together with the others, each runs by itself next; `later`: somebody is using what it needs. The others are done. */
export interface Batched { alone?: readonly string[]; later?: readonly string[] }
/** Many due jobs of one kind and tenant in one transaction. It waits for nobody's lock: what somebody holds comes back later. */
export type BatchHandler = (ctx: Ctx, jobs: readonly DueJob[]) => Promise<Batched>

interface Claimed { tenant_id: string; id: string; kind: string; key: string | null; payload: Record<string, unknown>; attempts: number; due_at: Date; last_error: string | null; created_at: Date }
type Named = Pick<Claimed, 'tenant_id' | 'id'>

const COLUMNS = 'tenant_id, id, kind, key, payload, attempts, due_at, last_error, created_at'
const HEAD = `select ${COLUMNS} from job where due_at <= $1 and not dead order by due_at limit 1 for update skip locked`
const BY_ID = `select ${COLUMNS} from job where tenant_id = $2 and id = $3 and due_at <= $1 and not dead for update skip locked`
/** The earliest of one kind; not far beyond the first, so that a rare kind is not searched for behind a flood of others. */
const TAKE = `select ${COLUMNS} from job where due_at <= $1 and not dead and tenant_id = $2 and kind = $3
  and due_at <= coalesce((select due_at from job where due_at <= $1 and not dead order by due_at offset ${WINDOW} limit 1), $1)
  order by due_at limit $4 for update skip locked`
/** Done; what put itself on the list again under its own key has moved its row, which stays. */
const DONE = `delete from job j using unnest($2::uuid[], $3::timestamptz[]) as x (id, due_at)
  where j.tenant_id = $1 and j.id = x.id and j.due_at < x.due_at + interval '1 millisecond'`

/** Is anything due or to come? The index on `due_at` answers it with its first entry, however many wait. */
export const nextDueAt = (runtime: Runtime): Promise<Date | null> => withTx(runtime.workPool, { worker: true, readOnly: true }, async tx =>
  (await tx.query<{ due_at: Date }>('select due_at from job where not dead order by due_at limit 1', [], 'job_next'))[0]?.due_at ?? null)

/**
 * Runs what is due next: one job, or many of its kind where the kind can be done in a batch. Claim, effect and removal are one transaction: a
 * killed process leaves the jobs where they were, and two processes never run the same one (SKIP LOCKED). Answers how many were taken.
 */
export async function runDue(runtime: Runtime, most: number): Promise<number> {
  const took: { head?: Claimed; batch?: Claimed[] } = {}
  const alone: Claimed[] = []
  let taken: number
  try {
    taken = await withTx(runtime.workPool, { worker: true }, async tx => {
      const [head] = await tx.query<Claimed>(HEAD, [runtime.now()], 'job_claim')
      if (!head) return 0
      took.head = head
      const batch = runtime.batch(head.kind)
      if (!batch || most < 2) { await runClaimed(runtime, tx, head); return 1 }
      const jobs = await tx.query<Claimed>(TAKE, [runtime.now(), head.tenant_id, head.kind, most], 'job_take')
      if (jobs.length === 1) { await runClaimed(runtime, tx, head); return 1 }
      took.batch = jobs
      // lost with the server, the effects and the removal are lost together: they are done again
      await tx.query('set local synchronous_commit = off')
      const left = await asSystem(runtime, tx, head.tenant_id, `job ${head.kind}`, ctx => batch(ctx, jobs.map(j => ({ id: j.id, payload: j.payload, dueAt: j.due_at, attempts: j.attempts }))))
      await putDown(tx, jobs, left, new Date(runtime.now().getTime() + COME_BACK_MS))
      alone.push(...jobs.filter(j => left.alone?.includes(j.id)))
      return jobs.length
    })
  } catch (error) {
    if (!took.head) throw error
    if (!took.batch) { await putBack(runtime, took.head, error as Error); return 1 }
    // it has taken all of them back; they are due when it is there again
    if ((error as { code?: string }).code === 'DATABASE_DOWN') throw error
    // the transaction took all of them back: one by one, only those that fail by themselves fail
    runtime.log({ level: 'warn', msg: 'batch failed', kind: took.head.kind, jobs: took.batch.length, error: (error as Error).message })
    alone.splice(0, Infinity, ...took.batch)
    taken = alone.length
  }
  for (const job of alone) await runById(runtime, job)
  return taken
}

/** Runs the next due job by itself, whatever its kind. False: nothing was due. */
export const runOneJob = async (runtime: Runtime): Promise<boolean> => (await runDue(runtime, 1)) > 0

async function runById(runtime: Runtime, job: Named): Promise<void> {
  let claimed: Claimed | undefined
  try {
    await withTx(runtime.workPool, { worker: true }, async tx => {
      [claimed] = await tx.query<Claimed>(BY_ID, [runtime.now(), job.tenant_id, job.id], 'job_by_id')
      if (claimed) await runClaimed(runtime, tx, claimed)
    })
  } catch (error) {
    if (!claimed) throw error
    await putBack(runtime, claimed, error as Error)
  }
}

async function runClaimed(runtime: Runtime, tx: Tx, job: Claimed): Promise<void> {
  const run = runtime.job(job.kind)
  const said = await asSystem(runtime, tx, job.tenant_id, `job ${job.kind}`, async ctx => {
    if (!run) throw new Error(`nobody handles jobs of kind ${job.kind}`)
    return run(ctx, job.payload)
  })
  if (said === 'later') { await postpone(tx, job.tenant_id, [job.id], new Date(runtime.now().getTime() + COME_BACK_MS)); return }
  // a job that put itself on the list again under its own key has moved its row: that one stays
  await tx.query("delete from job where tenant_id = $1 and id = $2 and due_at < $3::timestamptz + interval '1 millisecond'", [job.tenant_id, job.id, job.due_at], 'job_done')
}

/**
 * What was done leaves the list; what somebody is using stays on it for a little later. The rows are changed, never made anew: whoever takes a
 * job off the list meanwhile waits for its row, and finds it.
 */
async function putDown(tx: Tx, jobs: readonly Claimed[], left: Batched, soon: Date): Promise<void> {
  const later = new Set(left.later), alone = new Set(left.alone), tenantId = jobs[0]!.tenant_id
  const done = jobs.filter(j => !later.has(j.id) && !alone.has(j.id))
  if (done.length) await tx.query(DONE, [tenantId, done.map(j => j.id), done.map(j => j.due_at)], 'jobs_done')
  if (later.size) await postpone(tx, tenantId, [...later], soon)
}

const postpone = (tx: Tx, tenantId: string, ids: readonly string[], until: Date): Promise<unknown> =>
  tx.query('update job set due_at = $3 where tenant_id = $1 and id = any($2)', [tenantId, ids, until], 'jobs_later')

async function putBack(runtime: Runtime, job: Claimed, error: Error): Promise<void> {
  runtime.log({ level: 'error', msg: 'job failed', kind: job.kind, id: job.id, attempts: job.attempts + 1, error: error.message })
  const due = new Date(runtime.now().getTime() + backoffSeconds(job.attempts) * 1000)
  await withTx(runtime.workPool, { worker: true }, tx => tx.query(
    'update job set attempts = attempts + 1, due_at = $3, last_error = $4, dead = attempts + 1 >= $5 where tenant_id = $1 and id = $2',
    [job.tenant_id, job.id, due, error.message.slice(0, 2000), MAX_ATTEMPTS]))
}
