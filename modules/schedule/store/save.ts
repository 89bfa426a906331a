import { elevated, fail, instantOf, lock, remove, requireInUnit, storeChange, storeNew, visible, type Ctx, displayExpression } from '@quancheng/kernel'
import { sql } from 'kysely'
import { onwards, shifted, until, wholeDays, wrongTimes, type How } from '../rules/edit.ts'
import { addDays } from '../rules/days.ts'
import { lastEnd, occurrenceOn, occurrencesIn, wallDay, type Series } from '../rules/occurrences.ts'
import { levelOf } from '../rules/see.ts'
import { otherBusy } from './busy.ts'
import { eventById, eventsBetween, expand, movedOf, placeOf, sightFor, type EventRow } from './events.ts'
import { scheduleReminder, tellPeople, whenText } from './tell.ts'
import { answersOf, setAttendees } from './attendees.ts'

/** What a form gives. Everything that it leaves out stays as it was. */
export interface EventInput {
  title: string; kind: string; startsAt: Date; endsAt: Date; allDay: boolean; free: boolean; place: string | null; ownerId: string; unitId: string | null; resourceId: string | null; rule: string | null; skipHolidays: boolean
  reminderMinutes: number | null; visibility: 'public' | 'busy' | 'private'; note: string | null; entity: string | null; recordId: string | null; budget: string | null; attendeeIds: readonly string[]
}
type Draft = Omit<EventInput, 'attendeeIds'> & { exDays: string[] | null; seriesId?: string | null; originalDay?: string | null }

const AHEAD_DAYS = 400
const sys = (ctx: Ctx): Ctx => elevated(ctx, '日程')
const entity = (ctx: Ctx) => ctx.entities.get('calendarEvent')
const invalid = (field: string, code: string, message: string): never => fail('INVALID', { summary: message, fields: [{ field, code, message }] })

/** May the caller put something there, with that: the calendar, the resource, the record that it is about. Returns what the record is called. */
async function allowed(ctx: Ctx, d: Draft, before: EventRow | null): Promise<string | null> {
  if (d.unitId && d.unitId !== before?.unitId) await requireInUnit(ctx, 'unit:plan', d.unitId)
  if (!d.unitId && d.ownerId !== ctx.user?.id && d.ownerId !== before?.ownerId && !ctx.access.system) {
    const shared = await ctx.query("select 1 from calendar_share where tenant_id = $1 and owner_id = $2 and person_id = $3 and access = 'write'", [ctx.tenant.id, d.ownerId, ctx.user?.id ?? null])
    if (!shared.length) fail('CALENDAR_NOT_SHARED')
  }
  if (d.resourceId && d.resourceId !== before?.resourceId) {
    const may = visible(ctx, ctx.entities.get('serviceResource'), 't')
    const rows = may ? (await sql`select 1 from service_resource t where ${may} and t.id = ${d.resourceId} and not coalesce(t.off, false)`.execute(ctx.db)).rows : []
    if (!rows.length) invalid('resourceId', 'REF', '没有这个资源，或已停用')
  }
  if (!d.entity || !d.recordId) return null
  if (before && d.entity === before.entity && d.recordId === before.recordId) return before.about
  const about = ctx.entities.find(d.entity) ?? invalid('recordId', 'REF', '没有这种记录')
  await lock(ctx, about, d.recordId, 'read', { forUpdate: false })
  const { rows: [row] } = await sql<{ label: string }>`select ${displayExpression(ctx, about, 't')} as label from ${sql.table(about.table)} as t where t.tenant_id = ${ctx.tenant.id} and t.id = ${d.recordId}`.execute(ctx.db)
  return `${about.label[0]} ${row?.label ?? ''}`.trim().slice(0, 200)
}

/** One thing is in one place at a time. Its row is held until the act ends, so that two who book it come one after the other. */
async function resourceFree(ctx: Ctx, d: Draft, id: string | null): Promise<void> {
  if (!d.resourceId) return
  const [r] = await ctx.query<{ name: string }>('select name from service_resource where tenant_id = $1 and id = $2 for no key update', [ctx.tenant.id, d.resourceId])
  const far = new Date(Math.max(d.startsAt.getTime(), ctx.now().getTime()) + AHEAD_DAYS * 86_400_000), place = await placeOf(ctx)
  // what is over holds nothing any more
  const mine = occurrencesIn(d, place, new Date(Math.max(d.startsAt.getTime(), Math.min(ctx.now().getTime(), d.endsAt.getTime() - 1))), far)
  const first = mine[0], end = mine.at(-1)?.to
  if (!first || !end) return
  const events = (await eventsBetween(ctx, { resources: [d.resourceId] }, first.from, end)).filter(e => e.id !== id)
  const taken = [...expand(events, place, first.from, end).map(f => f.at), ...(await otherBusy(ctx, { personIds: [], resourceIds: [d.resourceId], from: first.from, to: end })).filter(b => b.resourceId === d.resourceId)]
  const clash = mine.find(o => taken.some(t => t.from < o.to && t.to > o.from))
  if (clash) fail('RESOURCE_TAKEN', { name: r?.name ?? '', when: whenText(ctx, clash.from, d.allDay), from: clash.from, to: clash.to })
}

