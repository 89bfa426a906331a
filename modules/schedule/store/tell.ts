import { elevated, hereOf, isElsewhere, schedule, unschedule, type Ctx } from '@quancheng/kernel'
import { raiseAlarm } from '@quancheng/process'
import { nextAfter, occurrencesIn, wallOf } from '../rules/occurrences.ts'
import { eventById, placeOf, type EventRow } from './events.ts'

export const JOB_REMIND = 'schedule.remind'
const MINUTE = 60_000

/** 11-23 09:00, or the day alone. */
export function whenText(ctx: Ctx, at: Date, allDay: boolean): string {
  const wall = new Date(wallOf(at, ctx.tenant.timeZone)).toISOString()
  return allDay ? wall.slice(5, 10) : `${wall.slice(5, 10)} ${wall.slice(11, 16)}`
}

/** One notice to each, under a key of their own: the next one about the same event takes its place. In the order of their ids, so that two acts never wait for each other. */
export async function tellPeople(ctx: Ctx, e: Pick<EventRow, 'id'>, kind: 'event' | 'remind', ids: readonly string[], title: string): Promise<void> {
  const people = ids.length ? await ctx.query<{ id: string; unit_id: string | null }>('select id, unit_id from "user" where tenant_id = $1 and id = any($2::uuid[]) and not coalesce(off, false) order by id', [ctx.tenant.id, ids]) : []
  for (const p of people) {
    // to a station with a machine of its own it travels as that station's
    const unitId = !hereOf(ctx.runtime) && (await isElsewhere(ctx, p.unit_id)) ? p.unit_id : null
    await raiseAlarm(elevated(ctx, '日程'), { kind: 'notice', title: title.slice(0, 200), entity: 'calendarEvent', recordId: e.id, stepKey: `${kind}/${e.id}/${p.id.slice(-12)}`, stage: null, unitId, ownerId: p.id, recipientIds: [p.id] })
  }
}

/** Puts the next reminder on the list, or takes it off: it moves when its event moves, and goes when that goes. `after`: the time that was reminded of. */
export async function scheduleReminder(ctx: Ctx, e: EventRow, after: Date | null = null): Promise<void> {
  const minutes = e.reminderMinutes
  if (minutes === null) return unschedule(ctx, [JOB_REMIND], [e.id])
  const from = Math.max(ctx.now().getTime() + minutes * MINUTE, after?.getTime() ?? 0)
  const next = nextAfter(e, await placeOf(ctx), new Date(from))
  if (!next) return unschedule(ctx, [JOB_REMIND], [e.id])
  await schedule(ctx, { kind: JOB_REMIND, key: e.id, dueAt: new Date(next.from.getTime() - minutes * MINUTE), payload: { id: e.id, at: next.from.toISOString() } })
}

/** 到点提醒: its owner and who has not declined, in the bell; then the next time. A holiday that was entered meanwhile is not reminded of. */
export async function remindJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const e = await eventById(ctx, String(payload.id)), at = new Date(String(payload.at))
  if (!e) return
  const still = occurrencesIn(e, await placeOf(ctx), at, new Date(at.getTime() + 1)).some(o => o.from.getTime() === at.getTime())
  if (still && e.reminderMinutes !== null) {
    const place = e.place ?? e.resourceName
    await tellPeople(ctx, e, 'remind', [...(e.unitId && e.people.length ? [] : [e.ownerId]), ...e.people.filter(p => p.answer !== 'no').map(p => p.id)], `提醒：${e.title}，${whenText(ctx, at, e.allDay)} 开始${place ? `，${place}` : ''}`)
  }
  await scheduleReminder(ctx, e, at)
}
