import { visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'

export interface LeadLine { key: string | null; label: string | null; leads: number; converted: number; discarded: number; /** null: nobody has been contacted */ medianHours: number | null }

/** Leads made from a day to a day (both with), by source or by the rule that first dispatched them; hours until the first contact as the median (SA-01). */
export async function analyse(ctx: Ctx, by: 'source' | 'rule', from: Date, to: Date): Promise<LeadLine[]> {
  const seen = visible(ctx, ctx.entities.get('lead'), 't', 'read')
  if (!seen) return []
  const key = by === 'source' ? sql`l.source` : sql`f.rule_id::text`, label = by === 'source' ? sql<string | null>`null` : sql<string | null>`max(r.name)`
  const { rows } = await sql<LeadLine>`
    with l as (select t.id, t.source, t.state, t.created_at, t.tenant_id from lead t where ${seen} and t.created_at >= ${from} and t.created_at < ${to}),
    f as (select distinct on (x.lead_id) x.lead_id, x.rule_id from lead_turn x join l on l.id = x.lead_id where x.tenant_id = ${ctx.tenant.id} order by x.lead_id, x.began_at),
    c as (select x.lead_id, min(x.contact_at) as at from lead_turn x join l on l.id = x.lead_id where x.tenant_id = ${ctx.tenant.id} group by x.lead_id)
    select ${key} as key, ${label} as label, count(*)::int as leads, count(*) filter (where l.state = 'converted')::int as converted, count(*) filter (where l.state = 'discarded')::int as discarded,
      round((percentile_cont(0.5) within group (order by extract(epoch from c.at - l.created_at) / 3600) filter (where c.at is not null))::numeric, 1)::float as "medianHours"
    from l left join f on f.lead_id = l.id left join c on c.lead_id = l.id left join lead_rule r on r.tenant_id = l.tenant_id and r.id = f.rule_id
    group by ${key} order by 3 desc, 1`.execute(ctx.db)
  return rows
}
