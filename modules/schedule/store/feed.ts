import { elevated, makeSecret, newId, readSecret, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { dayText, dayNo } from '../rules/days.ts'
import { occurrenceOn, skippedDays, wallDay } from '../rules/occurrences.ts'
import { icsOf, type IcsEvent } from '../rules/ics.ts'
import { eventsBetween, movedOf, placeOf, type EventRow } from './events.ts'

/** What is over so long is not in the feed any more. */
const PAST_DAYS = 180
const AHEAD_DAYS = 3650
const DAY = 86_400_000

export const feedOf = async (ctx: Ctx, personId: string): Promise<{ id: string; off: boolean; renewedAt: Date } | null> =>
  (await ctx.query<{ id: string; off: boolean; renewedAt: Date }>('select id, coalesce(off, false) as off, renewed_at as "renewedAt" from calendar_feed where tenant_id = $1 and person_id = $2', [ctx.tenant.id, personId]))[0] ?? null

/** A fresh address; the one before stops at once. Nobody can be told it again: only its hash is kept. */
export async function renewFeed(ctx: Ctx): Promise<string> {
  const me = ctx.user!.id, secret = makeSecret(ctx.tenant.id), there = await feedOf(ctx, me), entity = ctx.entities.get('calendarFeed'), values = { tokenHash: secret.hash.toString('hex'), off: false, renewedAt: ctx.now() }
  if (there) await storeChange(elevated(ctx, '日历订阅'), entity, there.id, values, { silent: ['tokenHash'] })
  else await storeNew(elevated(ctx, '日历订阅'), entity, { personId: me, ...values }, { id: newId(), silent: ['tokenHash'] })
  return `/cal/${secret.token}.ics`
}

export async function stopFeed(ctx: Ctx): Promise<void> {
  const there = await feedOf(ctx, ctx.user!.id)
  if (there) await storeChange(elevated(ctx, '日历订阅'), ctx.entities.get('calendarFeed'), there.id, { off: true })
}

/** null: no such feed, switched off, or its person has gone. */
export async function personOf(ctx: Ctx, token: string): Promise<{ id: string; name: string; unitId: string | null } | null> {
  const secret = readSecret(token)
  if (!secret || secret.tenantId !== ctx.tenant.id) return null
  return (await ctx.query<{ id: string; name: string; unitId: string | null }>(
    `select u.id, u.name, u.unit_id as "unitId" from calendar_feed f join "user" u on u.tenant_id = f.tenant_id and u.id = f.person_id where f.tenant_id = $1 and f.token_hash = $2 and not coalesce(f.off, false) and not coalesce(u.off, false)`, [ctx.tenant.id, secret.hash.toString('hex')]))[0] ?? null
}

const uidOf = (ctx: Ctx, e: EventRow): string => `${e.seriesId ?? e.id}@${ctx.tenant.code}.quancheng`

/** A person's calendar as a calendar program reads it: their own, what they were asked to, what their team and those above it plan. */
export async function feedText(ctx: Ctx, person: { id: string; name: string; unitId: string | null }, origin: string | null): Promise<string> {
  const place = await placeOf(ctx), now = ctx.now().getTime(), tz = ctx.tenant.timeZone
  const units = person.unitId ? (await ctx.query<{ id: string }>('select ancestor_id as id from unit_closure where tenant_id = $1 and descendant_id = $2', [ctx.tenant.id, person.unitId])).map(r => r.id) : []
  const rows = (await eventsBetween(ctx, { people: [person.id], units }, new Date(now - PAST_DAYS * DAY), new Date(now + AHEAD_DAYS * DAY)))
    .filter(e => e.ownerId === person.id || e.people.some(p => p.id === person.id) || e.visibility !== 'private')
  const moved = await movedOf(ctx, rows.filter(e => e.rule).map(e => e.id)), masters = new Map(rows.map(e => [e.id, e]))
  // a day that was changed replaces the series' own; one whose series is not here (only that day was asked for) stands alone
  const far = dayText(dayNo(wallDay(new Date(now), tz)) + 730)
  const events = rows.map((e): IcsEvent => {
    const master = e.seriesId ? masters.get(e.seriesId) : undefined, at = master && e.originalDay ? occurrenceOn(master, e.originalDay, tz).from : null
    const replaced = moved.filter(m => m.seriesId === e.id && rows.some(r => r.id === m.id)).map(m => m.originalDay)
    return {
      uid: master || !e.seriesId ? uidOf(ctx, e) : `${e.id}@${ctx.tenant.code}.quancheng`, sequence: e.version - 1, changedAt: e.updatedAt, title: e.title, note: e.note, place: e.place ?? e.resourceName, startsAt: e.startsAt, endsAt: e.endsAt, allDay: e.allDay, rule: e.rule,
      exDays: [...new Set([...(e.exDays ?? []).filter(d => !replaced.includes(d)), ...skippedDays(e, place, far)])].toSorted(), recurrence: master && at ? { day: e.originalDay!, at, allDay: master.allDay } : null,
      reminderMinutes: e.reminderMinutes, visibility: e.visibility, free: e.free, url: origin ? `${origin}/schedule?event=${e.id}` : null,
    }
  })
  return icsOf({ name: `${person.name} · ${ctx.tenant.name}`, timeZone: tz, events })
}
