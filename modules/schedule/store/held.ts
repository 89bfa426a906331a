import type { Held, HeldQuery } from '@quancheng/dispatch'
import type { Ctx } from '@quancheng/kernel'
import { takes } from './busy.ts'
import { eventsBetween, expand, placeOf } from './events.ts'
import { whenText } from './tell.ts'

/** What events hold of the things that customers can book: a room itself, and a resource that stands for a person while that person has something on. */
export async function heldByEvents(ctx: Ctx, q: HeldQuery): Promise<Held[]> {
  const things = await ctx.query<{ id: string; name: string; person: string | null }>('select id, name, person_id as person from service_resource where tenant_id = $1 and id = any($2::uuid[])', [ctx.tenant.id, q.resourceIds])
  const people = things.flatMap(t => t.person ?? [])
  const found = expand(await eventsBetween(ctx, { resources: q.resourceIds, people }, q.from, q.to), await placeOf(ctx), q.from, q.to)
  // no titles: who looks at the slots of a station need not be somebody who may read the calendar
  return found.flatMap(({ event, at }) => things.filter(t => event.resourceId === t.id || (t.person && takes(event).includes(t.person)))
    .map(t => ({ resourceId: t.id, from: at.from, to: at.to, what: `${t.name} 有日程 ${whenText(ctx, at.from, event.allDay)} 到 ${whenText(ctx, at.to, event.allDay)}` })))
}
