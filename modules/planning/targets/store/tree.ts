import { compareDecimal, fail, isWorkday, known, storeNew, sumDecimal, visible, type Ctx } from '@quancheng/kernel'
import { calendarOf } from '@quancheng/process'
import { sql } from 'kysely'
import { today } from '../../rules/day.ts'
import { addDays, spanOfPeriod } from '../../rules/period.ts'
import { lightOf, type Light, type Limits } from '../rules/light.ts'
import { doneOf } from './done.ts'

export const limitsOf = (ctx: Ctx): Promise<Limits> => known(ctx, 'target-rule', async () => {
  const [row] = await ctx.query<{ green: number; yellow: number }>('select green, yellow from target_rule where tenant_id = $1 order by id limit 1', [ctx.tenant.id])
  return { green: row?.green ?? 95, yellow: row?.yellow ?? 80 }
})
export async function firstTargetRule(ctx: Ctx): Promise<void> {
  if (!(await ctx.query('select 1 from target_rule where tenant_id = $1 limit 1', [ctx.tenant.id])).length) await storeNew(ctx, ctx.entities.get('targetRule'), { name: '全公司' })
}

/** Working days of a period gone by, today among them, in percent. */
export async function elapsedOf(ctx: Ctx, period: string): Promise<number> {
  const { from, to } = spanOfPeriod(period), cal = await calendarOf(ctx), now = today(ctx)
  let all = 0, gone = 0
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkday(cal, day)) { all++; if (day <= now) gone++ }
  return all ? Math.round(gone / all * 1000) / 10 : 0
}

export interface TargetRow { id: string; parentId: string | null; period: string; measure: string; unitId: string; unit: string; userId: string | null; person: string | null; productId: string | null; product: string | null; amount: string; done: string; percent: number; elapsed: number; light: Light; from: string; to: string; /** the sum of its parts minus itself, for each way in which it is divided; null: not divided so */ overPeriods: string | null; overPeople: string | null }
type Stored = Omit<TargetRow, 'done' | 'percent' | 'elapsed' | 'light' | 'overPeriods' | 'overPeople'>

/** The targets of a year that the caller sees, each with what is done and its light. */
export async function targetsOf(ctx: Ctx, year: number, measure: string | null): Promise<TargetRow[]> {
  const seen = visible(ctx, ctx.entities.get('target'), 't') ?? fail('FORBIDDEN', { permission: 'target:read' })
  const { rows } = await sql<Stored>`select t.id, t.parent_id as "parentId", t.period, t.measure, t.unit_id as "unitId", n.name as unit, t.user_id as "userId", u.name as person, t.product_id as "productId", p.name as product, t.amount::text as amount, t.starts_on::text as "from", t.ends_on::text as "to"
    from target t join unit n on n.tenant_id = t.tenant_id and n.id = t.unit_id left join "user" u on u.tenant_id = t.tenant_id and u.id = t.user_id left join product p on p.tenant_id = t.tenant_id and p.id = t.product_id
    where ${seen} and t.period like ${`${year}%`} ${measure ? sql`and t.measure = ${measure}` : sql``} order by t.starts_on, t.ends_on desc, u.name nulls first, n.name limit 2000`.execute(ctx.db)
  const done = await doneOf(ctx, rows), limits = await limitsOf(ctx), elapsed = new Map<string, number>()
  for (const period of new Set(rows.map(r => r.period))) elapsed.set(period, await elapsedOf(ctx, period))
  const parts = Map.groupBy(rows.filter(r => r.parentId), r => r.parentId!)
  // a whole may be divided over time and over people or units at once: each way by itself
  const over = (r: Stored, some: readonly Stored[]): string | null => (some.length ? sumDecimal([...some.map(p => p.amount), `-${r.amount}`]) : null)
  return rows.map(r => {
    const of = parts.get(r.id) ?? [], gone = elapsed.get(r.period)!, is = done.get(r.id) ?? '0'
    return { ...r, done: is, elapsed: gone, ...lightOf({ target: Number(r.amount), done: Number(is), elapsed: gone }, limits), overPeriods: over(r, of.filter(p => p.period !== r.period)), overPeople: over(r, of.filter(p => p.period === r.period)) }
  })
}
export const isOver = (difference: string | null): boolean => difference !== null && compareDecimal(difference, '0') > 0
