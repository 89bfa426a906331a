import { sumDecimal, type Ctx, visible, fail, compareDecimal } from '@quancheng/kernel'
import { sql } from 'kysely'
import { ageingOf, BUCKETS, bucketDays, type Ageing } from '../rules/ageing.ts'
import { today } from './today.ts'

export interface Collection { today: string; buckets: Array<{ key: string; from: string | null; to: string | null }>; total: Ageing | null; byCustomer: Ageing[]; byOwner: Ageing[]; months: Array<{ month: string; planned: string; received: string }> }

interface OpenRow { customer_id: string; customer: string; owner_id: string | null; owner: string | null; due_on: string; open: string }

/** What is still to come in, by how long it has been due, and what was planned and came in by month: as far as the caller sees instalments and receipts. */
export async function collectionOf(ctx: Ctx): Promise<Collection> {
  const day = today(ctx), seen = visible(ctx, ctx.entities.get('instalment'), 't', 'read') ?? fail('FORBIDDEN', { permission: 'instalment:read' }), receipts = visible(ctx, ctx.entities.get('receipt'), 't', 'read')
  const { rows } = await sql<OpenRow>`select t.customer_id, k.name as customer, t.owner_id, u.name as owner, t.due_on::text, (t.amount - t.received)::text as open from instalment t
    join customer k on k.tenant_id = t.tenant_id and k.id = t.customer_id left join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id where ${seen} and t.settled_on is null and t.received < t.amount`.execute(ctx.db)
  const by = (key: (r: OpenRow) => string, name: (r: OpenRow) => string): Ageing[] => ageingOf(rows.map(r => ({ key: key(r), name: name(r), dueOn: r.due_on, open: r.open })), day)
  const since = monthBefore(day, 5), until = monthBefore(day, -6)
  const { rows: planned } = await sql<{ month: string; amount: string }>`select to_char(t.due_on, 'YYYY-MM') as month, sum(t.amount)::text as amount from instalment t where ${seen} and t.due_on >= ${`${since}-01`}::date and t.due_on < ${`${monthBefore(until, -1)}-01`}::date group by 1`.execute(ctx.db)
  const received = receipts ? (await sql<{ month: string; amount: string }>`select to_char(t.received_on, 'YYYY-MM') as month, sum(t.amount)::text as amount from receipt t where ${receipts} and t.received_on >= ${`${since}-01`}::date group by 1`.execute(ctx.db)).rows : []
  const months: Collection['months'] = []
  for (let m = since; m <= until; m = monthBefore(m, -1)) months.push({ month: m, planned: planned.find(p => p.month === m)?.amount ?? '0.00', received: received.find(p => p.month === m)?.amount ?? '0.00' })
  return { today: day, buckets: BUCKETS.map(key => ({ key, ...bucketDays(key, day) })), total: by(() => 'all', () => '合计')[0] ?? null, byCustomer: by(r => r.customer_id, r => r.customer), byOwner: by(r => r.owner_id ?? '', r => r.owner ?? '无人负责'), months }
}

/** `2026-11` and so many months before it (after it for a negative number). */
export function monthBefore(day: string, months: number): string {
  const d = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 - months, 1))
  return d.toISOString().slice(0, 7)
}

export interface StatementLine { day: string; what: string; due: string | null; paid: string | null; balance: string }

/** 对账单: what a customer was to pay and paid, day by day, with what was open after each; what is due later than today is left out. */
export async function statementOf(ctx: Ctx, customerId: string): Promise<{ customer: string; today: string; lines: StatementLine[]; balance: string }> {
  const i = visible(ctx, ctx.entities.get('instalment'), 't', 'read') ?? fail('FORBIDDEN', { permission: 'instalment:read' }), r = visible(ctx, ctx.entities.get('receipt'), 't', 'read') ?? fail('FORBIDDEN', { permission: 'receipt:read' }), k = visible(ctx, ctx.entities.get('customer'), 't', 'read') ?? fail('FORBIDDEN', { permission: 'customer:read' })
  const [customer] = (await sql<{ name: string }>`select t.name from customer t where ${k} and t.id = ${customerId}`.execute(ctx.db)).rows
  if (!customer) return fail('NOT_FOUND', { id: customerId })
  const day = today(ctx)
  const { rows } = await sql<{ day: string; what: string; due: string | null; paid: string | null }>`select t.due_on::text as day, coalesce(c.number || ' ', '') || t.label as what, t.amount::text as due, null::text as paid, 0 as turn, t.id from instalment t left join contract c on c.tenant_id = t.tenant_id and c.id = t.contract_id where ${i} and t.customer_id = ${customerId} and t.due_on <= ${day}::date
    union all select t.received_on::text, t.number || coalesce(' ' || t.note, ''), null, t.amount::text, 1, t.id from receipt t where ${r} and t.customer_id = ${customerId} order by 1, 5, 6`.execute(ctx.db)
  let balance = '0.00'
  const lines = rows.map(({ day: on, what, due, paid }) => ({ day: on, what, due, paid, balance: balance = sumDecimal([balance, due ?? '0', paid ? (compareDecimal(paid, '0') < 0 ? paid.slice(1) : `-${paid}`) : '0']) }))
  return { customer: customer.name, today: day, lines, balance }
}
