import { defineAction, dayOf, elevated, fail, fieldLevel, requireInUnit, storeChange, unschedule, visible, type Ctx } from '@quancheng/kernel'
import { openRequest } from '@quancheng/service'
import { sql } from 'kysely'
import { z } from 'zod'
import { book, cancel, change, holdBooking, JOB_MISSED, JOB_REMIND, openSlots, rebook, ruleOf, rulesOf, type BookingRow } from '../store/book.ts'
import { customerByPhone, parsePhone, readyByPhone } from '../store/guest.ts'
import { tellBooking } from '../store/tell.ts'

const AT = z.iso.datetime({ offset: true }).transform(t => new Date(t))
const DAY_MS = 86_400_000
const MOST = 500

/** The day of a station: every slot with who is booked in it, and how many more it takes (CE-05). */
export const bookingDay = defineAction({
  name: 'bookingDay', label: ['预约日程', 'Bookings of a day'], method: 'GET', path: '/api/bookings-day', permission: 'booking:read', readOnly: true,
  input: z.object({ unitId: z.uuid().optional(), day: z.iso.date().optional() }),
  async run(ctx, q) {
    const unitId = q.unitId ?? ctx.user?.unitId ?? fail('NOT_FOUND', {})
    await requireInUnit(ctx, 'booking:read', unitId)
    const [unit] = await ctx.query<{ id: string; code: string; name: string; kind: string }>('select id, code, name, kind from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, unitId])
    if (!unit) return fail('NOT_FOUND', { id: unitId })
    const today = dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10), day = q.day ?? today
    const rules = await rulesOf(ctx, unitId)
    const { rows } = await sql<{ phone: string } & Record<string, unknown>>`
      select t.id, t.number, t.rule_id as "ruleId", t.service, t.starts_at as "startsAt", t.ends_at as "endsAt", t.state, t.name, t.phone, t.fault_description as "faultDescription", t.address, t.request_id as "requestId", r.number as "requestNumber", s.name as resource, l.name as line, t.reason
      from booking t left join service_request r on r.tenant_id = t.tenant_id and r.id = t.request_id left join service_resource s on s.tenant_id = t.tenant_id and s.id = t.resource_id left join product_line l on l.tenant_id = t.tenant_id and l.id = t.product_line_id
      where ${visible(ctx, ctx.entities.get('booking'), 't', 'read')!} and t.unit_id = ${unitId} and t.starts_at >= (${day}::date::timestamp at time zone ${ctx.tenant.timeZone}) and t.starts_at < ((${day}::date + 1)::timestamp at time zone ${ctx.tenant.timeZone})
      order by t.starts_at, t.place limit ${sql.lit(MOST)}`.execute(ctx.db)
    const entity = ctx.entities.get('booking'), level = fieldLevel(ctx.access, entity, entity.fields.get('phone')!)
    const bookings = rows.map(b => ({ ...b, phone: level === 'none' ? null : level === 'mask' ? entity.fields.get('phone')!.kind.mask!(b.phone) : b.phone }))
    const dayOfSlot = (at: Date): string => dayOf(at, ctx.tenant.timeZone).toISOString().slice(0, 10)
    const free = await Promise.all(rules.map(async r => ({ ruleId: r.id, service: r.service, slots: (await openSlots(ctx, r, { staff: true })).filter(s => dayOfSlot(s.startsAt) === day) })))
    return { unit, day, today, next: new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10), rules: free, bookings }
  },
})

/** The slots that a customer on the telephone, or at the counter, can have. */
export const staffSlots = defineAction({
  name: 'staffSlots', label: ['可约时段', 'Free slots'], method: 'GET', path: '/api/slot-rules/:id/slots', permission: 'booking:read', readOnly: true, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const rule = await ruleOf(ctx, id)
    await requireInUnit(ctx, 'booking:read', rule.unitId)
    return { slots: await openSlots(ctx, rule, { staff: true }) }
  },
})

const GUEST = z.object({
  name: z.string().trim().min(1, '请填写姓名').max(60), phone: z.string().max(40), productLineId: z.uuid().nullish(), serialNo: z.string().trim().max(40).nullish(), faultDescription: z.string().trim().max(1000).nullish(), address: z.string().trim().max(200).nullish(),
})

