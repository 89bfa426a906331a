import { elevated, fail, registerErrors, storeNew, type Ctx } from '@quancheng/kernel'
import { instantsOf, today } from '../../rules/day.ts'
import { spanOfPeriod } from '../../rules/period.ts'
import { doneOf } from '../../targets/store/done.ts'
import { pointsOf, totalOf, weightsMakeHundred } from '../rules/score.ts'

registerErrors({
  SCORE_PERIOD: [409, '{period} 还没有过完，月底之后再评', '{period} is not over yet'],
  SCORE_WEIGHTS: [409, '评价表“{name}”的权重相加是 {sum}，要正好是 100', 'The weights of {name} make {sum}, not 100'],
})

interface Measure { id: string; cardId: string; name: string; source: string; zeroAt: string; fullAt: string; weight: number }
interface Whom { unitId: string; userId: string | null }

/** Everybody (or the unit itself) whom a card judges. */
const judged = async (ctx: Ctx, c: { unitId: string; roleId: string | null }): Promise<Whom[]> => (c.roleId === null ? [{ unitId: c.unitId, userId: null }]
  : ctx.query<{ unitId: string; userId: string }>(`select u.unit_id as "unitId", u.id as "userId" from "user" u join unit_closure k on k.tenant_id = u.tenant_id and k.descendant_id = u.unit_id and k.ancestor_id = $2
      where u.tenant_id = $1 and $3::uuid = any(coalesce(u.role_ids, '{}')) and u.off is not true order by u.name`, [ctx.tenant.id, c.unitId, c.roleId]))

/** A figure in percent; null where the month has nothing to count it from. */
async function figure(ctx: Ctx, m: Measure, w: Whom, period: string): Promise<{ value: number | null; reason: string | null }> {
  const mine = (alias: string, at: number): string => (w.userId ? `${alias}.owner_id = $${at}` : `${alias}.unit_id in (select descendant_id from unit_closure where tenant_id = $1 and ancestor_id = $${at})`), who = w.userId ?? w.unitId
  const span = spanOfPeriod(period), at = instantsOf(ctx, span), bare = { value: null, reason: null }
  if (m.source === 'byHand') {
    const [given] = await ctx.query<{ value: string; reason: string }>('select value::text as value, reason from score_given where tenant_id = $1 and measure_id = $2 and period = $3 and unit_id = $4 and user_id is not distinct from $5 order by created_at desc limit 1', [ctx.tenant.id, m.id, period, w.unitId, w.userId])
    return given ? { value: Number(given.value), reason: given.reason } : bare
  }
  if (m.source === 'winRate') {
    const [r] = await ctx.query<{ won: number; n: number }>(`select count(*) filter (where outcome = 'won')::int as won, count(*)::int as n from opportunity t where tenant_id = $1 and outcome in ('won', 'lost') and closed_at >= $3 and closed_at < $4 and ${mine('t', 2)}`, [ctx.tenant.id, who, at.fromAt, at.toAt])
    return r?.n ? { value: r.won / r.n * 100, reason: null } : bare
  }
  if (m.source === 'followUp') {
    const [r] = await ctx.query<{ seen: number; n: number }>(`select count(*)::int as n, count(*) filter (where exists (select 1 from engagement e where e.tenant_id = t.tenant_id and e.customer_id = t.id and e.state = 'done' and e.at >= $3 and e.at < $4))::int as seen from customer t where tenant_id = $1 and created_at < $4 and ${mine('t', 2)}`, [ctx.tenant.id, who, at.fromAt, at.toAt])
    return r?.n ? { value: r.seen / r.n * 100, reason: null } : bare
  }
  const [target] = await ctx.query<{ amount: string }>('select amount::text as amount from target where tenant_id = $1 and period = $2 and measure = $3 and unit_id = $4 and user_id is not distinct from $5 and product_id is null', [ctx.tenant.id, period, m.source, w.unitId, w.userId])
  if (!target) return bare
  const done = await doneOf(ctx, [{ id: 'x', measure: m.source, ...span, ...w, productId: null }])
  return { value: Number(done.get('x') ?? 0) / Number(target.amount) * 100, reason: null }
}

/** Judges a month that is over by every card that has not judged it yet; what was judged stays. */
export async function runScores(ctx: Ctx, period: string): Promise<{ period: string; results: number }> {
  if (spanOfPeriod(period).to >= today(ctx)) return fail('SCORE_PERIOD', { period })
  await ctx.query("select pg_advisory_xact_lock(hashtext('scores' || $1::text))", [ctx.tenant.id])
  const cards = await ctx.query<{ id: string; name: string; unitId: string; roleId: string | null }>('select id, name, unit_id as "unitId", role_id as "roleId" from score_card c where tenant_id = $1 and off is not true and not exists (select 1 from score_result r where r.tenant_id = c.tenant_id and r.card_id = c.id and r.period = $2) order by name', [ctx.tenant.id, period])
  const measures = Map.groupBy(await ctx.query<Measure & Record<string, unknown>>('select id, card_id as "cardId", name, source, zero_at::text as "zeroAt", full_at::text as "fullAt", weight from score_measure where tenant_id = $1 order by created_at, id', [ctx.tenant.id]), m => m.cardId)
  const sys = elevated(ctx, '评价')
  let results = 0
  for (const c of cards) {
    const of = measures.get(c.id) ?? []
    if (!weightsMakeHundred(of)) return fail('SCORE_WEIGHTS', { name: c.name, sum: of.reduce((n, m) => n + m.weight, 0) })
    for (const w of await judged(ctx, c)) {
      const lines = []
      for (const m of of) { const { value, reason } = await figure(ctx, m, w, period); lines.push({ name: m.name, source: m.source, value: value === null ? null : value.toFixed(2), points: pointsOf(value, { zeroAt: Number(m.zeroAt), fullAt: Number(m.fullAt) }), weight: m.weight, reason }) }
      const made = await storeNew(sys, ctx.entities.get('scoreResult'), { cardId: c.id, period, ...w, total: totalOf(lines).toFixed(1) })
      for (const l of lines) await storeNew(sys, ctx.entities.get('scoreLine'), { resultId: made.id, ...l, points: l.points.toFixed(1) })
      results++
    }
  }
  return { period, results }
}
