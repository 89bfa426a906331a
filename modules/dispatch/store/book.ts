import { dayOf, elevated, fail, isElsewhere, schedule, storeChange, storeNew, unschedule, type Ctx } from '@quancheng/kernel'
import { calendarOf } from '@quancheng/process'
import { SERVICES, type ServiceKind } from '../entities/booking.ts'
import { roomIn, sameMoment, slotsAhead, type Slot, type Taken } from '../rules/slots.ts'
import { heldBetween, type Held } from './held.ts'
import { hasLeaves } from './workers.ts'

export const JOB_MISSED = 'dispatch.missed'
export const JOB_REMIND = 'dispatch.remind'
/** A customer who has not come when their slot is over has not come. */
const REMIND_MS = 24 * 3_600_000

export interface Rule { id: string; unitId: string; service: ServiceKind; minutes: number; capacity: number; starts: string | null; everyDay: boolean; leadMinutes: number; daysAhead: number; cancelMinutes: number; resourceIds: string[] | null }
export interface BookingRow { id: string; number: string; ruleId: string; unitId: string; service: ServiceKind; startsAt: Date; endsAt: Date; place: number; resourceId: string | null; state: 'booked' | 'arrived' | 'missed' | 'cancelled'; requestId: string | null; customerId: string | null; name: string; phone: string; productLineId: string | null; serialNo: string | null; faultDescription: string | null; address: string | null; token: string }

const RULE = 'id, unit_id as "unitId", service, minutes, capacity, starts, coalesce(every_day, false) as "everyDay", lead_minutes as "leadMinutes", days_ahead as "daysAhead", cancel_minutes as "cancelMinutes", resource_ids as "resourceIds"'
export const BOOKING = 'id, number, rule_id as "ruleId", unit_id as "unitId", service, starts_at as "startsAt", ends_at as "endsAt", place, resource_id as "resourceId", state, request_id as "requestId", customer_id as "customerId", name, phone, product_line_id as "productLineId", serial_no as "serialNo", fault_description as "faultDescription", address, token'

export const rulesOf = (ctx: Ctx, unitId: string, service?: ServiceKind): Promise<Rule[]> =>
  ctx.query<Rule & Record<string, unknown>>(`select ${RULE} from slot_rule where tenant_id = $1 and unit_id = $2 and not coalesce(off, false) and ($3::text is null or service = $3) order by service`, [ctx.tenant.id, unitId, service ?? null])

export const ruleOf = async (ctx: Ctx, id: string): Promise<Rule> => (await ctx.query<Rule & Record<string, unknown>>(`select ${RULE} from slot_rule where tenant_id = $1 and id = $2`, [ctx.tenant.id, id]))[0] ?? fail('SLOT_CLOSED')

const today = (ctx: Ctx): Date => dayOf(ctx.now(), ctx.tenant.timeZone)
const ahead = async (ctx: Ctx, rule: Rule, staff: boolean): Promise<Slot[]> => slotsAhead(staff ? { ...rule, leadMinutes: -rule.minutes } : rule, await calendarOf(ctx), ctx.now(), today(ctx))

/** Bookings that stand in the way between two moments: this rule's, and those that hold its resources, of whatever rule. */
const takenBetween = (ctx: Ctx, rule: Rule, from: Date, to: Date, but: string | null): Promise<Taken[]> => ctx.query<Taken & Record<string, unknown>>(
  `select starts_at as "startsAt", ends_at as "endsAt", place, resource_id as "resourceId", rule_id = $2 as own from booking
   where tenant_id = $1 and state <> 'cancelled' and (rule_id = $2 or resource_id = any($3::uuid[])) and starts_at < $5 and ends_at > $4 and ($6::uuid is null or id <> $6)`, [ctx.tenant.id, rule.id, rule.resourceIds ?? [], from, to, but])