export const staffBook = defineAction({
  name: 'staffBook', label: ['登记预约', 'Book'], method: 'POST', path: '/api/slot-rules/:id/bookings', relay: true, permission: 'booking:create', status: 201, input: GUEST.extend({ id: z.uuid(), startsAt: AT }),
  async run(ctx, { id, startsAt, ...guest }) {
    const rule = await ruleOf(ctx, id)
    await requireInUnit(ctx, 'booking:create', rule.unitId)
    const phone = parsePhone(ctx, guest.phone)
    const b = await book(ctx, rule, startsAt, { ...guest, phone, customerId: await customerByPhone(ctx, phone), productLineId: guest.productLineId ?? null, serialNo: guest.serialNo || null, faultDescription: guest.faultDescription || null, address: guest.address || null, requestId: rule.service === 'pickUp' ? await readyByPhone(ctx, rule.unitId, phone) : null }, { staff: true })
    await tellBooking(ctx, b.id, 'booked')
    return { id: b.id, number: b.number, startsAt: b.startsAt, endsAt: b.endsAt }
  },
})

async function heldAt(ctx: Ctx, id: string, permission: string): Promise<BookingRow> {
  const [where] = await ctx.query<{ unit_id: string }>('select unit_id from booking where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  if (!where) return fail('BOOKING_UNKNOWN')
  await requireInUnit(ctx, permission, where.unit_id)
  return holdBooking(ctx, { id })
}

/**
 * 已到. Whoever brings something in gets a number, with what they have told us already in the request; whoever picks up is shown their request.
 * Twice is once: the second finds the booking arrived.
 */
export const arrive = defineAction({
  name: 'bookingArrive', label: ['预约到店', 'Arrived'], method: 'POST', path: '/api/bookings/:id/arrive', relay: true, permission: 'booking:arrive', input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const b = await heldAt(ctx, id, 'booking:arrive')
    if (dayOf(b.startsAt, ctx.tenant.timeZone) > dayOf(ctx.now(), ctx.tenant.timeZone)) fail('BOOKING_EARLY')
    await unschedule(ctx, [JOB_MISSED, JOB_REMIND], [b.id])
    // whoever picks up has a request already, known to us or not
    if (b.requestId || b.service === 'pickUp') { await change(ctx, b, { state: 'arrived' }, 'arrive'); return { id, requestId: b.requestId, number: null } }
    const opened = await openRequest(ctx, { unitId: b.unitId, productLineId: b.productLineId, phone: b.phone, source: 'desk', values: { customerName: b.name, ...(b.serialNo ? { serialNo: b.serialNo } : {}), ...(b.faultDescription ? { faultDescription: b.faultDescription } : {}) } })
    await storeChange(elevated(ctx, '预约'), ctx.entities.get('booking'), id, { state: 'arrived', requestId: opened.id }, { act: 'arrive' })
    return { id, requestId: opened.id, number: opened.number }
  },
})

export const staffCancel = defineAction({
  name: 'bookingCancel', label: ['取消预约', 'Cancel'], method: 'POST', path: '/api/bookings/:id/cancel', relay: true, permission: 'booking:create', input: z.object({ id: z.uuid(), reason: z.string().trim().min(1, '请写明原因').max(200) }),
  async run(ctx, { id, reason }) { await cancel(ctx, await heldAt(ctx, id, 'booking:create'), reason); await tellBooking(ctx, id, 'bookingCancelled'); return { id, state: 'cancelled' } },
})

export const staffRebook = defineAction({
  name: 'bookingRebook', label: ['改约', 'Rebook'], method: 'POST', path: '/api/bookings/:id/rebook', relay: true, permission: 'booking:create', input: z.object({ id: z.uuid(), startsAt: AT }),
  async run(ctx, { id, startsAt }) { const slot = await rebook(ctx, await heldAt(ctx, id, 'booking:create'), startsAt, { staff: true }); await tellBooking(ctx, id, 'booked'); return { id, startsAt: slot.startsAt, endsAt: slot.endsAt } },
})

export const staffMissed = defineAction({
  name: 'bookingMissed', label: ['记为未到', 'No-show'], method: 'POST', path: '/api/bookings/:id/missed', relay: true, permission: 'booking:create', input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const b = await heldAt(ctx, id, 'booking:create')
    if (b.startsAt > ctx.now()) fail('BOOKING_EARLY')
    await change(ctx, b, { state: 'missed' }, 'missed')
    await unschedule(ctx, [JOB_MISSED, JOB_REMIND], [id])
    return { id, state: 'missed' }
  },
})

export const staffActions = [bookingDay, staffSlots, staffBook, arrive, staffCancel, staffRebook, staffMissed]
