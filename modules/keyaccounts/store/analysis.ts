import { visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { KEY_LEVEL, SOLD } from '../rules/choices.ts'
import { concentration, fewThatMatter, savingOf, type Demand, type Item, type Saving } from '../rules/analysis.ts'
import { subtreeIds } from './tree.ts'

export interface Days { from: string; until: string }
const sold = sql`o.state = any(${[...SOLD]}::text[])`

/** Amount ÷ quantity by measure (公里, 台…) of some customers; only measures that were bought. */
const measured = (ctx: Ctx, ids: readonly string[], d: Days) => ctx.query<{ unit: string; customer_id: string; quantity: string; amount: string; list: string | null }>(
  `select l.unit, l.customer_id, sum(l.quantity) as quantity, sum(l.amount) as amount, sum(l.quantity * l.list_price) as list from order_line l join sales_order o on o.tenant_id = l.tenant_id and o.id = l.order_id
   where l.tenant_id = $1 and l.customer_id = any($2) and l.ordered_on >= $3 and l.ordered_on <= $4 and o.state = any($5) group by 1, 2`, [ctx.tenant.id, ids, d.from, d.until, [...SOLD]])

/** What an account pays a unit, what it saved, and how that compares with the mean of the group that it belongs to (SA-19). */
export async function savings(ctx: Ctx, customerId: string, groupId: string, d: Days): Promise<Array<Saving & { unit: string; quantity: string; amount: string; mean: number | null }>> {
  const [all, own] = [await measured(ctx, await subtreeIds(ctx, groupId), d), new Set(await subtreeIds(ctx, customerId))]
  const out: Array<Saving & { unit: string; quantity: string; amount: string; mean: number | null }> = []
  for (const unit of [...new Set(all.map(r => r.unit))].toSorted()) {
    const group = all.filter(r => r.unit === unit), mine = group.filter(r => own.has(r.customer_id))
    const add = (rows: typeof all, of: 'quantity' | 'amount' | 'list'): number => rows.reduce((n, r) => n + Number(r[of] ?? 0), 0)
    const mean = groupId === customerId || !add(group, 'quantity') ? null : Math.round(add(group, 'amount') / add(group, 'quantity') * 10_000) / 10_000
    const s = savingOf({ quantity: add(mine, 'quantity'), amount: Math.round(add(mine, 'amount') * 100) / 100, list: mine.length && mine.every(r => r.list !== null) ? add(mine, 'list') : null, mean })
    if (s) out.push({ unit, quantity: String(add(mine, 'quantity')), amount: add(mine, 'amount').toFixed(2), mean, ...s })
  }
  return out
}

/** How often each thing was bought in a span, by all accounts that the caller may see, or by one and all below it (SA-20). */
export async function fewThings(ctx: Ctx, d: Days, customerId: string | null) {
  const ids = customerId ? await subtreeIds(ctx, customerId) : null, may = visible(ctx, ctx.entities.get('salesOrder'), 'o')
  const { rows } = await sql<{ item: string; count: number; quantity: string; amount: string }>`
    select l.item, count(*)::int as count, sum(l.quantity) as quantity, sum(l.amount) as amount from order_line l join sales_order o on o.tenant_id = l.tenant_id and o.id = l.order_id
    where ${may ?? sql`false`} and l.ordered_on >= ${d.from} and l.ordered_on <= ${d.until} and ${sold} and (${ids}::uuid[] is null or l.customer_id = any(${ids}::uuid[])) group by 1`.execute(ctx.db)
  return fewThatMatter(rows.map((r): Item => ({ item: r.item, count: r.count, quantity: Number(r.quantity), amount: Number(r.amount) })))
}

/** Things on which the demand of several key accounts meets (TP-09). */
export async function meetings(ctx: Ctx, d: Days) {
  const may = visible(ctx, ctx.entities.get('salesOrder'), 'o')
  const { rows } = await sql<Demand & { name: string; quantity: string }>`
    select l.item, l.customer_id as "customerId", c.name, count(*)::int as count, sum(l.quantity) as quantity from order_line l join sales_order o on o.tenant_id = l.tenant_id and o.id = l.order_id join customer c on c.tenant_id = l.tenant_id and c.id = l.customer_id
    where ${may ?? sql`false`} and l.ordered_on >= ${d.from} and l.ordered_on <= ${d.until} and ${sold} and c.level <= ${KEY_LEVEL} group by 1, 2, 3`.execute(ctx.db)
  const names = new Map(rows.map(r => [r.customerId, r.name]))
  return concentration(rows.map(r => ({ item: r.item, customerId: r.customerId, count: r.count, quantity: Number(r.quantity) }))).map(p => ({ ...p, names: p.customers.map(id => names.get(id) ?? '') }))
}
