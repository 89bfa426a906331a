import { all, type Condition, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import type { Question } from '../rules/question.ts'
import { factsOf } from './facts.ts'

/** Which of the requests: those that went through a stage, were late (there, or anywhere), came back, took labour or parts; of a bar of the histogram. */
export interface RowQuestion extends Question { stage?: string | undefined; only?: 'late' | 'onTime' | 'cameBack' | 'labour' | 'parts' | 'unrated' | undefined; least?: number | undefined; below?: number | undefined; sort: 'minutes' | 'cost' | 'startedAt'; limit: number; offset: number }
export interface RowLine { id: string; number: string; station: string | null; line: string | null; model: string | null; fault: string | null; person: string | null; startedAt: Date; endedAt: Date | null; minutes: number; late: boolean; cameBack: boolean; labourMinutes: number; labourCost: string; partsCost: string; cost: string }

const ORDER = { minutes: sql`minutes desc nulls last`, cost: sql`cost desc`, startedAt: sql`started_at desc` }

/** The requests behind a figure of the analysis, and how many they are. `minutes` are those of the stage asked for, else of all. */
export async function rowsOf(ctx: Ctx, q: RowQuestion): Promise<{ total: number; items: RowLine[] }> {
  const { ctes } = await factsOf(ctx, q)
  const only: Record<NonNullable<RowQuestion['only']>, Condition> = {
    late: sql<boolean>`x.late`, onTime: sql<boolean>`not x.late`, cameBack: sql<boolean>`x.came_back`, labour: sql<boolean>`x.labour > 0`, parts: sql<boolean>`x.parts_cost > 0`, unrated: sql<boolean>`x.unrated > 0`,
  }
  const visit = all([sql<boolean>`s.node_id = ${q.stage ?? ''}`, ...(q.least === undefined ? [] : [sql<boolean>`s.minutes >= ${q.least}`]), ...(q.below === undefined ? [] : [sql<boolean>`s.minutes < ${q.below}`])])
  const { rows } = await sql<RowLine & { total: number }>`${ctes},
    x as materialized (${q.stage
      ? sql`select f.id, f.number, f.unit_id, f.product_line_id, f.model, f.fault_category_id, f.person_id, f.started_at, f.ended_at, f.came_back, f.labour, f.labour_cost, f.parts_cost, f.unrated, y.minutes, y.late from f join (select request_id, sum(minutes)::float8 as minutes, bool_or(coalesce(late, false)) as late from s where ${visit} group by request_id) y on y.request_id = f.id`
      : sql`select f.id, f.number, f.unit_id, f.product_line_id, f.model, f.fault_category_id, f.person_id, f.started_at, f.ended_at, f.came_back, f.labour, f.labour_cost, f.parts_cost, f.unrated, f.minutes, f.late from f`}),
    shown as (select x.*, x.labour_cost + x.parts_cost as cost, count(*) over ()::int as total from x where ${q.only ? only[q.only] : sql`true`} order by ${ORDER[q.sort]}, id desc limit ${q.limit} offset ${q.offset})
    select x.id, x.number, u.name as station, p.name as line, x.model, c.name as fault, w.name as person, x.started_at as "startedAt", x.ended_at as "endedAt", round(x.minutes::numeric, 2)::float8 as minutes, x.late, x.came_back as "cameBack",
      round(x.labour::numeric, 2)::float8 as "labourMinutes", round(x.labour_cost::numeric, 2)::text as "labourCost", round(x.parts_cost::numeric, 2)::text as "partsCost", round(x.cost::numeric, 2)::text as cost, x.total
    from shown x left join unit u on u.tenant_id = ${ctx.tenant.id} and u.id = x.unit_id left join product_line p on p.tenant_id = ${ctx.tenant.id} and p.id = x.product_line_id
      left join fault_category c on c.tenant_id = ${ctx.tenant.id} and c.id = x.fault_category_id left join "user" w on w.tenant_id = ${ctx.tenant.id} and w.id = x.person_id
    order by ${ORDER[q.sort]}, id desc`.execute(ctx.db)
  return { total: rows[0]?.total ?? 0, items: rows.map(({ total: _, ...row }) => row) }
}
