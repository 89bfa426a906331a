import { elevated, type Ctx } from '@quancheng/kernel'
import { boundPeople, dutiesOf } from '@quancheng/usage'
import { instantsOf } from '../../rules/day.ts'
import { spanOfPeriod } from '../../rules/period.ts'
import { doneOf } from '../../targets/store/done.ts'

export interface Measure { id: string; cardId: string; name: string; source: string; zeroAt: string; fullAt: string; weight: number }
export interface Whom { unitId: string; userId: string | null }
export interface Figure { value: number | null; reason: string | null }

const NONE: Figure = { value: null, reason: null }
const share = (r: { part: number; n: number } | undefined): Figure => (r?.n ? { value: r.part / r.n * 100, reason: null } : NONE)

/** A figure, in percent unless it was given by hand; null where the month has nothing to count it from. */
export async function figure(ctx: Ctx, m: Measure, w: Whom, period: string): Promise<Figure> {
  const span = spanOfPeriod(period), at = instantsOf(ctx, span), who = w.userId ?? w.unitId
  const mine = (owner: string): string => (w.userId ? `t.${owner} = $2` : 't.unit_id in (select descendant_id from unit_closure where tenant_id = $1 and ancestor_id = $2)')
  const counted = async (text: string): Promise<Figure> => share((await ctx.query<{ part: number; n: number }>(text, [ctx.tenant.id, who, at.fromAt, at.toAt]))[0])
  switch (m.source) {
    case 'byHand': {
      const [given] = await ctx.query<{ value: string; reason: string }>('select value::text as value, reason from score_given where tenant_id = $1 and measure_id = $2 and period = $3 and unit_id = $4 and user_id is not distinct from $5 order by created_at desc limit 1', [ctx.tenant.id, m.id, period, w.unitId, w.userId])
      return given ? { value: Number(given.value), reason: given.reason } : NONE
    }
    case 'winRate': return counted(`select count(*) filter (where outcome = 'won')::int as part, count(*)::int as n from opportunity t where tenant_id = $1 and outcome in ('won', 'lost') and closed_at >= $3 and closed_at < $4 and ${mine('owner_id')}`)
    case 'followUp': return counted(`select count(*) filter (where exists (select 1 from engagement e where e.tenant_id = t.tenant_id and e.customer_id = t.id and e.state = 'done' and e.at >= $3 and e.at < $4))::int as part, count(*)::int as n from customer t where tenant_id = $1 and created_at < $4 and ${mine('owner_id')}`)
    // a customer who gives 4 or 5 is satisfied, as on the page of the answers; only where customers are asked
    case 'satisfied': return ctx.entities.find('surveyAnswer') ? counted(`select count(*) filter (where score >= 4)::int as part, count(*)::int as n from survey_answer t where tenant_id = $1 and answered_at >= $3 and answered_at < $4 and ${mine('person_id')}`) : NONE
    case 'signIns': return ctx.entities.find('signInDay') ? signIns(ctx, w, span.from, span.to) : NONE
    default: {
      const [target] = await ctx.query<{ amount: string }>('select amount::text as amount from target where tenant_id = $1 and period = $2 and measure = $3 and unit_id = $4 and user_id is not distinct from $5 and product_id is null', [ctx.tenant.id, period, m.source, w.unitId, w.userId])
      if (!target) return NONE
      const done = await doneOf(ctx, [{ id: 'x', measure: m.source, ...span, ...w, productId: null }])
      return { value: Number(done.get('x') ?? 0) / Number(target.amount) * 100, reason: null }
    }
  }
}

/** Days kept of the days that the rules of use asked for (RU-01, RU-02); leave and travel count as they do there. */
async function signIns(ctx: Ctx, w: Whom, from: string, until: string): Promise<Figure> {
  const sys = elevated(ctx, '评价'), people = await boundPeople(sys, w.userId ? { personId: w.userId } : { unitId: w.unitId })
  const duties = [...(await dutiesOf(sys, people, from, until)).values()]
  return share({ part: duties.reduce((n, d) => n + d.kept, 0), n: duties.reduce((n, d) => n + d.due, 0) })
}
