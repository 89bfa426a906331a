import { dayOf, elevated, schedule, startOfDay, storeNew, type Ctx } from '@quancheng/kernel'
import { begin, prepareStart, raiseAlarm } from '@quancheng/process'
import { SOLD } from '../rules/choices.ts'
import { alarming, declineOf } from '../rules/decline.ts'
import { addMonths, firstDay, lastDay, monthOf } from '../rules/period.ts'
import { today } from './run.ts'

export const DECLINE_PROCESS = 'decline', JOB_DECLINE = 'keyaccounts.decline'
const AT_MS = 5 * 3_600_000

interface Row { id: string; name: string; unit_id: string; owner_id: string | null; n: number; percent: string; months: Record<string, number> | null }

/** Accounts that bought much less in a month than in their own months before; one case an account and month, however often it is asked (SA-17). */
export async function findDeclines(ctx: Ctx, month: string): Promise<number> {
  const sys = elevated(ctx, '销量下降预警')
  const rows = await ctx.query<Row & Record<string, unknown>>(
    `select c.id, c.name, c.unit_id, c.owner_id, p.base_periods as n, p.decline_percent as percent, s.months from customer c
     join tier_package p on p.tenant_id = c.tenant_id and p.level = c.level
     join lateral (select jsonb_object_agg(month, amount) as months from (select to_char(o.ordered_on, 'YYYY-MM') as month, sum(o.amount) as amount from sales_order o
       where o.tenant_id = c.tenant_id and o.customer_id = c.id and o.state = any($2) and o.ordered_on >= ($3 || '-01')::date - make_interval(months => p.base_periods) and o.ordered_on <= $4 group by 1) m) s on s.months is not null
     where c.tenant_id = $1 and c.level is not null and c.merged_into_id is null and not exists (select 1 from decline d where d.tenant_id = c.tenant_id and d.customer_id = c.id and d.month = $3) order by c.id`,
    [ctx.tenant.id, [...SOLD], month, lastDay(month)])
  let found = 0
  for (const r of rows) {
    const of = (m: string): number => Number(r.months?.[m] ?? 0)
    const judged = declineOf(Array.from({ length: r.n }, (_, i) => of(addMonths(month, -(i + 1)))), of(month))
    if (!judged || !alarming(judged.change, Number(r.percent))) continue
    await open(sys, r, month, of(month), judged)
    found++
  }
  return found
}

async function open(sys: Ctx, r: Row, month: string, volume: number, { base, change }: { base: number; change: number }): Promise<void> {
  const prepared = await prepareStart(sys, DECLINE_PROCESS, { assignee: r.owner_id }, null, r.unit_id)
  const row = await storeNew(sys, sys.entities.get('decline'), { customerId: r.id, month, base: base.toFixed(2), volume: volume.toFixed(2), change: change.toFixed(1), stage: prepared.stage, unitId: r.unit_id, ownerId: r.owner_id })
  await begin(sys, prepared, { entity: 'decline', record: row, unitId: r.unit_id, label: `${r.name} ${month} ${change} %` })
  await raiseAlarm(sys, { kind: 'notice', title: `${r.name} ${month} 销量比自己的基数下降 ${-change} %`, entity: 'decline', recordId: row.id as string, stepKey: row.id as string, stage: 'handle', unitId: r.unit_id, ownerId: r.owner_id, recipientIds: r.owner_id ? [r.owner_id] : [] })
}

/** On the 1st of a month at five: what the month before came to. */
export async function declineJob(ctx: Ctx): Promise<void> {
  await planDeclines(ctx)
  await findDeclines(ctx, addMonths(monthOf(today(ctx)), -1))
}

export const planDeclines = (ctx: Ctx): Promise<void> => planFirst(ctx, JOB_DECLINE, AT_MS)

/** The next 1st of a month at an hour of the tenant's own clock. */
export async function planFirst(ctx: Ctx, kind: string, afterMidnight: number): Promise<void> {
  const at = (month: string): number => startOfDay(new Date(`${firstDay(month)}T00:00:00Z`), ctx.tenant.timeZone).getTime() + afterMidnight
  const month = monthOf(dayOf(ctx.now(), ctx.tenant.timeZone).toISOString()), soon = at(month)
  await schedule(ctx, { kind, key: 'month', dueAt: new Date(ctx.now().getTime() < soon ? soon : at(addMonths(month, 1))) })
}
