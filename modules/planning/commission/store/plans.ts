import type { Ctx } from '@quancheng/kernel'
import type { Tier } from '../rules/commission.ts'

export interface Plan { id: string; name: string; userId: string | null; roleId: string | null; basis: 'received' | 'signed'; per: 'deal' | 'year'; from: string; until: string | null; tiers: Tier[] }

export async function plans(ctx: Ctx): Promise<Plan[]> {
  const rows = await ctx.query<Omit<Plan, 'tiers'> & Record<string, unknown>>('select id, name, user_id as "userId", role_id as "roleId", basis, per, valid_from::text as "from", valid_until::text as until from commission_plan where tenant_id = $1 and not coalesce(off, false) order by id', [ctx.tenant.id])
  const tiers = await ctx.query<{ plan_id: string; from: string; to: string | null; percent: string }>('select plan_id, "from"::text as "from", "to"::text as "to", percent::text as percent from commission_tier where tenant_id = $1 order by "from"', [ctx.tenant.id])
  return rows.map(p => ({ ...p, tiers: tiers.filter(t => t.plan_id === p.id) })).filter(p => p.tiers.length)
}

/** The plan of somebody on a day: their own, else one of a role that they hold, else everybody's; of equals the newest. */
export function planFor(all: readonly Plan[], who: { userId: string; roleIds: readonly string[] }, day: string): Plan | null {
  const near = (p: Plan): number => (p.userId ? 2 : p.roleId ? 1 : 0)
  return all.filter(p => p.from <= day && (p.until === null || p.until >= day) && (p.userId === null || p.userId === who.userId) && (p.roleId === null || who.roleIds.includes(p.roleId)))
    .toSorted((a, b) => near(b) - near(a) || (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))[0] ?? null
}

export const rolesOf = async (ctx: Ctx): Promise<Map<string, string[]>> => new Map((await ctx.query<{ id: string; ids: string[] }>(
  `select u.id, array(select unnest(coalesce(u.role_ids, '{}')) union select unnest(g.role_ids) from role_group g where g.tenant_id = u.tenant_id and g.id = any(coalesce(u.group_ids, '{}'))) as ids from "user" u where u.tenant_id = $1`, [ctx.tenant.id])).map(r => [r.id, r.ids]))
