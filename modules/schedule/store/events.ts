import { unitAndAbove, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import type { AnswerKind } from '../entities/event-attendee.ts'
import { dayNo } from '../rules/days.ts'
import { occurrencesIn, type Occurrence, type Place, type Series } from '../rules/occurrences.ts'
import type { Seen, Sight } from '../rules/see.ts'

export interface Person { id: string; name: string; answer: AnswerKind }
export interface EventRow extends Series, Omit<Seen, 'people'> {
  id: string; version: number; updatedAt: Date; title: string; kind: string; allDay: boolean; free: boolean; place: string | null; ownerName: string; unitName: string | null; resourceId: string | null; resourceName: string | null
  seriesId: string | null; originalDay: string | null; reminderMinutes: number | null; note: string | null; entity: string | null; recordId: string | null; about: string | null; budget: string | null; lastEnd: Date | null; people: Person[]
}

const COLUMNS = `e.id, e.version, e.updated_at as "updatedAt", e.title, e.kind, e.starts_at as "startsAt", e.ends_at as "endsAt", e.all_day as "allDay", e.free, e.place, e.owner_id as "ownerId", o.name as "ownerName", e.unit_id as "unitId", n.name as "unitName",
  e.resource_id as "resourceId", r.name as "resourceName", e.rule, e.skip_holidays as "skipHolidays", e.ex_days as "exDays", e.series_id as "seriesId", e.original_day::text as "originalDay", e.reminder_minutes as "reminderMinutes", e.visibility, e.note, e.entity, e.record_id as "recordId", e.about, e.budget, e.last_end as "lastEnd",
  coalesce((select json_agg(json_build_object('id', a.person_id, 'name', p.name, 'answer', a.answer) order by p.name) from event_attendee a join "user" p on p.tenant_id = a.tenant_id and p.id = a.person_id where a.tenant_id = e.tenant_id and a.event_id = e.id), '[]') as people`
const JOINS = `from calendar_event e join "user" o on o.tenant_id = e.tenant_id and o.id = e.owner_id left join unit n on n.tenant_id = e.tenant_id and n.id = e.unit_id left join service_resource r on r.tenant_id = e.tenant_id and r.id = e.resource_id`
const MOST = 3000

/** Whose events: of these people (their own, and what they were asked to and did not decline), of these teams, of these resources. */
export interface Whose { people?: readonly string[]; units?: readonly string[]; resources?: readonly string[] }

/** Events that may happen between two moments; which of them do, `occurrences` says. */
export const eventsBetween = (ctx: Ctx, whose: Whose, from: Date, to: Date): Promise<EventRow[]> => ctx.query<EventRow & Record<string, unknown>>(
  `select ${COLUMNS} ${JOINS} where e.tenant_id = $1 and e.starts_at < $3 and (e.last_end is null or e.last_end >= $2) and (
     (e.unit_id is null and e.owner_id = any($4::uuid[])) or e.unit_id = any($5::uuid[]) or e.resource_id = any($6::uuid[])
     or exists (select 1 from event_attendee x where x.tenant_id = e.tenant_id and x.event_id = e.id and x.person_id = any($4::uuid[]) and x.answer <> 'no'))
   order by e.starts_at, e.id limit ${MOST}`, [ctx.tenant.id, from, to, whose.people ?? [], whose.units ?? [], whose.resources ?? []])

export const eventById = async (ctx: Ctx, id: string): Promise<EventRow | null> =>
  (await ctx.query<EventRow & Record<string, unknown>>(`select ${COLUMNS} ${JOINS} where e.tenant_id = $1 and e.id = $2`, [ctx.tenant.id, id]))[0] ?? null

/** Days of a series that became events of their own. */
export const movedOf = (ctx: Ctx, seriesIds: readonly string[]): Promise<EventRow[]> => seriesIds.length
  ? ctx.query<EventRow & Record<string, unknown>>(`select ${COLUMNS} ${JOINS} where e.tenant_id = $1 and e.series_id = any($2::uuid[]) order by e.original_day`, [ctx.tenant.id, seriesIds]) : Promise.resolve([])

/** The company's clock and its days off. */
export async function placeOf(ctx: Ctx): Promise<Place> {
  const calendar = await ctx.runtime.calendar?.(ctx)
  return { timeZone: ctx.tenant.timeZone, off: day => calendar?.days.get(dayNo(day)) === 'off' }
}

export const expand = (rows: readonly EventRow[], place: Place, from: Date, to: Date): Array<{ event: EventRow; at: Occurrence }> =>
  rows.flatMap(event => occurrencesIn(event, place, from, to).map(at => ({ event, at })))

/** What the caller may do with calendars, as far as these people and teams are concerned. */
export async function sightOf(ctx: Ctx, people: readonly string[], units: readonly string[]): Promise<Sight> {
  const me = ctx.user?.id ?? null
  const user = visible(ctx, ctx.entities.get('user'), 'u', 'busy'), ids = [...new Set(people)], unitIds = [...new Set(units)]
  const { rows: busy } = user && ids.length ? await sql<{ id: string }>`select u.id from "user" u where ${user} and u.id = any(${ids}::uuid[])`.execute(ctx.db) : { rows: [] }
  const shares = me ? await ctx.query<{ owner_id: string; access: string }>('select owner_id, access from calendar_share where tenant_id = $1 and person_id = $2', [ctx.tenant.id, me]) : []
  const inUnits = async (verb: string): Promise<Set<string>> => {
    const may = visible(ctx, ctx.entities.get('unit'), 'n', verb)
    return new Set(may && unitIds.length ? (await sql<{ id: string }>`select n.id from unit n where ${may} and n.id = any(${unitIds}::uuid[])`.execute(ctx.db)).rows.map(r => r.id) : [])
  }
  const own = ctx.user?.unitId ? await unitAndAbove(ctx, ctx.user.unitId) : []
  return {
    me, busy: new Set([...busy.map(r => r.id), ...(me ? [me] : [])]), reads: new Set(shares.map(s => s.owner_id)), writes: new Set(shares.filter(s => s.access === 'write').map(s => s.owner_id)),
    // what a team plans is for its people, and for those who may look at it
    teams: new Set([...await inUnits('agenda'), ...own]), plan: await inUnits('plan'),
  }
}
export const sightFor = (ctx: Ctx, rows: readonly EventRow[]): Promise<Sight> =>
  sightOf(ctx, rows.flatMap(e => [e.ownerId, ...e.people.map(p => p.id)]), rows.flatMap(e => e.unitId ? [e.unitId] : []))
