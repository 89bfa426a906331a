import { fail } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { withTx } from './tx.ts'

/** How often one address may try an action that needs no sign-in: all calls, or only those that found nothing. */
export interface Tries { name: string; max: number; minutes: number; count: 'all' | 'failed'; /** wrong tries at one value of an input field as well, whatever the addresses they come from: what is short enough to be guessed */ at?: { field: string; max: number; minutes: number } }

/**
 * Tries counted in windows. A count has a transaction of its own, before or after the act's: a refused request rolls its act back, but
 * it must still have counted, and no request ever holds two connections.
 */
export async function countTry(runtime: Runtime, tenantId: string, key: string, minutes: number): Promise<number> {
  return withTx(runtime.pool, { tenantId }, async tx => {
    const [row] = await tx.query<{ count: number }>(
      `insert into rate_limit (tenant_id, key, window_start, count) values ($1, $2, $3, 1)
       on conflict (tenant_id, key) do update set
         count = case when rate_limit.window_start <= $3::timestamptz - make_interval(mins => $4) then 1 else rate_limit.count + 1 end,
         window_start = case when rate_limit.window_start <= $3::timestamptz - make_interval(mins => $4) then $3 else rate_limit.window_start end
       returning count`, [tenantId, key, runtime.now(), minutes])
    return row!.count
  })
}

/** Refuses once the tries of the window are used up; counts by itself where every call counts. `underWay`: tries of this key that have not been counted yet. */
export async function requireTry(runtime: Runtime, tenantId: string, key: string, t: Tries, underWay = 0): Promise<void> {
  if (t.count === 'all') {
    if ((await countTry(runtime, tenantId, key, t.minutes)) > t.max) fail('TOO_MANY_TRIES', { minutes: t.minutes })
    return
  }
  const rows = await withTx(runtime.pool, { tenantId, readOnly: true }, tx => tx.query<{ count: number }>(
    'select count from rate_limit where tenant_id = $1 and key = $2 and window_start > $3::timestamptz - make_interval(mins => $4)', [tenantId, key, runtime.now(), t.minutes]))
  if ((rows[0]?.count ?? 0) + underWay >= t.max) fail('TOO_MANY_TRIES', { minutes: t.minutes })
}
