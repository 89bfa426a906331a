import { defineAction, fail, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import type { ServiceKind } from '../entities/booking.ts'
import { book, BOOKING, cancel, holdBooking, openSlots, rebook, ruleOf, rulesOf, stateText, type BookingRow, type Rule } from '../store/book.ts'
import { customerByPhone, parsePhone } from '../store/guest.ts'
import { tellBooking } from '../store/tell.ts'

const AT = z.iso.datetime({ offset: true }).transform(t => new Date(t))
const TOKEN = z.string().max(40)
/** Wrong links from one address, and bookings from one address, in so many minutes. */
const LOOK = { name: 'booking', max: 20, minutes: 5, count: 'failed' } as const
const MAKE = { name: 'bookingMake', max: 10, minutes: 10, count: 'all' } as const
/** Bookings that one telephone may have before it at a time. */
const OPEN_AT_MOST = 3

const bookingUrl = (ctx: Ctx, token: string): string => `/b/${token}${ctx.tenant.no === 1 ? '' : `?tenant=${ctx.tenant.code}`}`
const free = async (ctx: Ctx, rule: Rule, but: string | null = null) => (await openSlots(ctx, rule, { but })).filter(s => s.left > 0).map(s => ({ startsAt: s.startsAt, endsAt: s.endsAt }))

/** What a customer sees of their own booking: nothing of others, no notes. */
function shown(b: BookingRow, rule: Rule | null, now: Date) {
  const changeable = b.state === 'booked' && rule !== null && b.startsAt.getTime() - now.getTime() >= rule.cancelMinutes * 60_000
  return { number: b.number, service: b.service, startsAt: b.startsAt, endsAt: b.endsAt, state: b.state, stateText: stateText(b.state), changeable, cancelMinutes: rule?.cancelMinutes ?? 0 }
}

interface Station { id: string; code: string; name: string; phone: string | null; address: string | null }
const station = async (ctx: Ctx, code: string): Promise<Station> =>
  (await ctx.query<Station & Record<string, unknown>>("select id, code, name, phone, address from unit where tenant_id = $1 and code = $2 and kind = 'station' and not coalesce(off, false)", [ctx.tenant.id, code.toUpperCase()]))[0] ?? fail('STATION_UNKNOWN', { code })
const BY_PAGE: readonly ServiceKind[] = ['bringIn', 'onSite']

/** A station's page for appointments, without signing in. */
export const bookPage = defineAction({
  name: 'bookPage', label: ['预约页', 'Appointments'], method: 'GET', path: '/api/public/book/:unitCode', permission: 'public', readOnly: true, tries: LOOK, input: z.object({ unitCode: z.string().max(20) }),
  async run(ctx, { unitCode }) {
    const unit = await station(ctx, unitCode)
    const rules = (await rulesOf(ctx, unit.id)).filter(r => BY_PAGE.includes(r.service))
    const productLines = await ctx.query('select id, name from product_line where tenant_id = $1 and not coalesce(off, false) order by position, code', [ctx.tenant.id])
    return { unit: { code: unit.code, name: unit.name, phone: unit.phone, address: unit.address }, tenant: ctx.tenant.name, productLines, services: await Promise.all(rules.map(async r => ({ service: r.service, minutes: r.minutes, slots: await free(ctx, r) }))) }
  },
})

export const bookByPage = defineAction({
  name: 'bookByPage', label: ['预约', 'Book'], method: 'POST', path: '/api/public/book/:unitCode', relay: true, permission: 'public', status: 201, tries: MAKE,
  input: z.object({
    unitCode: z.string().max(20), service: z.enum(['bringIn', 'onSite']), startsAt: AT, name: z.string().trim().min(1, '请填写姓名').max(60), phone: z.string().trim().min(1, '请填写电话').max(40), productLineId: z.uuid().nullish(), serialNo: z.string().trim().max(40).nullish(),
    faultDescription: z.string().trim().max(1000).nullish(), address: z.string().trim().max(200).nullish(), latitude: z.number().min(-90).max(90).nullish(), longitude: z.number().min(-180).max(180).nullish(),
  }),
  async run(ctx, { unitCode, service, startsAt, latitude, longitude, ...guest }) {
    const unit = await station(ctx, unitCode)
    const [rule] = await rulesOf(ctx, unit.id, service)
    if (!rule) return fail('SLOT_CLOSED')
    if (service === 'onSite' && !guest.address) return fail('INVALID', { summary: '请填写上门地址', fields: [{ field: 'address', code: 'REQUIRED', message: '请填写上门地址' }] })
    if (guest.productLineId && !(await ctx.query('select 1 from product_line where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, guest.productLineId])).length) return fail('REF_NOT_FOUND', { field: '产品线', name: 'productLineId' })
    const phone = parsePhone(ctx, guest.phone)
    // one after the other for one telephone, so that the count holds
    await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`booking/${ctx.tenant.id}/${phone}`])
    const [open] = await ctx.query<{ n: number }>("select count(*)::int as n from booking where tenant_id = $1 and phone = $2 and state = 'booked'", [ctx.tenant.id, phone])
    if (open!.n >= OPEN_AT_MOST) fail('BOOKING_MANY', { n: open!.n })
    const place = latitude !== null && latitude !== undefined && longitude !== null && longitude !== undefined ? { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) } : {}
    const b = await book(ctx, rule, startsAt, { name: guest.name, phone, customerId: await customerByPhone(ctx, phone), productLineId: guest.productLineId ?? null, serialNo: guest.serialNo || null, faultDescription: guest.faultDescription || null, address: guest.address || null, ...place })
    await tellBooking(ctx, b.id, 'booked')
    return { number: b.number, startsAt: b.startsAt, endsAt: b.endsAt, url: bookingUrl(ctx, b.token) }
  },
})

const byToken = async (ctx: Ctx, token: string): Promise<BookingRow> =>
  (await ctx.query<BookingRow & Record<string, unknown>>(`select ${BOOKING} from booking where tenant_id = $1 and token = $2`, [ctx.tenant.id, token]))[0] ?? fail('BOOKING_UNKNOWN')

export const bookingByLink = defineAction({
  name: 'bookingByLink', label: ['我的预约', 'My booking'], method: 'GET', path: '/api/public/booking/:token', permission: 'public', readOnly: true, tries: LOOK, input: z.object({ token: TOKEN }),
  async run(ctx, { token }) {
    const b = await byToken(ctx, token), rule = await ruleOf(ctx, b.ruleId)
    const [unit] = await ctx.query('select code, name, phone, address from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, b.unitId])
    const view = shown(b, rule, ctx.now())
    return { ...view, unit, slots: view.changeable ? await free(ctx, rule, b.id) : [] }
  },
})

export const cancelByLink = defineAction({
  name: 'cancelByLink', label: ['取消预约', 'Cancel'], method: 'POST', path: '/api/public/booking/:token/cancel', relay: true, permission: 'public', status: 200, tries: LOOK, input: z.object({ token: TOKEN }),
  async run(ctx, { token }) { await cancel(ctx, await holdBooking(ctx, { token }, { byCustomer: true }), '客户取消'); return { state: 'cancelled' } },
})

export const rebookByLink = defineAction({
  name: 'rebookByLink', label: ['改约', 'Rebook'], method: 'POST', path: '/api/public/booking/:token/rebook', relay: true, permission: 'public', status: 200, tries: LOOK, input: z.object({ token: TOKEN, startsAt: AT }),
  async run(ctx, { token, startsAt }) {
    const b = await holdBooking(ctx, { token }, { byCustomer: true })
    const slot = await rebook(ctx, b, startsAt)
    await tellBooking(ctx, b.id, 'booked')
    return { startsAt: slot.startsAt, endsAt: slot.endsAt }
  },
})

interface Request { id: string; number: string; stage: string; unit_id: string; customer_id: string | null; customer_name: string | null; phone: string | null; product_line_id: string }
const requestBy = async (ctx: Ctx, token: string, lock: boolean): Promise<Request> => (await ctx.query<Request & Record<string, unknown>>(
  `select id, number, stage, unit_id, customer_id, customer_name, phone, product_line_id from service_request where tenant_id = $1 and track_token = $2${lock ? ' for no key update' : ''}`, [ctx.tenant.id, token]))[0] ?? fail('TRACK_NOT_FOUND')
const pickUpOf = async (ctx: Ctx, requestId: string): Promise<BookingRow | null> =>
  (await ctx.query<BookingRow & Record<string, unknown>>(`select ${BOOKING} from booking where tenant_id = $1 and request_id = $2 and service = 'pickUp' and state = 'booked'`, [ctx.tenant.id, requestId]))[0] ?? null
const TRACK = { name: 'track', max: 10, minutes: 5, count: 'failed' } as const

/** When the device is ready its owner chooses when to come, by the link that only they have. */
export const pickUpSlots = defineAction({
  name: 'pickUpSlots', label: ['取机时段', 'Pick-up slots'], method: 'GET', path: '/api/public/track/:token/slots', permission: 'public', readOnly: true, tries: TRACK, input: z.object({ token: TOKEN }),
  async run(ctx, { token }) {
    const r = await requestBy(ctx, token, false)
    const [[rule], booking] = [await rulesOf(ctx, r.unit_id, 'pickUp'), await pickUpOf(ctx, r.id)]
    const view = booking ? shown(booking, rule ?? null, ctx.now()) : null
    const open = r.stage === 'pickup' && rule !== undefined && (!view || view.changeable)
    return { open, booking: view, slots: open ? await free(ctx, rule, booking?.id ?? null) : [] }
  },
})

/** Books a pick-up, or moves the one there is. */
export const pickUpBook = defineAction({
  name: 'pickUpBook', label: ['预约取机', 'Book a pick-up'], method: 'POST', path: '/api/public/track/:token/booking', relay: true, permission: 'public', status: 201, tries: TRACK, input: z.object({ token: TOKEN, startsAt: AT }),
  async run(ctx, { token, startsAt }) {
    const r = await requestBy(ctx, token, true)
    const [rule] = await rulesOf(ctx, r.unit_id, 'pickUp')
    if (!rule || r.stage !== 'pickup') return fail('SLOT_CLOSED')
    const there = await pickUpOf(ctx, r.id)
    if (there) {
      const b = await holdBooking(ctx, { id: there.id }, { byCustomer: true })
      const slot = await rebook(ctx, b, startsAt)
      await tellBooking(ctx, b.id, 'booked')
      return { number: b.number, startsAt: slot.startsAt, endsAt: slot.endsAt }
    }
    const b = await book(ctx, rule, startsAt, { requestId: r.id, customerId: r.customer_id, name: r.customer_name ?? r.number, phone: r.phone ?? fail('SLOT_CLOSED'), productLineId: r.product_line_id })
    await tellBooking(ctx, b.id, 'booked')
    return { number: b.number, startsAt: b.startsAt, endsAt: b.endsAt }
  },
})

export const pickUpCancel = defineAction({
  name: 'pickUpCancel', label: ['取消取机预约', 'Cancel the pick-up'], method: 'POST', path: '/api/public/track/:token/booking/cancel', relay: true, permission: 'public', status: 200, tries: TRACK, input: z.object({ token: TOKEN }),
  async run(ctx, { token }) {
    const there = await pickUpOf(ctx, (await requestBy(ctx, token, true)).id)
    await cancel(ctx, await holdBooking(ctx, { id: there?.id ?? fail('BOOKING_UNKNOWN') }, { byCustomer: true }), '客户取消')
    return { state: 'cancelled' }
  },
})

export const publicActions = [bookPage, bookByPage, bookingByLink, cancelByLink, rebookByLink, pickUpSlots, pickUpBook, pickUpCancel]
