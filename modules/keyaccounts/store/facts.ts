import type { Ctx } from '@quancheng/kernel'
import { SOLD } from '../rules/choices.ts'
import { yearBefore } from '../rules/period.ts'

/** What is known of one account of the programme: sums of its last twelve months, and how it stands so far. Money as numbers (yuan, exact to the cent below 9·10¹³). */
export interface Fact {
  id: string; level: number; tier: string | null; purchase: number | null; ours: number; group: boolean
  standing: { id: string; level: number; total: string; ours: string; below: boolean; tableVersion: number | null; toNext: string | null } | null
}
interface Row { id: string; level: number | null; tier: string | null; purchase: string | null; ours: string | null; group: boolean; sid: string | null; slevel: number; stotal: string; sours: string; below: boolean; version: number | null; tonext: string | null }

const PAGE = `page as (select c.id, c.level, c.tier, c.annual_purchase, exists (select 1 from customer k where k.tenant_id = c.tenant_id and k.parent_id = c.id) as parent from customer c where c.tenant_id = $1 and c.merged_into_id is null and `
/** One look into the index for each account: a page is small beside all orders, and the next statement must not depend on how the planner counts it. */
const REST = `
  select p.id, p.level, p.tier, p.annual_purchase as purchase, p.parent as group, own.ours, s.id as sid, s.level as slevel, s.total as stotal, s.ours as sours, s.below, s.table_version as version, s.to_next as tonext
  from page p left join lateral (select sum(o.amount) as ours from sales_order o where o.tenant_id = $1 and o.customer_id = p.id and o.state = any($2) and o.ordered_on > $3 and o.ordered_on <= $4) own on true
    left join customer_standing s on s.tenant_id = $1 and s.customer_id = p.id order by p.id`

async function factsOf(ctx: Ctx, rows: readonly Row[], on: string): Promise<Fact[]> {
  const facts = rows.map((r): Fact => ({
    id: r.id, level: r.level ?? 0, tier: r.tier, purchase: r.purchase === null ? null : Number(r.purchase), ours: Number(r.ours ?? 0), group: r.group,
    standing: r.sid ? { id: r.sid, level: r.slevel, total: r.stotal, ours: r.sours, below: r.below, tableVersion: r.version, toNext: r.tonext } : null,
  }))
  const parents = facts.filter(f => f.group)
  if (parents.length) await rollUp(ctx, parents, on)
  return facts
}

/** An account with others below it stands for all of them: what they buy counts for it, and so does their total where it names none itself. */
async function rollUp(ctx: Ctx, parents: Fact[], on: string): Promise<void> {
  const sums = await ctx.query<{ root: string; purchase: string | null; ours: string | null }>(
    `with recursive tree as (select c.id as root, c.id, 0 as depth from customer c where c.tenant_id = $1 and c.id = any($5)
       union select t.root, k.id, t.depth + 1 from tree t join customer k on k.tenant_id = $1 and k.parent_id = t.id where t.depth < 12),
     below as (select distinct root, id from tree where id <> root)
     select b.root, sum(c.annual_purchase) as purchase, sum(o.ours) as ours from below b join customer c on c.tenant_id = $1 and c.id = b.id
       left join lateral (select sum(amount) as ours from sales_order o where o.tenant_id = $1 and o.customer_id = b.id and o.state = any($2) and o.ordered_on > $3 and o.ordered_on <= $4) o on true group by 1`,
    [ctx.tenant.id, [...SOLD], yearBefore(on), on, parents.map(p => p.id)])
  const by = new Map(sums.map(s => [s.root, s]))
  for (const p of parents) {
    const s = by.get(p.id)
    p.ours += Number(s?.ours ?? 0)
    p.purchase ??= s?.purchase == null ? null : Number(s.purchase)
  }
}

/** The next accounts of the programme after an id, with the sums of the twelve months until and with a day. */
export const factsAfter = async (ctx: Ctx, cursor: string | null, most: number, on: string): Promise<Fact[]> =>
  factsOf(ctx, await ctx.query<Row & Record<string, unknown>>(`with ${PAGE} c.level is not null and ($5::uuid is null or c.id > $5) order by c.id limit $6)${REST}`, [ctx.tenant.id, [...SOLD], yearBefore(on), on, cursor, most]), on)

/** Some accounts, whether they are in the programme or about to join. */
export const factsFor = async (ctx: Ctx, ids: readonly string[], on: string): Promise<Fact[]> =>
  factsOf(ctx, await ctx.query<Row & Record<string, unknown>>(`with ${PAGE} c.id = any($5))${REST}`, [ctx.tenant.id, [...SOLD], yearBefore(on), on, ids]), on)

/** How many accounts there are (those about to join with them), and what they buy from us on average in twelve months. */
export async function meanOf(ctx: Ctx, on: string, joining: readonly string[] = []): Promise<{ accounts: number; mean: number }> {
  const [r] = await ctx.query<{ n: number; ours: string | null }>(
    `select (select count(*)::int from customer where tenant_id = $1 and (level is not null or id = any($5)) and merged_into_id is null) as n,
       (select sum(o.amount) from sales_order o join customer c on c.tenant_id = o.tenant_id and c.id = o.customer_id where o.tenant_id = $1 and o.state = any($2) and o.ordered_on > $3 and o.ordered_on <= $4 and (c.level is not null or c.id = any($5)) and c.merged_into_id is null) as ours`,
    [ctx.tenant.id, [...SOLD], yearBefore(on), on, joining])
  return { accounts: r!.n, mean: r!.n ? Math.round(Number(r!.ours ?? 0) / r!.n * 100) / 100 : 0 }
}
