import type { Ctx } from '../context.ts'
import type { Runtime } from '../runtime.ts'

/*
 * What nearly every act needs and hardly any changes: the calendar, the time standards, a station's name, the newest version of a process.
 * Each tenant's row counts the changes of such data (`affectsMeta`, `affectsAccess`), and every act reads that row when it learns who
 * calls; so what was loaded under the same count is true without another question, in every program that serves the tenant.
 */

interface Known { stamp: number; values: Map<string, unknown> }
const caches = new WeakMap<Runtime, Map<string, Known>>()
const MAX_TENANTS = 1000
const MAX_VALUES = 2000

/** both counts only grow, so their sum names a state of the tenant's reference data */
const stampOf = (ctx: Ctx): number => ctx.tenant.accessVersion + ctx.tenant.metaVersion

/**
 * A value that depends on nothing but reference data of the tenant, loaded once for each state of it. `key` names the question with
 * everything that it asks for; the value is shared by all acts, so nobody may change it. An act that has itself changed such data
 * loads anew and keeps nothing: it may yet be rolled back.
 */
export async function known<T>(ctx: Ctx, key: string, load: () => Promise<T>): Promise<T> {
  if (ctx.tenant.changing) return load()
  let tenants = caches.get(ctx.runtime)
  if (!tenants) caches.set(ctx.runtime, tenants = new Map())
  const stamp = stampOf(ctx)
  const mine = tenants.get(ctx.tenant.id)
  if (mine?.stamp === stamp && mine.values.has(key)) return mine.values.get(key) as T
  const value = await load()
  // what a newer act has put there meanwhile is not replaced by what an older one knows
  const now = tenants.get(ctx.tenant.id)
  if (now && now.stamp > stamp) return value
  const kept: Known = now?.stamp === stamp ? now : { stamp, values: new Map() }
  if (kept.values.size >= MAX_VALUES) kept.values.clear()
  kept.values.set(key, value)
  tenants.delete(ctx.tenant.id)
  tenants.set(ctx.tenant.id, kept)
  if (tenants.size > MAX_TENANTS) tenants.delete(tenants.keys().next().value!)
  return value
}

/** Everything known of the tenant's reference data is out of date when this act commits. */
export function referenceChanged(ctx: Ctx, what: 'access' | 'meta'): void {
  ctx.tenant.changing = true
  ctx.send(`update tenant set ${what}_version = ${what}_version + 1 where id = $1`, [ctx.tenant.id], `tenant_${what}`)
}

/** Runs one of several attempts inside an act: what it wrote is undone if it fails, and the act goes on. */
export async function attempt<T>(ctx: Ctx, run: () => Promise<T>): Promise<T> {
  await ctx.query('savepoint attempt')
  try {
    const result = await run()
    // not before this is it known that everything sent without waiting has been taken
    await ctx.query('release savepoint attempt')
    return result
  } catch (error) {
    await ctx.query('rollback to savepoint attempt')
    await ctx.query('release savepoint attempt')
    throw error
  }
}
