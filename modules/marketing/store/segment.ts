import { all, any, compileFilter, fail, visible, type Condition, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { RFM_GROUPS, RFM_HIGH, type RfmGroup } from '../rules/rfm.ts'
import type { BehaviourTerm } from '../rules/rule.ts'
import { behavioursOf, column, rowsOf, type Behaviour } from './behaviours.ts'

const MAX_TERMS = 40, MAX_DEPTH = 5

const wrong = (reason: string): never => fail('SEGMENT_RULE', { reason })

/** A rule → one condition on customers, within what the caller may read of customers and of each behaviour. Nothing unknown is ignored. */
export function compileRule(ctx: Ctx, rule: unknown, t = 't'): Condition {
  const customer = ctx.entities.get('customer')
  const seen = visible(ctx, customer, t) ?? fail('FORBIDDEN', { permission: 'customer:read' })
  const known = new Map(behavioursOf(ctx).map(b => [b.name, b]))
  let terms = 0
  const walk = (node: unknown, depth: number): Condition => {
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return wrong('应为对象')
    if (depth > MAX_DEPTH || ++terms > MAX_TERMS) return wrong('条件太多')
    const n = node as Record<string, unknown>
    const many = (key: 'all' | 'any'): Condition[] => (Array.isArray(n[key]) ? (n[key] as unknown[]).map(x => walk(x, depth + 1)) : wrong(`“${key}”应为列表`))
    if ('all' in n) return all(many('all'))
    if ('any' in n) return any(many('any'))
    if ('not' in n) return sql<boolean>`not coalesce(${walk(n.not, depth + 1)}, false)`
    if ('field' in n) return compileFilter(ctx, customer, t, n.field)
    if ('rfm' in n) return minedIn(ctx, t, n.rfm)
    if ('behaviour' in n) return behaved(ctx, known.get(String(n.behaviour)) ?? wrong(`没有行为“${String(n.behaviour)}”`), n as unknown as BehaviourTerm, t)
    return wrong('没有认出条件')
  }
  return sql<boolean>`${seen} and ${column(t, 'merged_into_id')} is null and ${walk(rule ?? { all: [] }, 0)}`
}

const whole = (value: unknown, name: string, least: number, most: number): number => (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : wrong(`“${name}”应为 ${least} 到 ${most} 的整数`))
const amount = (value: unknown, name: string): number => (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : wrong(`“${name}”应为不小于 0 的数`))

function behaved(ctx: Ctx, b: Behaviour, term: BehaviourTerm, t: string): Condition {
  if (term.gte === undefined && term.lte === undefined) wrong(`“${b.label[0]}”没有写多少`)
  if (typeof term.gte === 'number' && typeof term.lte === 'number' && term.gte > term.lte) wrong(`“${b.label[0]}”的“不多于”比“不少于”还小`)
  const at = sql`${column('b', b.at)}`, zone = ctx.tenant.timeZone
  const local = sql`(case when pg_typeof(${at}) = 'date'::regtype then (${at})::timestamp else (${at})::timestamptz at time zone ${zone} end)`
  const parts: Condition[] = [rowsOf(ctx, b, 'b'), sql<boolean>`${column('b', 'customer_id')} = ${column(t, 'id')}`]
  // an entity's own date or time: the day in the company's zone, both ends with it
  if (term.days !== undefined) parts.push(sql<boolean>`${at} > ${new Date(ctx.now().getTime() - whole(term.days, '天数', 1, 3660) * 86_400_000)}`)
  if (term.months?.length) parts.push(sql<boolean>`extract(month from ${local})::int = any(${term.months.map(m => whole(m, '月份', 1, 12))}::int[])`)
  if (term.text) parts.push(b.text ? sql<boolean>`${column('b', b.text)} ilike ${`%${String(term.text).slice(0, 60).replace(/[\\%_]/g, c => `\\${c}`)}%`}` : wrong(`“${b.label[0]}”没有名称可查`))
  const value = term.perYear ? sql`count(distinct extract(year from ${local}))` : b.measure === 'count' ? sql`count(*)` : b.measure === 'sum' ? sql`coalesce(sum(${column('b', b.amount!)}), 0)` : sql`extract(day from ${ctx.now()}::timestamptz - max(${at})::timestamptz)`
  const measured = sql`(select ${value} from ${sql.table(ctx.entities.get(b.entity).table)} as b where ${all(parts)})`
  return all([...(term.gte === undefined ? [] : [sql<boolean>`${measured} >= ${amount(term.gte, '不少于')}`]), ...(term.lte === undefined ? [] : [sql<boolean>`${measured} <= ${amount(term.lte, '不多于')}`])])
}

/** Fifths of recency, frequency and money over the caller's orders; who never ordered is in no group. */
function minedIn(ctx: Ctx, t: string, groups: unknown): Condition {
  const b = behavioursOf(ctx).find(x => x.name === 'orders') ?? wrong('看不到订单，不能按价值分组')
  if (!Array.isArray(groups) || !groups.length || groups.some(g => !(String(g) in RFM_GROUPS))) return wrong('没有这样的价值分组')
  const letter = (n: string) => sql`case when ${sql.ref(n)} >= ${sql.lit(RFM_HIGH)} then 'H' else 'L' end`
  return sql<boolean>`${column(t, 'id')} in (select x.customer_id from (${rfmScores(ctx, b)}) x where ${letter('x.r')} || ${letter('x.f')} || ${letter('x.m')} = any(${groups as RfmGroup[]}))`
}

const rfmScores = (ctx: Ctx, b: Behaviour) => sql`select customer_id, ntile(5) over (order by max(ordered_on), customer_id) as r, ntile(5) over (order by count(*), customer_id) as f, ntile(5) over (order by sum(amount), customer_id) as m from sales_order as b where ${rowsOf(ctx, b, 'b')} group by customer_id`

/** How many customers are in each mined group now. */
export async function minedGroups(ctx: Ctx): Promise<Array<{ key: RfmGroup; label: string; count: number }>> {
  const b = behavioursOf(ctx).find(x => x.name === 'orders')
  if (!b) return []
  const { rows } = await sql<{ key: RfmGroup; n: number }>`select case when r >= ${sql.lit(RFM_HIGH)} then 'H' else 'L' end || case when f >= ${sql.lit(RFM_HIGH)} then 'H' else 'L' end || case when m >= ${sql.lit(RFM_HIGH)} then 'H' else 'L' end as key, count(*)::int as n from (${rfmScores(ctx, b)}) x group by 1`.execute(ctx.db)
  return (Object.keys(RFM_GROUPS) as RfmGroup[]).map(key => ({ key, label: RFM_GROUPS[key], count: rows.find(r => r.key === key)?.n ?? 0 }))
}

export async function countOf(ctx: Ctx, rule: unknown): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from customer as t where ${compileRule(ctx, rule)}`.execute(ctx.db)
  return rows[0]!.n
}

export interface SegmentRow { id: string; name: string; city: string | null; tier: string | null; unit: string | null }
export const rowsIn = async (ctx: Ctx, rule: unknown, limit: number): Promise<SegmentRow[]> => (await sql<SegmentRow>`
  select t.id, t.name, t.city, t.tier, u.name as unit from customer as t left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id where ${compileRule(ctx, rule)} order by t.id desc limit ${limit}`.execute(ctx.db)).rows
