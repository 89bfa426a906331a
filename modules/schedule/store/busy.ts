import { elevated, type Ctx } from '@quancheng/kernel'
import { levelOf } from '../rules/see.ts'
import { eventsBetween, expand, placeOf, sightFor, sightOf, type EventRow } from './events.ts'
import { busySources, type Busy } from './sources.ts'

export interface Taken { from: Date; to: Date; what: string; place: string | null }
export interface PersonTime { id: string; name: string; unitName: string | null; /** false: the caller may not see this person's time */ known: boolean; free: boolean; busy: Taken[] }

/** Whose time an event takes: a personal one its owner's, any the people's who were asked and have not declined. */
export const takes = (e: Pick<EventRow, 'ownerId' | 'unitId' | 'free' | 'people'>): string[] =>
  e.free ? [] : [...new Set([...(e.unitId ? [] : [e.ownerId]), ...e.people.filter(p => p.answer !== 'no').map(p => p.id)])]

/** What the other modules say of these people and things. */
export async function otherBusy(ctx: Ctx, q: { personIds: readonly string[]; resourceIds: readonly string[]; from: Date; to: Date }): Promise<Busy[]> {
  const sys = elevated(ctx, '忙闲'), all: Busy[] = []
  for (const source of busySources(ctx.runtime)) all.push(...await source.busy(sys, q))
  return all.filter(b => b.from < q.to && b.to > q.from)
}

/** 忙闲 of people between two moments: events, absences, bookings and whatever else is registered. Titles only where the caller may read them. `but`: an event that is being moved. */
export async function freeBusy(ctx: Ctx, ids: readonly string[], from: Date, to: Date, but: string | null = null): Promise<PersonTime[]> {
  const people = await ctx.query<{ id: string; name: string; unitName: string | null }>('select u.id, u.name, n.name as "unitName" from "user" u left join unit n on n.tenant_id = u.tenant_id and n.id = u.unit_id where u.tenant_id = $1 and u.id = any($2::uuid[]) order by u.name, u.id', [ctx.tenant.id, ids])
  const events = (await eventsBetween(ctx, { people: ids }, from, to)).filter(e => but === null || (e.id !== but && e.seriesId !== but)), sight = await sightFor(ctx, events)
  const mine = await sightOf(ctx, ids, []), known = (id: string): boolean => mine.busy.has(id) || mine.reads.has(id)
  const found = expand(events, await placeOf(ctx), from, to), others = await otherBusy(ctx, { personIds: ids, resourceIds: [], from, to })
  return people.map(p => {
    if (!known(p.id)) return { ...p, known: false, free: false, busy: [] }
    const own = found.filter(f => takes(f.event).includes(p.id)).map(({ event, at }) => {
      const level = levelOf(event, sight), open = level === 'write' || level === 'full'
      return { from: at.from, to: at.to, what: open ? event.title : '忙', place: open ? event.place ?? event.resourceName : null }
    })
    const busy = [...own, ...others.filter(b => b.personId === p.id).map(b => ({ from: b.from, to: b.to, what: b.what, place: b.place ?? null }))].toSorted((a, b) => a.from.getTime() - b.from.getTime())
    return { ...p, known: true, free: busy.length === 0, busy }
  })
}
