import { act, defineAction, elevated, fail, openPublicLine, publicTenant, requireInUnit, storeChange, storeNew, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { z } from 'zod'
import { stationOf } from './open-request.ts'

const COUNTER = z.string().trim().min(1).max(12)
/** Lines on the screen. */
const SHOWN = 6, SHOWN_WAITING = 60

interface Waiting { id: string; number: string; unit_id: string; call_id: string | null; state: string | null; counter: string | null; times: number | null }

/** Requests that still wait to be received, those who came first before those who came later. */
const WAITING = `select t.id, t.number, t.unit_id, q.id as call_id, q.state, q.counter, q.times from service_request t left join queue_call q on q.tenant_id = t.tenant_id and q.request_id = t.id where t.tenant_id = $1 and t.stage = 'waiting'`

async function callOne(ctx: Ctx, w: Waiting, counter: string): Promise<{ requestId: string; number: string; counter: string; times: number }> {
  const sys = elevated(ctx, '叫号'), entity = ctx.entities.get('queueCall')
  const times = (w.times ?? 0) + 1
  if (w.call_id) await storeChange(sys, entity, w.call_id, { counter, state: 'calling', times, calledAt: ctx.now() })
  else await storeNew(sys, entity, { requestId: w.id, unitId: w.unit_id, number: w.number, counter, calledAt: ctx.now() })
  return { requestId: w.id, number: w.number, counter, times }
}

/** The one named, held so that two counters do not call it at once. */
async function held(ctx: Ctx, requestId: string): Promise<Waiting> {
  const [r] = await ctx.query<{ unit_id: string }>('select unit_id from service_request where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, requestId])
  if (!r) return fail('NOT_FOUND', { id: requestId })
  await requireInUnit(ctx, 'serviceRequest:takeNumber', r.unit_id)
  const [w] = await ctx.query<Waiting & Record<string, unknown>>(`${WAITING} and t.id = $2`, [ctx.tenant.id, requestId])
  return w ?? fail('CALL_NOT_WAITING')
}

/** Who comes next, to this counter. Several counters at once each get another number, in the order in which they were taken. */
export const callNext = defineAction({
  name: 'callNext', label: ['叫下一个', 'Call the next'], method: 'POST', path: '/api/service/calls/next', permission: 'serviceRequest:takeNumber', status: 200, input: z.object({ unitId: z.uuid(), counter: COUNTER }),
  async run(ctx, { unitId, counter }) {
    await requireInUnit(ctx, 'serviceRequest:takeNumber', unitId)
    // one after the other: whoever asks second sees what the first one called
    await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`queue-call/${unitId}`])
    const [w] = await ctx.query<Waiting & Record<string, unknown>>(`${WAITING} and t.unit_id = $2 and q.id is null order by t.started_at, t.number limit 1 for update of t`, [ctx.tenant.id, unitId])
    return { call: w ? await callOne(ctx, w, counter) : null }
  },
})

/** Calls a number: the first time, again, one that was passed over, or to another counter. */
export const callNumber = defineAction({
  name: 'callNumber', label: ['叫号', 'Call'], method: 'POST', path: '/api/service-requests/:id/call', permission: 'serviceRequest:takeNumber', status: 200, input: z.object({ id: z.uuid(), counter: COUNTER }),
  async run(ctx, { id, counter }) { return { call: await callOne(ctx, await held(ctx, id), counter) } },
})

/** Nobody came: the number stays in the list, marked, and can be called again. */
export const skipNumber = defineAction({
  name: 'skipNumber', label: ['过号', 'Pass over'], method: 'POST', path: '/api/service-requests/:id/skip', permission: 'serviceRequest:takeNumber', status: 200, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const w = await held(ctx, id)
    if (!w.call_id) return fail('CALL_FIRST')
    await storeChange(elevated(ctx, '叫号'), ctx.entities.get('queueCall'), w.call_id, { state: 'skipped' })
    return { id }
  },
})

/** What the screen on the wall shows: numbers and counters, nobody's name. Whoever was called and received at once is still shown for a minute. */
export const screen = defineAction({
  name: 'screen', label: ['叫号屏', 'Screen'], method: 'GET', path: '/api/public/screen/:unitCode', permission: 'public', readOnly: true, input: z.object({ unitCode: z.string().max(20) }),
  async run(ctx, { unitCode }) {
    const unit = await stationOf(ctx, { code: unitCode })
    const called = await ctx.query(`select q.number, q.counter, q.times, q.called_at as "calledAt", (t.stage <> 'waiting' and q.called_at < $3::timestamptz - interval '1 minute') as served from queue_call q join service_request t on t.tenant_id = q.tenant_id and t.id = q.request_id
      where q.tenant_id = $1 and q.unit_id = $2 and q.state = 'calling' and q.called_at > $3::timestamptz - interval '12 hours' order by q.called_at desc, q.number desc limit ${SHOWN}`, [ctx.tenant.id, unit.id, ctx.now()])
    const waiting = await ctx.query<{ number: string; skipped: boolean }>(`select w.number, coalesce(w.state = 'skipped', false) as skipped from (${WAITING} and t.unit_id = $2 order by t.started_at, t.number) w where w.call_id is null or w.state = 'skipped'`, [ctx.tenant.id, unit.id])
    const still = waiting.filter(w => !w.skipped).map(w => w.number)
    return { unit: { code: unit.code, name: unit.name }, tenant: ctx.tenant.name, called, waiting: still.slice(0, SHOWN_WAITING), waitingCount: still.length, skipped: waiting.filter(w => w.skipped).map(w => w.number).slice(0, 12), at: ctx.now() }
  },
})

/** The calls of the numbers that wait here, for the desk. */
export const calls = defineAction({
  name: 'calls', label: ['叫号情况', 'Calls'], method: 'GET', path: '/api/service/calls', permission: 'serviceRequest:takeNumber', readOnly: true, input: z.object({ unitId: z.uuid() }),
  async run(ctx, { unitId }) {
    await requireInUnit(ctx, 'serviceRequest:takeNumber', unitId)
    return { items: await ctx.query(`select w.id as "requestId", w.number, w.state, w.counter, w.times from (${WAITING} and t.unit_id = $2) w where w.call_id is not null`, [ctx.tenant.id, unitId]) }
  },
})

/** `GET /api/public/screen/:unitCode/events`: the screen is told when it should read again. */
export const screenEvents: NonNullable<ModuleSpec['routes']> = (app, runtime) => {
  app.get<{ Params: { unitCode: string } }>('/api/public/screen/:unitCode/events', async (req, reply) => {
    const tenantId = await publicTenant(runtime, req)
    const unit = await act(runtime, { tenantId }, ctx => stationOf(ctx, { code: req.params.unitCode }), { readOnly: true })
    const here = new Set([unit.id])
    openPublicLine(runtime, reply, { tenantId, entities: new Map([['queueCall', here], ['serviceRequest', here]]) })
  })
}
