import { visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { instantsOf } from '../../rules/day.ts'
import type { Span } from '../../rules/period.ts'
import { ratesOf, type Counts } from '../rules/forecast.ts'

interface Days { toDeal: number | null; toQuote: number | null; toOrder: number | null }
export interface Funnel extends Counts { rates: ReturnType<typeof ratesOf>; days: Days; ids: { deals: string[]; quotes: string[]; orders: string[] } }
/** a list's filter may name so many */
const NAMED = 200

/**
 * What became of the leads made in a span (AN-03): how many grew into deals, how many of those were quoted, how many ordered; and the median of days
 * from one to the next. A cohort: each step counts rows of the one before, whenever it came.
 */
export async function funnel(ctx: Ctx, span: Span, o: { unitId?: string | undefined; ownerId?: string | undefined }): Promise<Funnel> {
  const seen = visible(ctx, ctx.entities.get('lead'), 't'), at = instantsOf(ctx, span)
  const none: Funnel = { leads: 0, deals: 0, quotes: 0, orders: 0, rates: ratesOf({ leads: 0, deals: 0, quotes: 0, orders: 0 }), days: { toDeal: null, toQuote: null, toOrder: null }, ids: { deals: [], quotes: [], orders: [] } }
  if (!seen) return none
  const tenant = ctx.tenant.id
  const { rows: [r] } = await sql<Counts & Days & { dealIds: string[]; quoteIds: string[]; orderIds: string[] }>`
    with l as (select t.id, t.created_at, t.opportunity_id from lead t where ${seen} and t.created_at >= ${at.fromAt} and t.created_at < ${at.toAt}
        ${o.ownerId ? sql`and t.owner_id = ${o.ownerId}` : sql``} ${o.unitId ? sql`and t.unit_id in (select descendant_id from unit_closure where tenant_id = ${tenant} and ancestor_id = ${o.unitId})` : sql``}),
      d as (select o.id, min(l.created_at) as lead_at, min(o.created_at) as at from l join opportunity o on o.tenant_id = ${tenant} and (o.id = l.opportunity_id or o.lead_id = l.id) group by o.id),
      q as (select d.id, d.at as deal_at, min(q.created_at) as at from d join quote q on q.tenant_id = ${tenant} and q.opportunity_id = d.id group by d.id, d.at),
      s as (select q.id, q.at as quote_at, min(x.at) as at from q join (select opportunity_id as id, created_at as at from sales_order where tenant_id = ${tenant} and state <> 'cancelled') x on x.id = q.id group by q.id, q.at)
    select (select count(*) from l)::int as leads, (select count(*) from d)::int as deals, (select count(*) from q)::int as quotes, (select count(*) from s)::int as orders,
      (select round((percentile_cont(0.5) within group (order by extract(epoch from at - lead_at) / 86400))::numeric, 1)::float from d) as "toDeal",
      (select round((percentile_cont(0.5) within group (order by extract(epoch from at - deal_at) / 86400))::numeric, 1)::float from q) as "toQuote",
      (select round((percentile_cont(0.5) within group (order by extract(epoch from at - quote_at) / 86400))::numeric, 1)::float from s) as "toOrder",
      array(select id::text from d limit ${NAMED}) as "dealIds", array(select id::text from q limit ${NAMED}) as "quoteIds", array(select id::text from s limit ${NAMED}) as "orderIds"`.execute(ctx.db)
  if (!r) return none
  const { toDeal, toQuote, toOrder, dealIds, quoteIds, orderIds, ...counts } = r
  return { ...counts, rates: ratesOf(counts), days: { toDeal, toQuote, toOrder }, ids: { deals: dealIds, quotes: quoteIds, orders: orderIds } }
}
