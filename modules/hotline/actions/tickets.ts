import { defineAction, elevated, fail, lock, requireInUnit, storeChange, type Ctx } from '@quancheng/kernel'
import { openRequest } from '@quancheng/service'
import { z } from 'zod'
import { match, type TicketValues } from '../store/match.ts'
import { STATES } from '../rules/states.ts'
import { stopWatch } from '../store/watch.ts'

async function held(ctx: Ctx, id: string, verb: string, states: ReadonlyArray<keyof typeof STATES>) {
  const { row } = await lock(ctx, ctx.entities.get('hotlineTicket'), id, verb)
  const state = row.state as keyof typeof STATES
  if (!states.includes(state)) fail('TICKET_CLOSED', { state: STATES[state][0] })
  return row as unknown as TicketValues & { faultDescription: string | null; hotlineId: string }
}
const decided = (ctx: Ctx) => ({ decidedAt: ctx.now(), decidedById: ctx.user?.id ?? null })

/** 接单: the request has a number, and everything that the hotline wrote stands in it; nobody types it again (SP-14). */
export const accept = defineAction({
  name: 'acceptTicket', label: ['接单', 'Accept'], method: 'POST', path: '/api/hotline-tickets/:id/accept', permission: 'hotlineTicket:accept', status: 201, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const t = await held(ctx, id, 'accept', ['waiting'])
    const who = await match(ctx, t)
    const opened = await openRequest(ctx, {
      unitId: t.unitId, productLineId: who.productLineId, phone: t.phone, source: 'hotline',
      values: { customerId: who.customerId, ...(who.deviceId ? { deviceId: who.deviceId } : { model: t.model }), ...(t.serialNo ? { serialNo: t.serialNo } : {}), ...(t.faultDescription ? { faultDescription: t.faultDescription } : {}) },
    })
    await storeChange(elevated(ctx, '接单'), ctx.entities.get('hotlineTicket'), id, { state: 'accepted', requestId: opened.id, reason: null, ...decided(ctx) }, { act: 'accept', note: { number: opened.number, customer: who.how } })
    await stopWatch(ctx, id)
    return { ticketId: id, requestId: opened.id, number: opened.number, code: opened.code, trackUrl: opened.trackUrl, customer: who.how }
  },
})

/** 退回热线, with the reason; the hotline sends it to another station. */
export const refuse = defineAction({
  name: 'refuseTicket', label: ['退回热线', 'Send back'], method: 'POST', path: '/api/hotline-tickets/:id/refuse', permission: 'hotlineTicket:accept', input: z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(200) }),
  async run(ctx, { id, reason }) {
    await held(ctx, id, 'accept', ['waiting'])
    await storeChange(elevated(ctx, '退回热线'), ctx.entities.get('hotlineTicket'), id, { state: 'refused', reason, ...decided(ctx) }, { act: 'refuse', note: { reason } })
    await stopWatch(ctx, id)
    return { id, state: 'refused' }
  },
})

/** 改派: to another station, whose clock begins now. */
export const redirect = defineAction({
  name: 'redirectTicket', label: ['改派', 'Redirect'], method: 'POST', path: '/api/hotline-tickets/:id/redirect', permission: 'hotlineTicket:redirect', input: z.object({ id: z.uuid(), unitId: z.uuid() }),
  async run(ctx, { id, unitId }) {
    await held(ctx, id, 'redirect', ['waiting', 'refused'])
    await requireInUnit(ctx, 'hotlineTicket:redirect', unitId)
    const [unit] = await ctx.query("select 1 from unit where tenant_id = $1 and id = $2 and kind = 'station'", [ctx.tenant.id, unitId])
    if (!unit) fail('HOTLINE_STATION', { code: unitId })
    await storeChange(elevated(ctx, '改派'), ctx.entities.get('hotlineTicket'), id, { unitId, state: 'waiting', reason: null, decidedAt: null, decidedById: null }, { act: 'redirect' })
    return { id, state: 'waiting' }
  },
})
