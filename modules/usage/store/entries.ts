import { isWorkday, visible, type Ctx } from '@quancheng/kernel'
import { calendarOf } from '@quancheng/process'
import { sql } from 'kysely'
import { workingDaysLate } from '../rules/days.ts'
import { today } from './today.ts'

export interface Entry { ownerId: string | null; unitId: string; inTime: boolean }

/**
 * Contracts signed in a span that ask for an order, and whether its first came in time (RU-11's rule, by owner and block). One whose days are not over
 * and has none yet is not asked for.
 */
export async function entriesOf(ctx: Ctx, from: string, until: string): Promise<Entry[]> {
  const seen = ctx.entities.find('contract') ? visible(ctx, ctx.entities.get('contract'), 't', 'read') : null
  if (!seen) return []
  const { rows } = await sql<{ ownerId: string | null; unitId: string; signed: string; entered: string | null; days: number }>`
    select t.owner_id as "ownerId", t.unit_id as "unitId", t.signed_on::text as signed, (o.created_at at time zone ${ctx.tenant.timeZone})::date::text as entered,
      coalesce((select order_days from contract_rule r where r.tenant_id = t.tenant_id order by r.id limit 1), 3) as days
    from contract t left join lateral (select created_at from sales_order o where o.tenant_id = t.tenant_id and o.contract_id = t.id and o.state <> 'cancelled' order by created_at limit 1) o on true
    where ${seen} and t.signed_on >= ${from} and t.signed_on <= ${until} and t.kind in ('single', 'branch') and t.state <> 'terminated'`.execute(ctx.db)
  const cal = await calendarOf(ctx), now = today(ctx)
  return rows.flatMap(r => {
    const late = workingDaysLate(d => isWorkday(cal, d), r.signed, r.entered ?? now, r.days) > 0
    return r.entered || late ? [{ ownerId: r.ownerId, unitId: r.unitId, inTime: !late }] : []
  })
}
