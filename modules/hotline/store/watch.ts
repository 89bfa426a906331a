import { elevated, known, schedule, storeChange, unschedule, type Ctx } from '@quancheng/kernel'
import { closeAlarms, deadlineOf, holdersAbove, raiseAlarm } from '@quancheng/process'
import { ACCEPT_MINUTES } from '../rules/states.ts'

export const JOB_ACCEPT = 'hotline.accept'

interface Standard { minutes: number; clock: 'business' | 'clock'; productLineId: string | null }
interface Ticket { id: string; hotlineId: string; unitId: string; productLineId: string | null; customerName: string }

/** The station's clock for a ticket: the tenant's time standard for `hotline` / `accept`, that of the product line before the one for all. */
async function dueOf(ctx: Ctx, productLineId: string | null): Promise<Date> {
  const rows = await known(ctx, 'time-standards/hotline/accept', () => ctx.query<Standard>('select minutes, clock, product_line_id as "productLineId" from time_standard where tenant_id = $1 and process_key = \'hotline\' and node_id = \'accept\' and tier is null', [ctx.tenant.id]))
  const s = rows.find(r => r.productLineId && r.productLineId === productLineId) ?? rows.find(r => !r.productLineId) ?? { minutes: ACCEPT_MINUTES, clock: 'business' as const }
  return (await deadlineOf(ctx, { minutes: s.minutes, clock: s.clock, warnPercent: 100 }, ctx.now(), [])).dueAt
}

/** A ticket waits for its station from now on. */
export async function watchTicket(ctx: Ctx, t: Ticket): Promise<void> {
  const dueAt = await dueOf(ctx, t.productLineId)
  await storeChange(elevated(ctx, '接单时限'), ctx.entities.get('hotlineTicket'), t.id, { dueAt })
  await closeAlarms(ctx, [t.id], ['late'])
  await schedule(ctx, { kind: JOB_ACCEPT, key: t.id, dueAt, payload: { ticketId: t.id } })
}

export async function stopWatch(ctx: Ctx, id: string): Promise<void> {
  await unschedule(ctx, [JOB_ACCEPT], [id])
  await closeAlarms(ctx, [id], ['late'])
}

/** Nobody took it up in time: the station's manager is told. */
export async function ticketLate(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const [t] = await ctx.query<{ id: string; hotline_id: string; customer_name: string; unit_id: string; state: string; due_at: Date | null }>('select id, hotline_id, customer_name, unit_id, state, due_at from hotline_ticket where tenant_id = $1 and id = $2', [ctx.tenant.id, String(payload.ticketId)])
  if (!t || t.state !== 'waiting' || !t.due_at || t.due_at > ctx.now()) return
  await raiseAlarm(ctx, { kind: 'late', title: `热线单 ${t.hotline_id} ${t.customer_name} 接单超时`, entity: 'hotlineTicket', recordId: t.id, stepKey: t.id, stage: '待接单', unitId: t.unit_id, ownerId: null, recipientIds: await holdersAbove(ctx, t.unit_id, 'stationManager') })
}
