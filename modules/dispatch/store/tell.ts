import { isElsewhere, type Ctx } from '@quancheng/kernel'
import { aboutRequest, makeNotices, type About } from '@quancheng/notices'
import { serviceText, slotText } from './book.ts'

interface Told { id: string; number: string; service: 'bringIn' | 'pickUp' | 'onSite'; starts_at: Date; state: string; version: number; request_id: string | null; customer_id: string | null; name: string; phone: string; token: string; unit_id: string; mail: string | null; station: string; station_phone: string | null }

/**
 * Tells a customer of their booking, by the channels that they chose. Of somebody who is in no list of ours nothing is known but the telephone that
 * they typed: they are told there, and nobody has checked that it is theirs, so a telephone hears only a few times a day.
 */
export async function tellBooking(ctx: Ctx, id: string, event: 'booked' | 'bookingSoon' | 'bookingCancelled'): Promise<void> {
  const [b] = await ctx.query<Told & Record<string, unknown>>(
    `select b.id, b.number, b.service, b.starts_at, b.state, b.version, b.request_id, b.customer_id, b.name, b.phone, b.token, b.unit_id, c.mail, u.name as station, u.phone as station_phone
     from booking b join unit u on u.tenant_id = b.tenant_id and u.id = b.unit_id left join customer c on c.tenant_id = b.tenant_id and c.id = b.customer_id where b.tenant_id = $1 and b.id = $2`, [ctx.tenant.id, id])
  if (!b || !ctx.entities.all().some(e => e.name === 'customerNotice')) return
  const request = b.request_id ? await aboutRequest(ctx, b.request_id) : null
  const about: Omit<About, 'id'> & { id: string | null } = request ?? {
    id: null, number: b.number, stage: '', phone: b.phone, model: null, customer_id: b.customer_id, customer: b.name, mail: b.mail, customer_phone: b.phone, unit_id: b.unit_id, track_token: '', station: b.station, station_phone: b.station_phone,
  }
  await makeNotices(ctx, about, { event, occasion: `${b.id}/${b.version}/${b.starts_at.getTime()}`, page: `/b/${b.token}`, guests: true, values: { 预约时间: slotText(ctx, b.starts_at), 预约服务: serviceText(b.service), 预约号: b.number } })
}

/** What waited for the morning is told only while the booking is as it was: not a time that was moved, nor one that has been given up. */
export async function stillBooked(ctx: Ctx, occasion: string): Promise<boolean> {
  const [id, , startsAt] = occasion.split('/')
  const [b] = await ctx.query<{ state: string; starts_at: Date }>('select state, starts_at from booking where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  return b?.state === 'booked' && b.starts_at.getTime() === Number(startsAt) && b.starts_at > ctx.now()
}

/** The day before. What was cancelled or moved meanwhile took its reminder with it. */
export async function remindJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const [b] = await ctx.query<{ state: string; starts_at: Date; unit_id: string }>('select state, starts_at, unit_id from booking where tenant_id = $1 and id = $2', [ctx.tenant.id, String(payload.id)])
  if (b?.state === 'booked' && b.starts_at > ctx.now() && !(await isElsewhere(ctx, b.unit_id))) await tellBooking(ctx, String(payload.id), 'bookingSoon')
}