/** Of the rule's resources those in use that day, by day 'YYYY-MM-DD'; null: it needs none. A person who is absent, or on approved leave, is not there. */
async function resourcesOn(ctx: Ctx, rule: Rule): Promise<((day: string) => string[]) | null> {
  if (!rule.resourceIds?.length) return null
  const rows = await ctx.query<{ id: string; from: string | null; until: string | null }>(
    `select r.id, a.from_day::text as "from", a.until_day::text as until from service_resource r left join (
       select tenant_id, person_id, from_day, until_day from absence${hasLeaves(ctx) ? " union all select tenant_id, applicant_id, starts_on, ends_on from leave_request where stage = 'approved'" : ''}) a on a.tenant_id = r.tenant_id and a.person_id = r.person_id where r.tenant_id = $1 and r.id = any($2) and not coalesce(r.off, false) order by r.name, r.id`, [ctx.tenant.id, rule.resourceIds])
  return day => [...new Set(rows.map(r => r.id))].filter(id => !rows.some(r => r.id === id && r.from && r.from <= day && r.until! >= day))
}

const dayIn = (ctx: Ctx, at: Date): string => dayOf(at, ctx.tenant.timeZone).toISOString().slice(0, 10)

/** What the calendar holds stands in the way as a booking elsewhere does. */
const asTaken = (held: readonly Held[]): Taken[] => held.map(h => ({ startsAt: h.from, endsAt: h.to, place: 0, resourceId: h.resourceId, own: false }))

/** The slots that can be chosen, each with how many more it takes; `why`: what of the company's own closes one that would have room. `but`: a booking that would move, and so makes room where it is. */
export async function openSlots(ctx: Ctx, rule: Rule, o: { staff?: boolean; but?: string | null } = {}): Promise<Array<Slot & { left: number; why?: string }>> {
  const slots = await ahead(ctx, rule, o.staff ?? false)
  if (!slots.length) return []
  const [from, to] = [slots[0]!.startsAt, slots.at(-1)!.endsAt]
  const [taken, there, held] = [await takenBetween(ctx, rule, from, to, o.but ?? null), await resourcesOn(ctx, rule), await heldBetween(ctx, { resourceIds: rule.resourceIds ?? [], from, to })]
  return slots.map(s => {
    const mine = held.filter(h => h.from < s.endsAt && h.to > s.startsAt), free = there?.(dayIn(ctx, s.startsAt)) ?? null
    const left = roomIn(s, rule.capacity, free, [...taken, ...asTaken(mine)]).places.length
    const closed = o.staff && left === 0 && mine.length > 0 && roomIn(s, rule.capacity, free, taken).places.length > 0
    return { ...s, left, ...(closed ? { why: [...new Set(mine.map(h => h.what))].slice(0, 3).join('；') } : {}) }
  })
}

/** `14:00`, or with its day where that is not the day asked for. */
export const slotText = (ctx: Ctx, at: Date, day?: string): string =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: ctx.tenant.timeZone, ...(day === dayIn(ctx, at) ? {} : { month: 'long', day: 'numeric' }), hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** The place that a booking gets in a slot. The rule's row and its resources are held until the act ends: two at once come one after the other. */
async function placeIn(ctx: Ctx, rule: Rule, startsAt: Date, o: { staff: boolean; but: string | null }): Promise<Slot & { place: number; resourceId: string | null }> {
  await ctx.query('select 1 from slot_rule where tenant_id = $1 and id = $2 for no key update', [ctx.tenant.id, rule.id])
  if (rule.resourceIds?.length) await ctx.query('select 1 from service_resource where tenant_id = $1 and id = any($2) order by id for no key update', [ctx.tenant.id, rule.resourceIds])
  const slot = sameMoment(await ahead(ctx, rule, o.staff), startsAt) ?? fail('SLOT_NONE')
  const there = await resourcesOn(ctx, rule)
  const room = roomIn(slot, rule.capacity, there?.(dayIn(ctx, startsAt)) ?? null, [...await takenBetween(ctx, rule, slot.startsAt, slot.endsAt, o.but), ...asTaken(await heldBetween(ctx, { resourceIds: rule.resourceIds ?? [], from: slot.startsAt, to: slot.endsAt }))])
  const place = room.places[0]
  if (place !== undefined) return { ...slot, place, resourceId: room.resources[0] ?? null }
  // what is told instead is what lies nearest to the wish, in the order of the day
  const far = (s: Slot): number => Math.abs(s.startsAt.getTime() - startsAt.getTime())
  const free = (await openSlots(ctx, rule, o)).filter(s => s.left > 0).toSorted((a, b) => far(a) - far(b)).slice(0, 3).toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  return free.length ? fail('SLOT_TAKEN', { free: free.map(s => slotText(ctx, s.startsAt, dayIn(ctx, startsAt))).join('、'), slots: free.map(s => s.startsAt) }) : fail('SLOT_FULL')
}