const valuesOf = (ctx: Ctx, d: Draft, about: string | null): Record<string, unknown> => ({ ...d, about, lastEnd: lastEnd(d, ctx.tenant.timeZone) })

function settled(ctx: Ctx, d: Draft): Draft {
  const times = d.allDay ? wholeDays(d.startsAt, d.endsAt, ctx.tenant.timeZone, wall => instantOf(ctx.tenant.timeZone, wall)) : { startsAt: d.startsAt, endsAt: d.endsAt }
  const next = { ...d, ...times, rule: d.rule || null, exDays: d.exDays?.length ? d.exDays : null }
  const wrong = wrongTimes(next, ctx.tenant.timeZone)
  return wrong ? invalid(wrong.field, wrong.code, wrong.message) : next
}

async function put(ctx: Ctx, d: Draft, attendees: readonly { id: string; answer: string }[], before: EventRow | null, how: 'new' | 'part' | 'quiet' = 'new'): Promise<EventRow> {
  const draft = settled(ctx, d), about = await allowed(ctx, draft, before)
  await resourceFree(ctx, draft, before?.id ?? null)
  const row = before ? await storeChange(sys(ctx), entity(ctx), before.id, valuesOf(ctx, draft, about)) : await storeNew(sys(ctx), entity(ctx), valuesOf(ctx, draft, about))
  const { asked, gone } = await setAttendees(ctx, row.id as string, attendees)
  const saved = await eventById(ctx, row.id as string) ?? fail('EVENT_UNKNOWN')
  await scheduleReminder(ctx, saved)
  const when = whenText(ctx, saved.startsAt, saved.allDay), by = ctx.user?.name ?? '系统', others = (ids: readonly string[]): string[] => ids.filter(id => id !== ctx.user?.id)
  if (how === 'quiet') return saved
  await tellPeople(ctx, saved, 'event', others(asked), `${by} ${how === 'part' ? '改了日程' : '邀请你'}：${saved.title}，${when}`)
  await tellPeople(ctx, saved, 'event', others(gone), `${by} 已把你移出：${saved.title}，${when}`)
  const moved = before && (before.startsAt.getTime() !== saved.startsAt.getTime() || before.endsAt.getTime() !== saved.endsAt.getTime() || before.rule !== saved.rule || before.place !== saved.place)
  if (moved) await tellPeople(ctx, saved, 'event', others(saved.people.map(p => p.id).filter(id => !asked.includes(id))), `${by} 改了日程：${saved.title}，${when}${saved.place ? `，${saved.place}` : ''}`)
  return saved
}

/** `quiet`: nobody is told (what is loaded, not planned). */
export async function createEvent(ctx: Ctx, input: EventInput, o: { quiet?: true } = {}): Promise<EventRow> {
  const { attendeeIds, ...d } = input
  return put(ctx, { ...d, exDays: null }, attendeeIds.map(id => ({ id, answer: id === ctx.user?.id ? 'yes' : 'waiting' })), null, o.quiet ? 'quiet' : 'new')
}

