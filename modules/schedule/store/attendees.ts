import { elevated, fail, remove, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import type { AnswerKind } from '../entities/event-attendee.ts'
import { eventById, type EventRow } from './events.ts'
import { tellPeople, whenText } from './tell.ts'

/** The people of a form with the answers that they have given already. */
export const answersOf = (e: Pick<EventRow, 'people'>, ids: readonly string[]): Array<{ id: string; answer: string }> => ids.map(id => ({ id, answer: e.people.find(p => p.id === id)?.answer ?? 'waiting' }))

/** Makes these the people of an event: who was asked just now, and who was taken off. Everybody in the company may be asked. */
export async function setAttendees(ctx: Ctx, eventId: string, people: ReadonlyArray<{ id: string; answer: string }>): Promise<{ asked: string[]; gone: string[] }> {
  const entity = ctx.entities.get('eventAttendee'), sys = elevated(ctx, '日程'), wanted = new Map(people.map(p => [p.id, p.answer]))
  const there = await ctx.query<{ id: string; person_id: string }>('select id, person_id from event_attendee where tenant_id = $1 and event_id = $2', [ctx.tenant.id, eventId])
  const fresh = [...wanted.keys()].filter(id => !there.some(t => t.person_id === id)), gone = there.filter(t => !wanted.has(t.person_id))
  const known = fresh.length ? await ctx.query<{ id: string }>('select id from "user" where tenant_id = $1 and id = any($2::uuid[]) and not coalesce(off, false)', [ctx.tenant.id, fresh]) : []
  if (known.length < fresh.length) fail('INVALID', { summary: '参加人里有人不存在或已停用', fields: [{ field: 'attendeeIds', code: 'REF', message: '参加人里有人不存在或已停用' }] })
  for (const personId of fresh) await storeNew(sys, entity, { eventId, personId, answer: wanted.get(personId)! })
  for (const g of gone) await remove(sys, entity, g.id)
  return { asked: fresh, gone: gone.map(g => g.person_id) }
}

/** 接受 · 待定 · 拒绝, by who was asked. The organiser hears of a refusal. */
export async function answerEvent(ctx: Ctx, id: string, answer: AnswerKind): Promise<void> {
  const e = await eventById(ctx, id) ?? fail('EVENT_UNKNOWN'), me = ctx.user!
  const [mine] = await ctx.query<{ id: string; answer: string }>('select id, answer from event_attendee where tenant_id = $1 and event_id = $2 and person_id = $3', [ctx.tenant.id, id, me.id])
  if (!mine) return fail('EVENT_NOT_ASKED')
  await storeChange(elevated(ctx, '答复'), ctx.entities.get('eventAttendee'), mine.id, { answer, answeredAt: ctx.now() })
  if (answer === 'no' && mine.answer !== 'no' && e.ownerId !== me.id) await tellPeople(ctx, e, 'event', [e.ownerId], `${me.name} 不参加：${e.title}，${whenText(ctx, e.startsAt, e.allDay)}`)
}
