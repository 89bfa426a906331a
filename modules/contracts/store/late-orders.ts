import { dayOf, fail, visible, type Ctx } from '@quancheng/kernel'
import { calendarOf } from '@quancheng/process'
import { sql } from 'kysely'
import { lastDayFor, workingDaysAfter } from '../rules/entry.ts'
import { ruleOf } from './rule.ts'
import { today } from './today.ts'

export interface OrderEntry { id: string; number: string; title: string; customer: string; owner: string | null; signedOn: string; enteredOn: string | null; orderNumber: string | null; /** last day in time */ lastDay: string; workingDays: number; late: boolean }

/** Signed contracts with the working days until their first order was entered, or until today (RU-11). Frames and group agreements wait for calls. */
export async function orderEntries(ctx: Ctx, contractId: string | null = null): Promise<{ days: number; items: OrderEntry[] }> {
  const seen = visible(ctx, ctx.entities.get('contract'), 't', 'read') ?? fail('FORBIDDEN', { permission: 'contract:read' })
  const { rows } = await sql<{ id: string; number: string; title: string; customer: string; owner: string | null; signed_on: string; entered: Date | null; order_number: string | null }>`
    select t.id, t.number, t.title, k.name as customer, u.name as owner, t.signed_on::text, o.created_at as entered, o.number as order_number from contract t
    join customer k on k.tenant_id = t.tenant_id and k.id = t.customer_id left join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id
    left join lateral (select created_at, number from sales_order o where o.tenant_id = t.tenant_id and o.contract_id = t.id and o.state <> 'cancelled' order by created_at limit 1) o on true
    where ${seen} and t.signed_on is not null and t.kind in ('single', 'branch') and t.state <> 'terminated' and (${contractId}::uuid is null or t.id = ${contractId}::uuid)
    order by t.signed_on desc, t.id limit 500`.execute(ctx.db)
  const cal = await calendarOf(ctx), { orderDays } = await ruleOf(ctx), now = today(ctx)
  const items = rows.map(r => {
    const enteredOn = r.entered ? dayOf(r.entered, ctx.tenant.timeZone).toISOString().slice(0, 10) : null, workingDays = workingDaysAfter(cal, r.signed_on, enteredOn ?? now).length
    return { id: r.id, number: r.number, title: r.title, customer: r.customer, owner: r.owner, signedOn: r.signed_on, enteredOn, orderNumber: r.order_number, lastDay: lastDayFor(cal, r.signed_on, orderDays), workingDays, late: workingDays > orderDays }
  })
  return { days: orderDays, items }
}