/** The event, held until the act ends, if the caller may change it. */
export async function holdEvent(ctx: Ctx, id: string): Promise<EventRow> {
  await ctx.query('select 1 from calendar_event where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id])
  const e = await eventById(ctx, id) ?? fail('EVENT_UNKNOWN')
  const level = ctx.access.system ? 'write' : levelOf(e, await sightFor(ctx, [e]))
  if (level !== 'write') fail(level === 'none' ? 'EVENT_UNKNOWN' : 'EVENT_READ_ONLY')
  return e
}

const draftOf = (e: EventRow): Draft => ({
  title: e.title, kind: e.kind, startsAt: e.startsAt, endsAt: e.endsAt, allDay: e.allDay, free: e.free, place: e.place, ownerId: e.ownerId, unitId: e.unitId, resourceId: e.resourceId, rule: e.rule, skipHolidays: e.skipHolidays,
  reminderMinutes: e.reminderMinutes, visibility: e.visibility, note: e.note, entity: e.entity, recordId: e.recordId, budget: e.budget, exDays: e.exDays ? [...e.exDays] : null,
})

const happens = async (ctx: Ctx, e: Series, day: string): Promise<void> => {
  const o = occurrenceOn(e, day, ctx.tenant.timeZone)
  if (!occurrencesIn(e, await placeOf(ctx), o.from, o.to).some(x => x.day === day)) fail('EVENT_DAY', { day })
}

/** Takes a day out of a series: it is left out, or becomes an event of its own. */
const leaveOut = (ctx: Ctx, e: EventRow, day: string): Promise<unknown> => storeChange(sys(ctx), entity(ctx), e.id, { exDays: [...new Set([...(e.exDays ?? []), day])].toSorted() })

/** 改这一次 · 改以后 · 改全部. `day`: which time of the series was opened; the times given are that time's. Returns the event that now stands for it. */
export async function changeEvent(ctx: Ctx, id: string, o: { how: How; day: string | null; seen?: number }, input: Partial<EventInput>): Promise<EventRow> {
  const e = await holdEvent(ctx, id), { attendeeIds, ...given } = input, people = attendeeIds ? answersOf(e, attendeeIds) : e.people, tz = ctx.tenant.timeZone
  if (o.seen !== undefined && o.seen !== e.version) fail('CHANGED_MEANWHILE', { version: e.version })
  if (!e.rule) return put(ctx, { ...draftOf(e), ...given, ...(e.seriesId ? { rule: null } : {}) }, people, e)
  const day = o.day ?? wallDay(e.startsAt, tz)
  await happens(ctx, e, day)
  const at = occurrenceOn(e, day, tz), times = { startsAt: given.startsAt ?? at.from, endsAt: given.endsAt ?? at.to }
  if (o.how === 'this') {
    await leaveOut(ctx, e, day)
    return put(ctx, { ...draftOf(e), ...given, ...times, rule: null, exDays: null, skipHolidays: false, seriesId: e.id, originalDay: day }, people, null, 'part')
  }
  if (o.how === 'all' || day <= wallDay(e.startsAt, tz)) {
    const s = shifted(e, day, times.startsAt, times.endsAt, tz), rule = given.rule === undefined || given.rule === e.rule ? s.rule : given.rule
    const saved = await put(ctx, { ...draftOf(e), ...given, ...s, rule, exDays: s.exDays }, people, e)
    if (s.by !== 0) for (const m of s.by > 0 ? (await movedOf(ctx, [e.id])).toReversed() : await movedOf(ctx, [e.id])) await storeChange(sys(ctx), entity(ctx), m.id, { originalDay: addDays(m.originalDay!, s.by) })
    return saved
  }
  const rest = onwards(e, day, tz), later = (e.exDays ?? []).filter(d => d >= day)
  await put(ctx, { ...draftOf(e), rule: until(e, day, tz) }, e.people, e, 'quiet')
  const s = shifted({ ...e, startsAt: at.from, endsAt: at.to, rule: rest, exDays: later }, day, times.startsAt, times.endsAt, tz)
  const next = await put(ctx, { ...draftOf(e), ...given, startsAt: s.startsAt, endsAt: s.endsAt, rule: given.rule === undefined || given.rule === e.rule ? s.rule : given.rule, exDays: s.exDays }, people, null, 'part')
  for (const m of await movedOf(ctx, [e.id])) if (m.originalDay! >= day) await storeChange(sys(ctx), entity(ctx), m.id, { seriesId: next.id, originalDay: addDays(m.originalDay!, s.by) })
  return next
}

/** 取消: this time, this and those after it, or all of it. Who was asked is told. */
export async function cancelEvent(ctx: Ctx, id: string, o: { how: How; day: string | null }): Promise<void> {
  const e = await holdEvent(ctx, id), tz = ctx.tenant.timeZone, day = o.day ?? wallDay(e.startsAt, tz), cut = e.rule && o.how === 'following' ? until(e, day, tz) : null
  if (e.rule) await happens(ctx, e, day)
  const when = e.rule ? whenText(ctx, occurrenceOn(e, day, tz).from, e.allDay) : whenText(ctx, e.startsAt, e.allDay)
  await tellPeople(ctx, e, 'event', e.people.map(p => p.id).filter(p => p !== ctx.user?.id), `${ctx.user?.name ?? '系统'} 取消了：${e.title}，${when}${cut ? ' 及以后' : ''}`)
  if (e.rule && o.how === 'this') await leaveOut(ctx, e, day)
  else if (cut) {
    await storeChange(sys(ctx), entity(ctx), e.id, { rule: cut, lastEnd: lastEnd({ ...e, rule: cut }, tz) })
    for (const m of await movedOf(ctx, [e.id])) if (m.originalDay! >= day) await dropped(ctx, m)
  } else {
    for (const m of e.rule ? await movedOf(ctx, [e.id]) : []) await dropped(ctx, m)
    return dropped(ctx, e)
  }
  await scheduleReminder(ctx, await eventById(ctx, e.id) ?? e)
}

async function dropped(ctx: Ctx, e: EventRow): Promise<void> {
  await scheduleReminder(ctx, { ...e, reminderMinutes: null })
  await remove(sys(ctx), entity(ctx), e.id)
}
