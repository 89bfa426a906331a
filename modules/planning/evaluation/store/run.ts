import { elevated, fail, registerErrors, storeNew, type Ctx } from '@quancheng/kernel'
import { today } from '../../rules/day.ts'
import { spanOfPeriod } from '../../rules/period.ts'
import { pointsOf, totalOf, weightsMakeHundred } from '../rules/score.ts'
import { figure, type Measure, type Whom } from './figure.ts'

registerErrors({
  SCORE_PERIOD: [409, '{period} 还没有过完，月底之后再评', '{period} is not over yet'],
  SCORE_WEIGHTS: [409, '评价表“{name}”的权重相加是 {sum}，要正好是 100', 'The weights of {name} make {sum}, not 100'],
})

/** Everybody (or the unit itself) whom a card judges. */
const judged = async (ctx: Ctx, c: { unitId: string; roleId: string | null }): Promise<Whom[]> => (c.roleId === null ? [{ unitId: c.unitId, userId: null }]
  : ctx.query<{ unitId: string; userId: string }>(`select u.unit_id as "unitId", u.id as "userId" from "user" u join unit_closure k on k.tenant_id = u.tenant_id and k.descendant_id = u.unit_id and k.ancestor_id = $2
      where u.tenant_id = $1 and $3::uuid = any(coalesce(u.role_ids, '{}')) and u.off is not true order by u.name`, [ctx.tenant.id, c.unitId, c.roleId]))

export interface WrongCard { id: string; name: string; sum: number }

/** Cards in use whose weights do not make 100: nobody is judged by them until they do. */
export const wrongCards = (ctx: Ctx): Promise<WrongCard[]> => ctx.query<WrongCard & Record<string, unknown>>(
  'select c.id, c.name, coalesce(sum(m.weight), 0)::int as sum from score_card c left join score_measure m on m.tenant_id = c.tenant_id and m.card_id = c.id where c.tenant_id = $1 and c.off is not true group by c.id, c.name having coalesce(sum(m.weight), 0) <> 100 order by c.name', [ctx.tenant.id])

/** Judges a month that is over by every card that is right and has not judged it yet; what was judged stays, and a card that is wrong holds nobody else up. */
export async function runScores(ctx: Ctx, period: string): Promise<{ period: string; results: number; wrong: WrongCard[] }> {
  if (spanOfPeriod(period).to >= today(ctx)) return fail('SCORE_PERIOD', { period })
  await ctx.query("select pg_advisory_xact_lock(hashtext('scores' || $1::text))", [ctx.tenant.id])
  const cards = await ctx.query<{ id: string; name: string; unitId: string; roleId: string | null }>('select id, name, unit_id as "unitId", role_id as "roleId" from score_card c where tenant_id = $1 and off is not true and not exists (select 1 from score_result r where r.tenant_id = c.tenant_id and r.card_id = c.id and r.period = $2) order by name', [ctx.tenant.id, period])
  const measures = Map.groupBy(await ctx.query<Measure & Record<string, unknown>>('select id, card_id as "cardId", name, source, zero_at::text as "zeroAt", full_at::text as "fullAt", weight from score_measure where tenant_id = $1 order by created_at, id', [ctx.tenant.id]), m => m.cardId)
  const sys = elevated(ctx, '评价'), wrong = await wrongCards(ctx)
  let results = 0
  for (const c of cards) {
    const of = measures.get(c.id) ?? []
    if (!weightsMakeHundred(of)) continue
    for (const w of await judged(ctx, c)) {
      const lines = []
      for (const m of of) { const { value, reason } = await figure(ctx, m, w, period); lines.push({ name: m.name, source: m.source, value: value === null ? null : value.toFixed(2), points: pointsOf(value, { zeroAt: Number(m.zeroAt), fullAt: Number(m.fullAt) }), weight: m.weight, reason }) }
      const made = await storeNew(sys, ctx.entities.get('scoreResult'), { cardId: c.id, period, ...w, total: totalOf(lines).toFixed(1) })
      for (const l of lines) await storeNew(sys, ctx.entities.get('scoreLine'), { resultId: made.id, ...l, points: l.points.toFixed(1) })
      results++
    }
  }
  return { period, results, wrong }
}
