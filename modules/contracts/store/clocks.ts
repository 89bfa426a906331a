import { elevated, lock, schedule, storeChange, unschedule, type Change, type Ctx } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import { closeAlarms, raiseAlarm } from '@quancheng/process'
import { addDays } from '../rules/ageing.ts'
import { beginOf, dayText, today } from './today.ts'

export const JOB_RENEWAL = 'contracts.renewal', JOB_EXPIRE = 'contracts.expire', JOB_MILESTONE = 'contracts.milestone'

/** When a contract is to be renewed and when it ends by itself: asked anew whenever its days or its state change (CE-07). */
export async function contractClocks(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'remove') return unschedule(ctx, [JOB_RENEWAL, JOB_EXPIRE], [c.id])
  const row = c.row!, until = dayText(row.validUntil)
  if (row.state !== 'active' || !until) return c.before?.state === 'active' ? unschedule(ctx, [JOB_RENEWAL, JOB_EXPIRE], [c.id]) : undefined
  const moved = c.before?.state !== 'active' || dayText(c.before?.validUntil) !== until || c.before?.renewalDays !== row.renewalDays
  if (!moved) return
  await schedule(ctx, { kind: JOB_EXPIRE, key: c.id, dueAt: beginOf(ctx, addDays(until, 1)), payload: { contractId: c.id } })
  if (dayText(row.renewalFor) === until) await unschedule(ctx, [JOB_RENEWAL], [c.id])
  else await schedule(ctx, { kind: JOB_RENEWAL, key: c.id, dueAt: beginOf(ctx, addDays(until, -Number(row.renewalDays ?? 60))), payload: { contractId: c.id } })
}

/** One task at the owner for each last day, never two. */
export async function renewalDue(ctx: Ctx, p: Record<string, unknown>): Promise<void> {
  const entity = ctx.entities.get('contract'), id = String(p.contractId)
  const locked = await lockOrGone(ctx, 'contract', id)
  if (!locked) return
  const { row } = locked, until = dayText(row.validUntil)
  if (row.state !== 'active' || !until || dayText(row.renewalFor) === until || today(ctx) < addDays(until, -Number(row.renewalDays ?? 60))) return
  await storeChange(ctx, entity, id, { renewalFor: until }, { act: 'renewalAsked', locked })
  if (row.ownerId) await openTodo(ctx, { title: `续签：${row.number} ${row.title}`.slice(0, 120), details: `合同 ${until} 到期。联系客户，续签或说明为什么不续。`, toId: String(row.ownerId), minutes: 450 * 10, unitId: row.unitId as string, about: { entity: 'contract', recordId: id, label: `${row.number} ${row.title}` } })
}

export async function expireDue(ctx: Ctx, p: Record<string, unknown>): Promise<void> {
  const id = String(p.contractId), locked = await lockOrGone(ctx, 'contract', id), until = dayText(locked?.row.validUntil)
  if (locked?.row.state === 'active' && until && until < today(ctx)) await storeChange(ctx, ctx.entities.get('contract'), id, { state: 'expired' }, { act: 'expire', locked })
}

export async function milestoneAfter(ctx: Ctx, c: Change): Promise<void> {
  const stop = async (): Promise<void> => { await unschedule(ctx, [JOB_MILESTONE], [c.id]); await closeAlarms(ctx, [c.id], ['late']) }
  if (c.act === 'remove') return stop()
  const row = c.row!, due = dayText(row.dueOn)!
  if (row.doneOn) return stop()
  if (c.before && dayText(c.before.dueOn) === due && !c.before.doneOn) return
  if (due >= today(ctx)) await closeAlarms(ctx, [c.id], ['late'])
  await schedule(ctx, { kind: JOB_MILESTONE, key: c.id, dueAt: beginOf(ctx, addDays(due, 1)), payload: { milestoneId: c.id } })
}

export async function milestoneDue(ctx: Ctx, p: Record<string, unknown>): Promise<void> {
  const [m] = await ctx.query<{ id: string; label: string; due_on: string; contract_id: string; number: string; unit_id: string; owner_id: string | null; state: string }>(
    'select m.id, m.label, m.due_on::text, c.id as contract_id, c.number, c.unit_id, c.owner_id, c.state from milestone m join contract c on c.tenant_id = m.tenant_id and c.id = m.contract_id where m.tenant_id = $1 and m.id = $2 and m.done_on is null', [ctx.tenant.id, p.milestoneId])
  if (!m || m.due_on >= today(ctx) || ['terminated', 'done', 'draft'].includes(m.state)) return
  await raiseAlarm(ctx, { kind: 'late', title: `里程碑逾期：${m.number} ${m.label}（应于 ${m.due_on} 完成）`, entity: 'contract', recordId: m.contract_id, stepKey: m.id, stage: m.label, unitId: m.unit_id, ownerId: m.owner_id, recipientIds: m.owner_id ? [m.owner_id] : [] })
}

/** The row, held; null where it has gone meanwhile. */
export async function lockOrGone(ctx: Ctx, name: string, id: string): Promise<Awaited<ReturnType<typeof lock>> | null> {
  const entity = ctx.entities.get(name)
  const [there] = await ctx.query(`select 1 from "${entity.table}" where tenant_id = $1 and id = $2`, [ctx.tenant.id, id])
  return there ? lock(elevated(ctx, '到期'), entity, id, 'update') : null
}
