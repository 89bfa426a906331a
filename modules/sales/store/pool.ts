import { elevated, known, schedule, storeChange, unitAndAbove, type Ctx, type Locked } from '@quancheng/kernel'
import { deadlineOf } from '@quancheng/process'
import { DAY_MS, USUAL, type Holding, type PoolRule } from '../rules/pool.ts'
import { endTurn, JOB_IDLE, JOB_UNREAD, type Ended } from './turns.ts'

/** What the nearest unit above allows. */
export const poolRule = (ctx: Ctx, unitId: string | null): Promise<PoolRule> => known(ctx, `lead-pool/${unitId}`, async () => {
  if (!unitId) return USUAL
  const units = await unitAndAbove(ctx, unitId)
  const [r] = await ctx.query<{ read_hours: number; clock: 'clock' | 'business'; idle_days: number; max_held: number | null; max_per_day: number | null; retake_days: number }>(
    'select read_hours, clock, idle_days, max_held, max_per_day, retake_days from lead_pool where tenant_id = $1 and unit_id = any($2) order by array_position($2, unit_id) limit 1', [ctx.tenant.id, units])
  return r ? { readHours: r.read_hours, clock: r.clock, idleDays: r.idle_days, maxHeld: r.max_held, maxPerDay: r.max_per_day, retakeDays: r.retake_days } : USUAL
})

/** Its two clocks: not looked at, and not followed up. One job each; asking again moves it. */
export async function watch(ctx: Ctx, leadId: string, unitId: string | null, o: { unread: boolean }): Promise<void> {
  const rule = await poolRule(ctx, unitId), now = ctx.now()
  if (o.unread) {
    const { dueAt } = await deadlineOf(ctx, { minutes: rule.readHours * 60, clock: rule.clock, warnPercent: 100 }, now, [])
    await schedule(ctx, { kind: JOB_UNREAD, key: leadId, dueAt, payload: { leadId } })
  }
  await schedule(ctx, { kind: JOB_IDLE, key: leadId, dueAt: new Date(now.getTime() + rule.idleDays * DAY_MS), payload: { leadId } })
}

export const heldBy = async (ctx: Ctx, people: readonly string[]): Promise<Map<string, number>> =>
  new Map((await ctx.query<{ id: string; n: number }>("select owner_id as id, count(*)::int as n from lead where tenant_id = $1 and owner_id = any($2) and state in ('new', 'assigned', 'working') group by owner_id", [ctx.tenant.id, people])).map(r => [r.id, r.n]))

/** What the limits ask of one person and one lead. `dayStart`: when today began where the company is. */
export async function holding(ctx: Ctx, personId: string, leadId: string, dayStart: Date): Promise<Holding> {
  const [r] = await ctx.query<{ today: number; gave_up: Date | null }>(
    `select count(*) filter (where how = 'take' and began_at >= $4)::int as today, max(ended_at) filter (where lead_id = $3 and ended in ('back', 'unread', 'idle')) as gave_up
     from lead_turn where tenant_id = $1 and person_id = $2`, [ctx.tenant.id, personId, leadId, dayStart])
  return { held: (await heldBy(ctx, [personId])).get(personId) ?? 0, takenToday: r!.today, gaveUpAt: r!.gave_up }
}

/** Back to where everybody of the block may take it. */
export async function toPool(ctx: Ctx, locked: Locked, ended: Ended, note: Record<string, unknown>): Promise<void> {
  const id = locked.row.id as string
  await storeChange(elevated(ctx, '线索进公海'), ctx.entities.get('lead'), id, { ownerId: null, state: 'pool', pooledAt: ctx.now(), assignedAt: null, readAt: null }, { act: 'toPool', locked, note })
  await endTurn(ctx, id, ended)
}