export type Guest = Partial<Pick<BookingRow, 'requestId' | 'customerId' | 'productLineId' | 'serialNo' | 'faultDescription' | 'address'>> & { name: string; phone: string; latitude?: string | null; longitude?: string | null }

/** Books a slot, or answers 409 with what else is free. */
export async function book(ctx: Ctx, rule: Rule, startsAt: Date, guest: Guest, o: { staff?: boolean } = {}): Promise<BookingRow> {
  const place = await placeIn(ctx, rule, startsAt, { staff: o.staff ?? false, but: null })
  const row = await storeNew(elevated(ctx, '预约'), ctx.entities.get('booking'), { ...guest, ruleId: rule.id, unitId: rule.unitId, service: rule.service, ...place, state: 'booked' })
  await watchBooking(ctx, row.id as string, place)
  return row as unknown as BookingRow
}

/** When it is over unused it is a no-show; the day before its customer is reminded. */
export async function watchBooking(ctx: Ctx, id: string, slot: Slot): Promise<void> {
  await schedule(ctx, { kind: JOB_MISSED, key: id, dueAt: slot.endsAt, payload: { id } })
  const remindAt = new Date(slot.startsAt.getTime() - REMIND_MS)
  if (remindAt > ctx.now()) await schedule(ctx, { kind: JOB_REMIND, key: id, dueAt: remindAt, payload: { id } })
  else await unschedule(ctx, [JOB_REMIND], [id])
}

export const stateText = (state: BookingRow['state']): string => ({ booked: '已预约', arrived: '已到', missed: '未到', cancelled: '已取消' })[state]
export const serviceText = (service: ServiceKind): string => SERVICES[service][0]

/** A booking that is still to come, held until the act ends. By its link: not so late that the station has prepared for it. */
export async function holdBooking(ctx: Ctx, by: { id: string } | { token: string }, o: { byCustomer?: boolean } = {}): Promise<BookingRow> {
  const [b] = await ctx.query<BookingRow & Record<string, unknown>>(`select ${BOOKING} from booking where tenant_id = $1 and ${'id' in by ? 'id' : 'token'} = $2 for update`, [ctx.tenant.id, 'id' in by ? by.id : by.token])
  if (!b) return fail('BOOKING_UNKNOWN')
  if (b.state !== 'booked') return fail('BOOKING_STATE', { state: stateText(b.state) })
  if (o.byCustomer) {
    const { cancelMinutes } = await ruleOf(ctx, b.ruleId)
    if (b.startsAt.getTime() - ctx.now().getTime() < cancelMinutes * 60_000) fail('BOOKING_LATE', { minutes: cancelMinutes })
  }
  return b
}

export async function change(ctx: Ctx, b: Pick<BookingRow, 'id'>, values: Record<string, unknown>, act?: string): Promise<void> {
  await storeChange(elevated(ctx, '预约'), ctx.entities.get('booking'), b.id, values, act ? { act } : {})
}

export async function cancel(ctx: Ctx, b: BookingRow, reason: string | null): Promise<void> {
  await change(ctx, b, { state: 'cancelled', reason }, 'cancel')
  await unschedule(ctx, [JOB_MISSED, JOB_REMIND], [b.id])
}

/** Moves a booking to another slot of the same kind in one act: it never has two places, and never none. */
export async function rebook(ctx: Ctx, b: BookingRow, startsAt: Date, o: { staff?: boolean } = {}): Promise<Slot> {
  const rule = await ruleOf(ctx, b.ruleId)
  const place = await placeIn(ctx, rule, startsAt, { staff: o.staff ?? false, but: b.id })
  await change(ctx, b, { ...place }, 'rebook')
  await watchBooking(ctx, b.id, place)
  return place
}

/** 未到: the slot is over and nobody came. */
export async function missedJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const [b] = await ctx.query<BookingRow & Record<string, unknown>>(`select ${BOOKING} from booking where tenant_id = $1 and id = $2 for update`, [ctx.tenant.id, String(payload.id)])
  if (b?.state === 'booked' && b.endsAt <= ctx.now() && !(await isElsewhere(ctx, b.unitId))) await change(ctx, b, { state: 'missed' }, 'missed')
}
