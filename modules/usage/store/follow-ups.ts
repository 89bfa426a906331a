import { visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { monthDays } from '../rules/days.ts'
import { spanOfDays } from './today.ts'

export interface FollowUp { kind: 'lead' | 'opportunity'; id: string; number: string; name: string; customer: string | null; unitId: string; unitName: string; ownerId: string; owner: string; followedAt: Date | null; actions: number }

/**
 * Every lead and deal that was open at the end of a month with its done actions in it (RU-03), of any kind: 无进展 is one. One statement; a lead in the
 * pool has nobody who ought to.
 */
export async function followUps(ctx: Ctx, month: string, o: { ownerId?: string | undefined; unitId?: string | undefined } = {}): Promise<FollowUp[]> {
  const { from, until } = monthDays(month), [a, b] = spanOfDays(ctx, from, until)
  const leads = visible(ctx, ctx.entities.get('lead'), 't', 'read'), deals = visible(ctx, ctx.entities.get('opportunity'), 't', 'read')
  const within = sql`${o.ownerId ? sql`and t.owner_id = ${o.ownerId}` : sql``} ${o.unitId ? sql`and exists (select 1 from unit_closure c where c.tenant_id = t.tenant_id and c.ancestor_id = ${o.unitId} and c.descendant_id = t.unit_id)` : sql``}`
  const actions = (column: string) => sql`(select count(*)::int from engagement e where e.tenant_id = t.tenant_id and e.${sql.ref(column)} = t.id and e.state = 'done' and e.at >= ${a} and e.at < ${b})`
  const parts = [
    ...(deals ? [sql`select 'opportunity' as kind, t.id, t.number, t.name, t.customer_id, t.unit_id, t.owner_id, t.followed_at, ${actions('opportunity_id')} as actions from opportunity t
      where ${deals} ${within} and t.owner_id is not null and t.created_at < ${b} and (t.outcome = 'open' or t.closed_at >= ${b})`] : []),
    ...(leads ? [sql`select 'lead' as kind, t.id, t.number, concat_ws(' ', t.name, t.company) as name, t.customer_id, t.unit_id, t.owner_id, t.followed_at, ${actions('lead_id')} as actions from lead t
      where ${leads} ${within} and t.owner_id is not null and t.created_at < ${b} and (t.state in ('assigned', 'working') or t.converted_at >= ${b})`] : []),
  ]
  if (!parts.length) return []
  const { rows } = await sql<FollowUp>`
    select x.kind, x.id, x.number, x.name, c.name as customer, x.unit_id as "unitId", coalesce(n.name, '') as "unitName", x.owner_id as "ownerId", coalesce(u.name, '') as owner, x.followed_at as "followedAt", x.actions
    from (${sql.join(parts, sql` union all `)}) x left join customer c on c.tenant_id = ${ctx.tenant.id} and c.id = x.customer_id left join unit n on n.tenant_id = ${ctx.tenant.id} and n.id = x.unit_id left join "user" u on u.tenant_id = ${ctx.tenant.id} and u.id = x.owner_id
    order by n.name, u.name, x.kind desc, x.followed_at nulls first, x.number`.execute(ctx.db)
  return rows
}
