import { elevated, schedule, storeMany, storeNew, type Ctx } from '@quancheng/kernel'
import { beginOf, today } from '../../rules/day.ts'
import { addDays, nextMonday, weekOf } from '../../rules/period.ts'

export const JOB_FORECAST = 'planning.forecast'
const HALF_HOUR = 30 * 60_000

/** On Monday at half past midnight the week that has ended is written down. */
export async function planNextSnapshot(ctx: Ctx): Promise<void> {
  const monday = nextMonday(today(ctx)), endsOn = addDays(monday, -1)
  await schedule(ctx, { kind: JOB_FORECAST, key: weekOf(endsOn), dueAt: new Date(beginOf(ctx, monday).getTime() + HALF_HOUR), payload: { endsOn } })
}
export async function forecastJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  await takeSnapshot(ctx, String(payload.endsOn))
  await planNextSnapshot(ctx)
}

/** Every open deal as it stands, under the week that ended on a day. A week that is there already stays as it is. */
export async function takeSnapshot(ctx: Ctx, endsOn: string): Promise<{ week: string; lines: number; made: boolean }> {
  const week = weekOf(endsOn)
  await ctx.query("select pg_advisory_xact_lock(hashtext('forecast' || $1::text))", [ctx.tenant.id])
  const [had] = await ctx.query<{ lines: number }>('select lines from forecast_snapshot where tenant_id = $1 and week = $2', [ctx.tenant.id, week])
  if (had) return { week, lines: had.lines, made: false }
  const deals = await ctx.query<Record<string, unknown>>(
    `select id as "opportunityId", name, unit_id as "unitId", owner_id as "ownerId", product_id as "productId", stage, coalesce(chance, 0) as chance, close_on::text as "closeOn", amount::text as amount, quantity::text as quantity, round(amount * coalesce(chance, 0) / 100, 2)::text as weighted
     from opportunity where tenant_id = $1 and outcome = 'open' order by id`, [ctx.tenant.id])
  const sys = elevated(ctx, '预测快照'), made = await storeNew(sys, ctx.entities.get('forecastSnapshot'), { week, endsOn, takenAt: ctx.now(), lines: deals.length })
  if (deals.length) await storeMany(sys, ctx.entities.get('forecastLine'), deals.map(d => ({ draft: { snapshotId: made.id, endsOn, ...d } })))
  return { week, lines: deals.length, made: true }
}
