import { dayOf, elevated, fail, lock, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { words } from '../rules/dispatch.ts'
import { areaOf, dayBefore, type Where } from '../rules/territory.ts'

export const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)

/** Whose customer or deal it is by place, size and product on a day (`yyyy-mm-dd`, null: today); null where nobody has that territory then. */
export async function holderFor(ctx: Ctx, where: Where, day: string | null): Promise<string | null> {
  const areas = await ctx.query<{ id: string; parent_id: string | null; provinces: string | null; cities: string | null; product_id: string | null; staff_from: number | null; staff_to: number | null; visits_from: number | null; visits_to: number | null }>('select id, parent_id, provinces, cities, product_id, staff_from, staff_to, visits_from, visits_to from territory where tenant_id = $1 order by name, id', [ctx.tenant.id])
  const area = areaOf(areas.map(a => ({ id: a.id, parentId: a.parent_id, provinces: words(a.provinces), cities: words(a.cities), productId: a.product_id, staffFrom: a.staff_from, staffTo: a.staff_to, visitsFrom: a.visits_from, visitsTo: a.visits_to })), where)
  if (!area) return null
  const [h] = await ctx.query<{ user_id: string }>('select h.user_id from territory_holder h join "user" u on u.tenant_id = h.tenant_id and u.id = h.user_id and not coalesce(u.off, false) where h.tenant_id = $1 and h.territory_id = $2 and h.since <= $3 and coalesce(h.until, $3) >= $3', [ctx.tenant.id, area.id, day ?? today(ctx)])
  return h?.user_id ?? null
}

/**
 * What is known of the customer that a lead may belong to (the same telephone or the same company): how large it is, and how many visits of the last
 * twelve months are done, whichever way they were written down. Nobody was ever at one that is not known.
 */
export async function knownOf(ctx: Ctx, lead: { phone?: unknown; company?: unknown }): Promise<{ staff: number | null; visits: number }> {
  const [c] = await ctx.query<{ id: string; staff: number | null }>(
    'select id, staff_count as staff from customer where tenant_id = $1 and merged_into_id is null and ((phone is not null and phone = $2) or lower(name) = lower($3)) order by (lower(name) = lower($3)) desc nulls last, created_at limit 1', [ctx.tenant.id, lead.phone ?? null, lead.company ?? null])
  if (!c) return { staff: null, visits: 0 }
  const since = new Date(ctx.now()); since.setUTCFullYear(since.getUTCFullYear() - 1)
  const [n] = await ctx.query<{ n: number }>(
    `select ((select count(*) from engagement where tenant_id = $1 and customer_id = $2 and kind = 'visit' and state = 'done' and at >= $3 and at <= $4)
      + (select count(*) from customer_visit where tenant_id = $1 and customer_id = $2 and state = 'done' and coalesce(visited_at, planned_at) >= $3 and coalesce(visited_at, planned_at) <= $4))::int as n`, [ctx.tenant.id, c.id, since, ctx.now()])
  return { staff: c.staff, visits: n!.n }
}

/** From a day on it is somebody else's; until the day before it stays whose it was, and so do the deals of those days (SA-07). */
export async function handOverTerritory(ctx: Ctx, territoryId: string, toId: string, from: string): Promise<{ id: string; was: string | null }> {
  const sys = elevated(ctx, '地域交接'), holder = ctx.entities.get('territoryHolder')
  await lock(ctx, ctx.entities.get('territory'), territoryId, 'update')
  const [now] = await ctx.query<{ id: string; user_id: string; since: string }>('select id, user_id, to_char(since, \'YYYY-MM-DD\') as since from territory_holder where tenant_id = $1 and territory_id = $2 and (until is null or until >= $3) order by since desc limit 1', [ctx.tenant.id, territoryId, from])
  if (now && now.since >= from) fail('TERRITORY_FROM', { since: now.since })
  if (now) await storeChange(sys, holder, now.id, { until: dayBefore(from) }, { act: 'handOver' })
  // the statement goes out at once: the new row's check must see the old one's last day
  await ctx.query('select 1')
  const row = await storeNew(sys, holder, { territoryId, userId: toId, since: from }, { act: 'handOver' })
  return { id: row.id as string, was: now?.user_id ?? null }
}
