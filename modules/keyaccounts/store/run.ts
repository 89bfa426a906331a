import { dayOf, elevated, fail, schedule, startOfDay, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import type { Why } from '../rules/choices.ts'
import { applyLevels } from './apply.ts'
import { factsAfter, factsFor, meanOf } from './facts.ts'
import { shareWithTeams } from './shares.ts'
import { levelTable } from './table.ts'

/*
 * All accounts judged anew, in the background, a page a transaction. The page commits together with the cursor and with the job that asks for the
 * next: killed anywhere, it goes on where it was, and no account is judged twice.
 */
export const JOB_TIERS = 'keyaccounts.tiers', JOB_NIGHT = 'keyaccounts.night', JOB_ONE = 'keyaccounts.one'
/** accounts of one transaction: a second of work at the most, even when all of them change */
export const PAGE = 2_000
const DAY_MS = 86_400_000, AT_MS = 2 * 3_600_000, BUSY_MS = 5_000

export const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
const running = (ctx: Ctx) => ctx.query<{ id: string }>("select id from tier_run where tenant_id = $1 and state = 'running'", [ctx.tenant.id])

/** Begins a pass; there is never more than one. Errors: TIER_RUNNING, DECISION_UNKNOWN. */
export async function startRun(ctx: Ctx, why: Why): Promise<string> {
  await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`${ctx.tenant.id}/keyaccounts`])
  if ((await running(ctx)).length) return fail('TIER_RUNNING')
  const sys = elevated(ctx, '客户分级'), on = today(ctx), { version } = await levelTable(ctx), { accounts, mean } = await meanOf(ctx, on)
  const run = await storeNew(sys, ctx.entities.get('tierRun'), { state: 'running', why, on, tableVersion: version, mean: mean.toFixed(2), total: accounts, startedAt: ctx.now() })
  await schedule(ctx, { kind: JOB_TIERS, dueAt: ctx.now(), payload: { id: run.id } })
  return run.id as string
}

interface Run { id: string; state: string; why: Why; on: string; table_version: number; mean: string; done: number; changed: number; cursor: string | null }

/** One page of a pass. */
export async function tiersJob(ctx: Ctx, payload: Record<string, unknown>, page = PAGE): Promise<void> {
  const [run] = await ctx.query<Run & Record<string, unknown>>('select id, state, why, to_char("on", \'YYYY-MM-DD\') as "on", table_version, mean, done, changed, cursor from tier_run where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, payload.id])
  if (run?.state !== 'running') return
  const entity = ctx.entities.get('tierRun')
  const facts = await factsAfter(ctx, run.cursor, page, run.on)
  if (!facts.length) { await storeChange(ctx, entity, run.id, { state: 'done', endedAt: ctx.now() }); return }
  const { changed, held } = await applyLevels(ctx, facts, { table: await levelTable(ctx, run.table_version), mean: Number(run.mean), on: run.on, why: run.why })
  await storeChange(ctx, entity, run.id, { done: run.done + facts.length, changed: run.changed + changed, cursor: facts.at(-1)!.id })
  await later(ctx, held)
  await schedule(ctx, { kind: JOB_TIERS, dueAt: ctx.now(), payload: { id: run.id } })
}

/** Who was being written by somebody else is judged by itself, soon. */
const later = async (ctx: Ctx, ids: readonly string[], ms = BUSY_MS): Promise<void> => {
  for (const id of ids) await schedule(ctx, { kind: JOB_ONE, key: id, dueAt: new Date(ctx.now().getTime() + ms), payload: { id } })
}

/** An order of this account, or of one below it, changed: it and all above it are judged, if they are in the programme. */
export const askFor = (ctx: Ctx, customerId: string): Promise<void> => schedule(ctx, { kind: JOB_ONE, key: customerId, dueAt: ctx.now(), payload: { id: customerId } })

export async function oneJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const rows = await ctx.query<{ id: string }>(
    `with recursive up as (select id, parent_id, level, 0 as depth from customer where tenant_id = $1 and id = $2
       union select c.id, c.parent_id, c.level, u.depth + 1 from up u join customer c on c.tenant_id = $1 and c.id = u.parent_id where u.depth < 12) select distinct id from up where level is not null`, [ctx.tenant.id, payload.id])
  if (rows.length) await judgeNow(ctx, rows.map(r => r.id), 'order')
}

/** Some accounts at once; the mean is that of the last pass. */
export async function judgeNow(ctx: Ctx, ids: readonly string[], why: Why): Promise<void> {
  const on = today(ctx)
  const [last] = await ctx.query<{ mean: string }>('select mean from tier_run where tenant_id = $1 order by started_at desc limit 1', [ctx.tenant.id])
  const mean = last ? Number(last.mean) : (await meanOf(ctx, on, ids)).mean
  const { held } = await applyLevels(elevated(ctx, '客户分级'), await factsFor(ctx, ids, on), { table: await levelTable(ctx), mean, on, why })
  await later(ctx, held)
}

/** Two o'clock every night. */
export async function nightJob(ctx: Ctx): Promise<void> {
  await planNight(ctx)
  await shareWithTeams(ctx)
  if (!(await running(ctx)).length && (await meanOf(ctx, today(ctx))).accounts) await startRun(ctx, 'night')
}

export async function planNight(ctx: Ctx): Promise<void> {
  const midnight = startOfDay(dayOf(ctx.now(), ctx.tenant.timeZone), ctx.tenant.timeZone).getTime()
  await schedule(ctx, { kind: JOB_NIGHT, key: 'night', dueAt: new Date(ctx.now().getTime() < midnight + AT_MS ? midnight + AT_MS : midnight + DAY_MS + AT_MS) })
}
