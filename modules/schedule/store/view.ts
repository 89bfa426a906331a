import { fail, read, visible, unitAndAbove, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { dayNo, dayText } from '../rules/days.ts'
import { occurrencesIn, occurrenceOn, ruleOf, wallDay } from '../rules/occurrences.ts'
import { ruleText } from '../rules/rrule.ts'
import { levelOf, progress, type Level } from '../rules/see.ts'
import { otherBusy, takes } from './busy.ts'
import { eventById, eventsBetween, expand, placeOf, sightFor, sightOf, type EventRow } from './events.ts'
import { agendaSources } from './sources.ts'

/** One block of a calendar. `id` null: it is another module's, or only known to be busy. Instants. */
export interface Item {
  key: string; id: string | null; day: string; from: Date; to: Date; allDay: boolean; free: boolean; title: string; kind: string; place: string | null; level: Exclude<Level, 'none'>; who: string | null; unitName: string | null
  answer: string | null; repeats: boolean; source: string | null; href: string | null; done: boolean
}
export const MOST_DAYS = 100
const MEMBERS = 200

function itemOf(ctx: Ctx, e: EventRow, at: { day: string; from: Date; to: Date }, level: Level, who: string | null): Item | null {
  if (level === 'none') return null
  const open = level !== 'busy', mine = e.people.find(p => p.id === ctx.user?.id)
  return {
    key: `${e.id}/${at.day}`, id: open ? e.id : null, day: at.day, from: at.from, to: at.to, allDay: e.allDay, free: e.free, title: open ? e.title : '忙', kind: open ? e.kind : 'busy', place: open ? e.place ?? e.resourceName : null, level, who,
    unitName: open ? e.unitName : null, answer: mine?.answer ?? null, repeats: open && e.rule !== null, source: null, href: null, done: false,
  }
}

async function agenda(ctx: Ctx, personIds: readonly string[], from: Date, to: Date): Promise<Item[]> {
  const all: Item[] = []
  for (const source of agendaSources(ctx.runtime)) for (const i of await source.items(ctx, { personIds, from, to })) {
    all.push({ key: `${source.name}/${i.id}`, id: null, day: wallDay(i.from, ctx.tenant.timeZone), from: i.from, to: i.to ?? new Date(i.from.getTime() + 1_800_000), allDay: i.allDay ?? false, free: true, title: i.title, kind: 'agenda', place: null, level: 'full', who: null, unitName: null, answer: null, repeats: false, source: source.label[0], href: i.href, done: i.done ?? false })
  }
  return all
}

/** 放假 and 调休 between two days, by day. */
export async function daysOff(ctx: Ctx, from: Date, to: Date): Promise<Record<string, 'off' | 'work'>> {
  const calendar = await ctx.runtime.calendar?.(ctx), days: Record<string, 'off' | 'work'> = {}
  for (let no = dayNo(wallDay(from, ctx.tenant.timeZone)); no <= dayNo(wallDay(to, ctx.tenant.timeZone)); no++) { const kind = calendar?.days.get(no); if (kind) days[dayText(no)] = kind }
  return days
}

export type View = 'mine' | 'person' | 'team' | 'resource'
export interface Asked { view: View; id: string | null; from: Date; to: Date }
type Shown = { title: string; items: Item[] }

const shown = async (ctx: Ctx, rows: readonly EventRow[], q: Asked, who: (e: EventRow) => string | null): Promise<Item[]> => {
  const sight = await sightFor(ctx, rows)
  return expand(rows, await placeOf(ctx), q.from, q.to).map(({ event, at }) => itemOf(ctx, event, at, levelOf(event, sight), who(event))).filter(i => i !== null)
}

/** 我的: what is mine, what I was asked to, what my team and those above it plan, and what other modules put there. */
async function mine(ctx: Ctx, q: Asked): Promise<Shown> {
  const me = ctx.user!, units = me.unitId ? [...await unitAndAbove(ctx, me.unitId)] : []
  return { title: me.name, items: [...await shown(ctx, await eventsBetween(ctx, { people: [me.id], units }, q.from, q.to), q, () => null), ...await agenda(ctx, [me.id], q.from, q.to)] }
}

async function person(ctx: Ctx, q: Asked): Promise<Shown> {
  const id = q.id ?? fail('CALENDAR_NOT_SHARED'), sight = await sightOf(ctx, [id], [])
  if (!sight.busy.has(id) && !sight.reads.has(id)) fail('CALENDAR_NOT_SHARED')
  const [p] = await ctx.query<{ name: string }>('select name from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  const rows = (await eventsBetween(ctx, { people: [id] }, q.from, q.to)).filter(e => e.ownerId === id || takes(e).includes(id))
  return { title: p?.name ?? '', items: [...await shown(ctx, rows, q, () => null), ...await others(ctx, q, { personIds: [id], resourceIds: [] }), ...await agenda(ctx, [id], q.from, q.to)] }
}

/** What other modules hold people and things for: 忙 with a word of why. */
async function others(ctx: Ctx, q: Asked, of: { personIds: readonly string[]; resourceIds: readonly string[] }, names: ReadonlyMap<string, string> = new Map()): Promise<Item[]> {
  return (await otherBusy(ctx, { ...of, from: q.from, to: q.to })).map((b, n) => ({
    key: `busy/${n}/${b.from.getTime()}`, id: null, day: wallDay(b.from, ctx.tenant.timeZone), from: b.from, to: b.to, allDay: b.to.getTime() - b.from.getTime() >= 86_400_000, free: false, title: b.what, kind: 'busy', place: b.place ?? null, level: 'busy' as const,
    who: names.get(b.personId ?? '') ?? names.get(b.resourceId ?? '') ?? null, unitName: null, answer: null, repeats: false, source: null, href: null, done: false,
  }))
}

/** People of a unit whose time the caller may see. */
export async function membersOf(ctx: Ctx, unitId: string): Promise<Array<{ id: string; name: string }>> {
  const may = visible(ctx, ctx.entities.get('user'), 'u', 'busy')
  return may ? (await sql<{ id: string; name: string }>`select u.id, u.name from "user" u where ${may} and u.unit_id = ${unitId} and not coalesce(u.off, false) order by u.name, u.id limit ${sql.lit(MEMBERS)}`.execute(ctx.db)).rows : []
}

async function team(ctx: Ctx, q: Asked): Promise<Shown> {
  const unitId = q.id ?? ctx.user?.unitId ?? fail('CALENDAR_NOT_SHARED'), sight = await sightOf(ctx, [], [unitId])
  if (!sight.teams.has(unitId)) fail('CALENDAR_NOT_SHARED')
  const [unit] = await ctx.query<{ name: string }>('select name from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, unitId]), members = await membersOf(ctx, unitId), names = new Map(members.map(m => [m.id, m.name]))
  const rows = await eventsBetween(ctx, { people: members.map(m => m.id), units: [unitId] }, q.from, q.to)
  const who = (e: EventRow): string | null => (e.unitId === unitId ? null : takes(e).map(id => names.get(id)).filter(n => n !== undefined).join('、') || e.ownerName)
  return { title: unit?.name ?? '', items: [...await shown(ctx, rows, q, who), ...await others(ctx, q, { personIds: members.map(m => m.id), resourceIds: [] }, names)] }
}

/** Resources that the caller may book, with the unit that they stand at. */
export async function resourcesSeen(ctx: Ctx): Promise<Array<{ id: string; name: string; kind: string; unitName: string | null }>> {
  const may = visible(ctx, ctx.entities.get('serviceResource'), 'r')
  return may ? (await sql<{ id: string; name: string; kind: string; unitName: string | null }>`select r.id, r.name, r.kind, n.name as "unitName" from service_resource r left join unit n on n.tenant_id = r.tenant_id and n.id = r.unit_id
    where ${may} and not coalesce(r.off, false) and r.kind <> 'person' order by (r.unit_id is not distinct from ${ctx.user?.unitId ?? null}::uuid) desc, (r.kind = 'room') desc, n.code, r.name limit 300`.execute(ctx.db)).rows : []
}

async function resource(ctx: Ctx, q: Asked): Promise<Shown> {
  const all = await resourcesSeen(ctx), chosen = q.id ? all.filter(r => r.id === q.id) : all
  if (q.id && !chosen.length) fail('CALENDAR_NOT_SHARED')
  const names = new Map(chosen.map(r => [r.id, r.name])), ids = [...names.keys()], rows = await eventsBetween(ctx, { resources: ids }, q.from, q.to), sight = await sightFor(ctx, rows)
  // whoever may book a thing sees when it is taken
  const items = expand(rows, await placeOf(ctx), q.from, q.to).map(({ event, at }) => { const level = levelOf(event, sight); return itemOf(ctx, event, at, level === 'none' ? 'busy' : level, q.id ? event.ownerName : names.get(event.resourceId ?? '') ?? null) }).filter(i => i !== null)
  return { title: q.id ? chosen[0]!.name : '资源', items: [...items, ...await others(ctx, q, { personIds: [], resourceIds: ids }, q.id ? new Map() : names)] }
}

const VIEWS: Record<View, (ctx: Ctx, q: Asked) => Promise<Shown>> = { mine, person, team, resource }

/** A calendar between two moments. */
export async function schedulePage(ctx: Ctx, q: Asked): Promise<Shown & { days: Record<string, 'off' | 'work'>; now: Date }> {
  if (q.to <= q.from || q.to.getTime() - q.from.getTime() > MOST_DAYS * 86_400_000) fail('CALENDAR_SPAN', { days: MOST_DAYS })
  const view = await VIEWS[q.view](ctx, q)
  return { ...view, items: view.items.toSorted((a, b) => a.from.getTime() - b.from.getTime() || a.key.localeCompare(b.key)), days: await daysOff(ctx, q.from, q.to), now: ctx.now() }
}

export interface TaskOf { id: string; title: string; ownerName: string | null; stage: string; dueAt: Date | null }
/** Work that belongs to an event: ordinary to-dos that name it, done where all work is done. */
export const tasksOf = (ctx: Ctx, id: string): Promise<TaskOf[]> => ctx.query<TaskOf & Record<string, unknown>>(
  `select t.id, t.title, u.name as "ownerName", t.stage, t.due_at as "dueAt" from todo t left join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id where t.tenant_id = $1 and t.entity = 'calendarEvent' and t.about_id = $2 order by t.created_at, t.id`, [ctx.tenant.id, id])

/** One event as whom may read it sees it, at one of its times. */
export async function eventPage(ctx: Ctx, id: string, day: string | null): Promise<Record<string, unknown>> {
  const e = await eventById(ctx, id) ?? fail('EVENT_UNKNOWN'), level = levelOf(e, await sightFor(ctx, [e]))
  if (level === 'none' || level === 'busy') return fail('EVENT_UNKNOWN')
  const rule = ruleOf(e), at = rule && day ? occurrenceOn(e, day, ctx.tenant.timeZone) : { day: wallDay(e.startsAt, ctx.tenant.timeZone), from: e.startsAt, to: e.endsAt }
  if (rule && day && !occurrencesIn(e, await placeOf(ctx), at.from, at.to).some(o => o.day === day)) fail('EVENT_DAY', { day })
  const tasks = await tasksOf(ctx, id), about = e.entity ? ctx.entities.find(e.entity) : undefined
  const open = about && e.recordId ? await read(ctx, about, e.recordId, ['id']).then(() => true, () => false) : false
  return { ...e, startsAt: at.from, endsAt: at.to, day: at.day, level, ruleText: rule && ruleText(rule), tasks, done: progress(tasks), aboutHref: open ? `/e/${about!.plural}/${e.recordId}` : null, mine: e.people.find(p => p.id === ctx.user?.id)?.answer ?? null }
}

