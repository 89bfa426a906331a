import { all, fail, fenOf, visible, yuanOf, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { COUNTED } from './budget.ts'

export interface BudgetBar { id: string; unitId: string; unit: string; period: string; category: string; amount: string; claimed: string; approved: string; left: string; claims: number }
export interface Return { kind: 'campaign' | 'deal'; id: string; name: string; cost: string; revenue: string; won: number; /** revenue less cost, in percent of cost */ roi: number }

/** Budgets of a year with what is claimed on them, whoever claimed it. */
export async function budgetsOf(ctx: Ctx, year: number): Promise<BudgetBar[]> {
  const seen = visible(ctx, ctx.entities.get('budget'), 't') ?? fail('FORBIDDEN', { permission: 'budget:read' })
  const { rows } = await sql<Omit<BudgetBar, 'left'>>`select t.id, t.unit_id as "unitId", n.name as unit, t.period, t.category, t.amount::text as amount, coalesce(e.claimed, 0)::numeric(16,2)::text as claimed, coalesce(e.approved, 0)::numeric(16,2)::text as approved, coalesce(e.n, 0)::int as claims
    from budget t join unit n on n.tenant_id = t.tenant_id and n.id = t.unit_id
    left join lateral (select sum(amount) as claimed, sum(amount) filter (where stage = 'approved') as approved, count(*) as n from marketing_expense where tenant_id = t.tenant_id and budget_id = t.id and ${sql.raw(COUNTED)}) e on true
    where ${seen} and t.period like ${`${year}%`} order by n.name, t.starts_on, t.category`.execute(ctx.db)
  return rows.map(r => ({ ...r, left: yuanOf(fenOf(r.amount) - fenOf(r.claimed)) }))
}

/** What approved expenses of a year brought: the won deals of each campaign, and each deal that was spent on. Expenses and deals as far as the caller sees both. */
export async function returnsOf(ctx: Ctx, year: number): Promise<Return[]> {
  const mine = visible(ctx, ctx.entities.get('marketingExpense'), 't'), deals = visible(ctx, ctx.entities.get('opportunity'), 'o')
  if (!mine || !deals) return []
  const spent = all([mine, sql<boolean>`t.stage = 'approved'`, sql<boolean>`t.spent_on between ${`${year}-01-01`} and ${`${year}-12-31`}`])
  const { rows } = await sql<Omit<Return, 'roi'>>`
    select 'campaign' as kind, c.id, c.name, sum(t.amount)::text as cost, (select coalesce(sum(o.amount), 0) from opportunity o where ${deals} and o.campaign_id = c.id and o.outcome = 'won')::numeric(16,2)::text as revenue, (select count(*) from opportunity o where ${deals} and o.campaign_id = c.id and o.outcome = 'won')::int as won
      from marketing_expense t join campaign c on c.tenant_id = t.tenant_id and c.id = t.campaign_id where ${spent} group by c.id, c.name
    union all select 'deal', o.id, o.name, sum(t.amount)::text, (case when o.outcome = 'won' then o.amount else 0 end)::numeric(16,2)::text, (case when o.outcome = 'won' then 1 else 0 end)::int
      from marketing_expense t join opportunity o on o.tenant_id = t.tenant_id and o.id = t.opportunity_id where ${spent} and ${deals} group by o.id, o.name, o.outcome, o.amount order by 4 desc limit 200`.execute(ctx.db)
  return rows.map(r => ({ ...r, roi: Math.round((Number(r.revenue) - Number(r.cost)) / Number(r.cost) * 1000) / 10 }))
}
