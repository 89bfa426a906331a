import type { Ctx } from '@quancheng/kernel'
import { instantsOf } from '../../rules/day.ts'

export interface Asked { id: string; measure: string; from: string; to: string; unitId: string; userId: string | null; productId: string | null }

/** Where each measure is counted: the rows, whose they are, when. A unit's rows are those of all below it. */
const SOURCES: Record<string, { sum: string; from: string; owner: string; unit: string; when: string; product?: string }> = {
  signed: { sum: 'sum(s.amount)', from: 'contract s left join opportunity o on o.tenant_id = s.tenant_id and o.id = s.opportunity_id', owner: 's.owner_id', unit: 's.unit_id', when: 's.signed_on between a."from" and a."to"', product: 'o.product_id' },
  received: { sum: 'sum(s.amount)', from: 'receipt s', owner: 's.owner_id', unit: 's.unit_id', when: 's.received_on between a."from" and a."to"' },
  orders: { sum: 'sum(s.quantity)', from: "order_line s join sales_order o on o.tenant_id = s.tenant_id and o.id = s.order_id and o.state in ('confirmed', 'delivering', 'done')", owner: 'o.owner_id', unit: 'o.unit_id', when: 'o.ordered_on between a."from" and a."to"', product: 's.product_id' },
  newCustomers: { sum: 'count(s.id)', from: 'customer s', owner: 's.owner_id', unit: 's.unit_id', when: 's.created_at >= a.from_at and s.created_at < a.to_at' },
  visits: { sum: 'count(s.id)', from: 'engagement s', owner: 's.owner_id', unit: 's.unit_id', when: "s.kind = 'visit' and s.state = 'done' and s.at >= a.from_at and s.at < a.to_at" },
}

/** What has been done for each that is asked for, as decimal text; the figure is the target's, whoever looks at it. */
export async function doneOf(ctx: Ctx, list: readonly Asked[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const [measure, some] of Map.groupBy(list, a => a.measure)) {
    const s = SOURCES[measure]!
    const asked = some.map(a => { const i = instantsOf(ctx, a); return { id: a.id, from: a.from, to: a.to, from_at: i.fromAt, to_at: i.toAt, unit_id: a.unitId, user_id: a.userId, product_id: a.productId } })
    const rows = await ctx.query<{ id: string; sum: string }>(
      `with a as (select * from jsonb_to_recordset($2::jsonb) as x(id text, "from" date, "to" date, from_at timestamptz, to_at timestamptz, unit_id uuid, user_id uuid, product_id uuid))
       select a.id, (select coalesce(${s.sum}, 0) from ${s.from} where s.tenant_id = $1 and ${s.when}
         and case when a.user_id is null then ${s.unit} in (select descendant_id from unit_closure where tenant_id = $1 and ancestor_id = a.unit_id) else ${s.owner} = a.user_id end
         ${s.product ? `and (a.product_id is null or ${s.product} = a.product_id)` : ''})::text as sum from a`, [ctx.tenant.id, JSON.stringify(asked)])
    for (const r of rows) found.set(r.id, r.sum)
  }
  return found
}
