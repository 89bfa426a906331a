import type { Runtime } from '../runtime.ts'
import { withTx, actsOf } from './tx.ts'
import { BATCH } from './run-jobs.ts'

/*
 * People first (docs/adr/0020). A worker that has much to do uses one connection and works in batches of a bounded time; while people act,
 * in this process or another, it rests after each batch for a multiple of the time that the batch took. With nobody about it does not rest.
 */

/** how long a batch should take: longer ones cost less a job, but people wait for their locks and this process's event loop */
const AIM_MS = 100
const AIM_WITH_PEOPLE_MS = 12
/** rest for so many times the length of the batch: the worker has a third of one core at most, people the rest */
const REST = 2
const REST_AT_MOST_MS = 100
/** somebody who acted so recently is about */
const LATELY_MS = 300
const ASK_EVERY_MS = 100
const SMALLEST = 25

export interface Pace { /** how many to take next */ size(): number; /** a batch is over; answers how long to rest, ms */ rest(took: number, jobs: number): Promise<number> }

export function paceOf(runtime: Runtime): Pace {
  let size = 32, asked = -Infinity, elsewhere = false
  /** Connections on which people act bear another name than those of workers, so that every process sees the people of all. */
  const lookAround = async (): Promise<void> => {
    if (performance.now() - asked < ASK_EVERY_MS) return
    asked = performance.now()
    elsewhere = (await withTx(runtime.workPool, { worker: true, readOnly: true }, tx => tx.query(
      `select 1 from pg_stat_activity where datname = current_database() and application_name = 'quancheng' and state_change > clock_timestamp() - make_interval(secs => $1) limit 1`, [LATELY_MS / 1000], 'people_about'))).length > 0
  }
  return {
    size: () => size,
    async rest(took, jobs) {
      const here = actsOf(runtime.pool)
      const people = here.running > 0 || performance.now() - here.last < LATELY_MS
      if (!people) await lookAround()
      const about = people || elsewhere
      if (jobs >= size / 2) {
        const aim = about ? AIM_WITH_PEOPLE_MS : AIM_MS
        size = Math.max(SMALLEST, Math.min(BATCH, Math.round(size * Math.max(0.5, Math.min(2, aim / Math.max(1, took))))))
      }
      return about ? Math.min(REST_AT_MOST_MS, took * REST) : 0
    },
  }
}
