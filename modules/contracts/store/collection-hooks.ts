import { compareDecimal, elevated, fail, fenOf, schedule, storeChange, storeNew, sumDecimal, unschedule, yuanOf, type Change, type Ctx } from '@quancheng/kernel'
import { closeAlarms, raiseAlarm } from '@quancheng/process'
import { addDays } from '../rules/ageing.ts'
import { settleOf, type Open } from '../rules/plan.ts'
import { fromContract } from './from-contract.ts'
import { ruleOf } from './rule.ts'
import { beginOf, dayText, today } from './today.ts'

export const JOB_OVERDUE = 'contracts.overdue'

export async function instalmentBefore(ctx: Ctx, c: Change): Promise<void> {
  const { draft: d, before: was } = c
  if (c.act === 'remove') return compareDecimal(String(was!.received), '0') > 0 && !ctx.access.system ? fail('INSTALMENT_PAID', { received: was!.received }) : undefined
  await fromContract(ctx, c, { customerId: 'customerId', unitId: 'unitId', ownerId: 'ownerId' })
  if (c.act === 'create') { d.unitId ??= ctx.user?.unitId ?? null; d.ownerId ??= ctx.user?.id ?? null }
  const now = { ...was, ...d }, received = String(now.received ?? '0')
  if (now.amount === undefined || now.amount === null) return
  if (compareDecimal(String(now.amount), received) < 0) fail('INSTALMENT_PAID', { received })
  const settled = compareDecimal(String(now.amount), received) === 0 && compareDecimal(String(now.amount), '0') > 0
  if (settled !== Boolean(now.settledOn)) d.settledOn = settled ? today(ctx) : null
}

/** From the day after it fell due its owner hears of it, once in so many days, until it is settled. */
export async function instalmentAfter(ctx: Ctx, c: Change): Promise<void> {
  const quiet = async (): Promise<void> => { await unschedule(ctx, [JOB_OVERDUE], [c.id]); await closeAlarms(ctx, [c.id], ['remind']) }
  if (c.act === 'remove' || c.row!.settledOn) return quiet()
  const due = dayText(c.row!.dueOn)!
  if (c.before && dayText(c.before.dueOn) === due && !c.before.settledOn) return
  if (due >= today(ctx)) await closeAlarms(ctx, [c.id], ['remind'])
  await schedule(ctx, { kind: JOB_OVERDUE, key: c.id, dueAt: beginOf(ctx, addDays(due, 1)), payload: { instalmentId: c.id } })
}

export async function overdueDue(ctx: Ctx, p: Record<string, unknown>): Promise<void> {
  const [i] = await ctx.query<{ id: string; label: string; due_on: string; open: string; customer: string; unit_id: string; owner_id: string | null }>(
    'select i.id, i.label, i.due_on::text, (i.amount - i.received)::text as open, k.name as customer, i.unit_id, i.owner_id from instalment i join customer k on k.tenant_id = i.tenant_id and k.id = i.customer_id where i.tenant_id = $1 and i.id = $2 and i.received < i.amount', [ctx.tenant.id, p.instalmentId])
  if (!i || i.due_on >= today(ctx)) return
  const [told] = await ctx.query<{ count: number | null }>("select count from alarm where tenant_id = $1 and step_key = $2 and kind = 'remind' and closed_at is null", [ctx.tenant.id, i.id])
  await raiseAlarm(ctx, { kind: 'remind', title: `款项逾期：${i.customer} ${i.label} 还差 ${i.open} 元（应于 ${i.due_on} 收到）`, entity: 'instalment', recordId: i.id, stepKey: i.id, stage: i.label, unitId: i.unit_id, ownerId: i.owner_id, recipientIds: i.owner_id ? [i.owner_id] : [], count: (told?.count ?? 0) + 1 })
  const { remindDays } = await ruleOf(ctx)
  await schedule(ctx, { kind: JOB_OVERDUE, key: i.id, dueAt: beginOf(ctx, addDays(today(ctx), remindDays)), payload: { instalmentId: i.id } })
}

/** More than is open on the chosen instalment and the rest of its plan is a nought too many more often than money in advance, which names no instalment. */
async function refuseMore(ctx: Ctx, instalmentId: string, amount: string): Promise<void> {
  const [r] = await ctx.query<{ open: string }>(`select coalesce(sum(i.amount - i.received), 0)::numeric(16,2)::text as open from instalment i join instalment x on x.tenant_id = i.tenant_id and x.id = $2
    where i.tenant_id = $1 and (i.id = x.id or i.contract_id = x.contract_id) and i.received < i.amount`, [ctx.tenant.id, instalmentId])
  if (compareDecimal(amount, r!.open) > 0) fail('RECEIPT_TOO_MUCH', { open: r!.open, amount, fields: [{ field: 'amount', code: 'RANGE', message: `收款计划只差 ${r!.open}；多收的作预收，不选收款计划再登记` }] })
}

