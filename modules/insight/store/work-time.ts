import { isWorkday, type Ctx } from '@quancheng/kernel'
import { calendarOf } from '@quancheng/process'
import { sql, type RawBuilder } from 'kysely'

const DAY = 86_400_000
const text = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/**
 * Business minutes in SQL, the same as `businessMinutesBetween`: for each day the number of workdays before it, in one array, so that a moment's worked
 * minutes are two look-ups and a few sums, whatever lies between. `cte` goes first into the statement; moments before `from` count as `from`.
 */
export async function workTime(ctx: Ctx, from: Date, to: Date): Promise<{ cte: RawBuilder<unknown>; minutes: (a: RawBuilder<unknown>, b: RawBuilder<unknown>) => RawBuilder<number> }> {
  const cal = await calendarOf(ctx)
  // a shift may run past midnight into the first day
  const first = Math.floor(from.getTime() / DAY) - 2, last = Math.floor(to.getTime() / DAY) + 3
  const before = [0]
  for (let day = first; day <= last; day++) before.push(before.at(-1)! + (isWorkday(cal, text(day)) ? 1 : 0))
  const full = cal.shifts.reduce((sum, s) => sum + s.end - s.start, 0)
  const night = cal.shifts.some(s => s.end > 1440)
  const clip = (m: RawBuilder<unknown>): RawBuilder<number> => sql<number>`(${sql.join(cal.shifts.map(s => sql`least(greatest(${m} - ${sql.lit(s.start)}, 0), ${sql.lit(s.end - s.start)})`), sql` + `)})`
  // the array is asked for once a statement: joined as a column, its 14 kB would be carried along with every step
  const w = (n: RawBuilder<unknown>): RawBuilder<number> => sql<number>`(select w from cal)[${n}]`
  // of the day's own workdays: w[n] are before it, w[n + 1] with it
  // `offset 0` keeps the local time from being worked out anew wherever it is named
  const worked = (at: RawBuilder<unknown>): RawBuilder<number> => sql<number>`(select ${night
    ? sql`${w(sql`x.n - 1`)} * ${sql.lit(full)} + (${w(sql`x.n`)} - ${w(sql`x.n - 1`)}) * ${clip(sql`(x.m + 1440)`)} + (${w(sql`x.n + 1`)} - ${w(sql`x.n`)}) * ${clip(sql`x.m`)}`
    : sql`${w(sql`x.n`)} * ${sql.lit(full)} + (${w(sql`x.n + 1`)} - ${w(sql`x.n`)}) * ${clip(sql`x.m`)}`}
    from (select floor(y.l / 86400)::int - ${sql.lit(first - 1)} as n, (y.l - floor(y.l / 86400) * 86400) / 60 as m from (select date_part('epoch', greatest(${at}, ${from}::timestamptz) at time zone ${cal.timeZone}) as l offset 0) y) x)`
  return { cte: sql`cal as materialized (select ${before}::int[] as w)`, minutes: (a, b) => sql<number>`(${worked(b)} - ${worked(a)})` }
}
