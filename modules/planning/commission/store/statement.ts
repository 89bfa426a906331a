import { all, fail, visible, type Ctx } from '@quancheng/kernel'
import { cents, share, yuan } from '@quancheng/quotes'
import { sql } from 'kysely'
import { commission, difference } from '../rules/commission.ts'
import { planFor, plans, rolesOf } from './plans.ts'

export interface Cell { userId: string; name: string; period: string; amount: string; entries: number }

/** Commission of a year by person and month, as far as the caller may see entries. */
export async function statement(ctx: Ctx, year: number): Promise<Cell[]> {
  const entity = ctx.entities.get('commissionEntry'), condition = visible(ctx, entity, 't') ?? fail('FORBIDDEN', { permission: 'commissionEntry:read' })
  const { rows } = await sql<Cell>`select t.user_id as "userId", u.name, t.period, sum(t.amount)::text as amount, count(*)::int as entries from commission_entry as t join "user" u on u.tenant_id = t.tenant_id and u.id = t.user_id
    where ${all([condition, sql<boolean>`t.period like ${`${year}-%`}`])} group by t.user_id, u.name, t.period order by u.name, t.period`.execute(ctx.db)
  return rows
}

/** The year of each person, exactly. */
export const totalsOf = (cells: readonly Cell[]): Record<string, string> => Object.fromEntries([...Map.groupBy(cells, c => c.userId)].map(([id, list]) => [id, yuan(list.reduce((n, c) => n + cents(c.amount), 0n))]))

export interface Expected { userId: string; name: string; deals: number; weighted: string; commission: string }

/** What open deals may bring: amount × chance of each, at the rates of its owner's plan. Tiers that count a year go on from what came in this year. */
export async function estimate(ctx: Ctx, today: string): Promise<Expected[]> {
  const entity = ctx.entities.get('opportunity'), condition = visible(ctx, entity, 't') ?? fail('FORBIDDEN', { permission: 'opportunity:read' })
  const { rows } = await sql<{ userId: string; name: string; amount: string; chance: number }>`select t.owner_id as "userId", u.name, t.amount::text as amount, coalesce(t.chance, 0) as chance from opportunity as t join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id
    where ${all([condition, sql<boolean>`t.outcome = 'open'`])} order by u.name, t.owner_id, t.close_on, t.id`.execute(ctx.db)
  const [list, roles] = [await plans(ctx), await rolesOf(ctx)]
  const came = new Map((await ctx.query<{ id: string; sum: string }>(
    "select coalesce(c.owner_id, r.owner_id) as id, sum(r.amount)::text as sum from receipt r left join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id where r.tenant_id = $1 and r.received_on >= $2 and coalesce(c.owner_id, r.owner_id) is not null group by 1", [ctx.tenant.id, `${today.slice(0, 4)}-01-01`])).map(r => [r.id, r.sum]))
  return [...Map.groupBy(rows, r => r.userId)].map(([userId, deals]) => {
    const plan = planFor(list, { userId, roleIds: roles.get(userId) ?? [] }, today), parts = deals.map(d => share(d.amount, String(d.chance)))
    const weighted = yuan(parts.reduce((n, p) => n + cents(p), 0n))
    const sum = !plan ? '0.00' : plan.per === 'year' ? difference(plan.tiers, came.get(userId) ?? '0', weighted) : yuan(parts.reduce((n, p) => n + cents(commission(plan.tiers, p)), 0n))
    return { userId, name: deals[0]!.name, deals: deals.length, weighted, commission: sum }
  })
}
