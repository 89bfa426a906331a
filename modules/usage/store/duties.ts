import { isWorkday, type Ctx } from '@quancheng/kernel'
import { calendarOf } from '@quancheng/process'
import { addDays, mondayOf } from '../rules/days.ts'
import { judgeSignIns, type Duty } from '../rules/sign-ins.ts'
import { awayDays, has, signInDays, type Person } from './people.ts'
import { today } from './today.ts'

export interface Judged extends Duty { /** days signed in within the span */ days: number }

/** What each person owed and kept between two days. */
export async function dutiesOf(ctx: Ctx, people: readonly Person[], from: string, until: string): Promise<Map<string, Judged>> {
  // a week with travel is judged as a whole, whatever part of it the span takes in
  const ids = people.map(p => p.id), first = mondayOf(from), last = addDays(mondayOf(until), 6)
  const cal = await calendarOf(ctx), signed = await signInDays(ctx, ids, first, last), { leave, trips } = await awayDays(ctx, ids, first, last), now = today(ctx)
  return new Map(people.map(p => [p.id, {
    ...judgeSignIns({ from, until, today: now, since: p.since, isWorkday: d => isWorkday(cal, d), onLeave: d => has(leave, p.id, d), travels: d => has(trips, p.id, d), signedIn: d => has(signed, p.id, d) }),
    days: [...signed.get(p.id) ?? []].filter(d => d >= from && d <= until).length,
  }]))
}