export async function receiptBefore(ctx: Ctx, c: Change): Promise<void> {
  const d = c.draft
  // two customers that become one take their receipts along; the money itself is never touched
  if (c.act === 'update' && ['amount', 'receivedOn', 'reversesId'].some(name => d[name] !== undefined)) fail('RECEIPT_FIXED')
  if (c.act !== 'create') return
  if (d.instalmentId) {
    const [i] = await ctx.query<{ customer_id: string; contract_id: string | null; unit_id: string; owner_id: string | null }>('select customer_id, contract_id, unit_id, owner_id from instalment where tenant_id = $1 and id = $2', [ctx.tenant.id, d.instalmentId])
    if (i) {
      if ((d.customerId && d.customerId !== i.customer_id) || (d.contractId && d.contractId !== i.contract_id)) fail('RECEIPT_OTHER')
      d.customerId ??= i.customer_id; d.contractId ??= i.contract_id; d.unitId ??= i.unit_id; d.ownerId ??= i.owner_id
    }
  }
  await fromContract(ctx, c, { customerId: 'customerId', unitId: 'unitId', ownerId: 'ownerId' })
  if (d.contractId && d.customerId && (await ctx.query('select 1 from contract where tenant_id = $1 and id = $2 and customer_id = $3', [ctx.tenant.id, d.contractId, d.customerId])).length === 0) fail('RECEIPT_OTHER')
  if (d.instalmentId && d.amount && !ctx.access.system) await refuseMore(ctx, String(d.instalmentId), String(d.amount))
  if (!d.unitId && d.customerId) {
    const [k] = await ctx.query<{ unit_id: string; owner_id: string | null }>('select unit_id, owner_id from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, d.customerId])
    d.unitId ??= k?.unit_id; d.ownerId ??= k?.owner_id
  }
  if (d.amount !== undefined && !d.reversesId && compareDecimal(String(d.amount), '0') <= 0) fail('RECEIPT_AMOUNT', { fields: [{ field: 'amount', code: 'RANGE', message: '要大于 0' }] })
  if (dayText(d.receivedOn) && dayText(d.receivedOn)! > today(ctx)) fail('INVALID', { summary: '收款日不能在今天之后', fields: [{ field: 'receivedOn', code: 'RANGE', message: '不能在今天之后' }] })
}

/** What a receipt settles is written down with it, once; a reversal takes back exactly that. */
export async function receiptAfter(ctx: Ctx, c: Change): Promise<void> {
  if (c.act !== 'create') return
  const r = c.row!, sys = elevated(ctx, '核销')
  const shares = r.reversesId
    ? (await ctx.query<{ id: string; amount: string }>('select instalment_id as id, (-amount)::text as amount from receipt_share where tenant_id = $1 and receipt_id = $2 order by instalment_id', [ctx.tenant.id, r.reversesId]))
    : settleOf(String(r.amount), await openOf(ctx, r), (r.instalmentId as string | null) ?? null).shares
  for (const s of shares) {
    await storeNew(sys, ctx.entities.get('receiptShare'), { receiptId: c.id, instalmentId: s.id, amount: s.amount })
    const [i] = await ctx.query<{ received: string; amount: string }>('select received::text, amount::text from instalment where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, s.id])
    const received = sumDecimal([i!.received, s.amount]), settled = compareDecimal(received, i!.amount) === 0
    await storeChange(sys, ctx.entities.get('instalment'), s.id, { received, ...(settled ? { settledOn: await lastReceipt(ctx, s.id) } : {}) }, { act: 'settle', note: { receipt: r.number, amount: s.amount } })
  }
}

/** The day on which the last of the money for it came, however late that was booked; what was taken back does not count. */
async function lastReceipt(ctx: Ctx, instalmentId: string): Promise<string> {
  const [row] = await ctx.query<{ day: string | null }>('select max(r.received_on)::text as day from receipt_share s join receipt r on r.tenant_id = s.tenant_id and r.id = s.receipt_id where s.tenant_id = $1 and s.instalment_id = $2 and r.reverses_id is null and not exists (select 1 from receipt b where b.tenant_id = r.tenant_id and b.reverses_id = r.id)', [ctx.tenant.id, instalmentId])
  return row?.day ?? today(ctx)
}

/** Open instalments of the contract, or else of the customer, held until the receipt is booked. */
const openOf = (ctx: Ctx, r: Record<string, unknown>): Promise<Open[]> =>
  ctx.query<Open>('select id, due_on::text as "dueOn", amount::text, received::text from instalment where tenant_id = $1 and customer_id = $2 and ($3::uuid is null or contract_id = $3) and received < amount order by id for update', [ctx.tenant.id, r.customerId, r.contractId ?? null])

/** A receipt that was booked wrongly is taken back by one with the opposite sign. The caller has been authorised. */
export async function reverseReceipt(ctx: Ctx, row: Record<string, unknown>, reason: string): Promise<Record<string, unknown>> {
  const [again] = await ctx.query('select 1 from receipt where tenant_id = $1 and reverses_id = $2', [ctx.tenant.id, row.id])
  if (again || row.reversesId) fail('RECEIPT_REVERSED')
  const { customerId, contractId, instalmentId, unitId, ownerId, method } = row
  return storeNew(ctx, ctx.entities.get('receipt'), { customerId, contractId, instalmentId, unitId, ownerId, method, receivedOn: today(ctx), amount: yuanOf(-fenOf(String(row.amount))), note: reason, reversesId: row.id }, { act: 'reverse', note: { reverses: row.number, reason } })
}
