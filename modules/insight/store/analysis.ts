import type { Ctx } from '@quancheng/kernel'
import { sql, type RawBuilder } from 'kysely'
import { CUSTOMERS, type Dimension, type Question } from '../rules/question.ts'
import { figuresOf, type Figures, type Sums } from '../rules/figures.ts'
import { factsOf } from './facts.ts'

/** A stage's visits: minutes on its own clock, pauses out. `share`: of all minutes of the stages where somebody is to do something, 0…1; null where the time is the customer's. */
export interface StageTimes { nodeId: string; name: string; visits: number; requests: number; p50: number; p80: number; p95: number; mean: number; sum: number; share: number | null; late: number; histogram: number[] }
export interface Group extends Figures { key: string | null; name: string | null; stage: { p50: number; p80: number; visits: number } | null; longest: string | null }

/** Borders of the histogram, minutes; the last bar is everything longer. */
export const BORDERS = [5, 15, 30, 60, 120, 240, 480, 960, 2880] as const

interface Answer { stages: Array<Omit<StageTimes, 'share'>> | null; groups: Array<Sums & { key: string | null; name: string | null; stage: Group['stage']; longest: string | null }> | null; total: Sums }

/** The column of a dimension, and the table that names its values. */
const COLUMN: Record<Dimension, RawBuilder<unknown>> = { station: sql`f.unit_id`, product: sql`f.product_line_id`, model: sql`f.model`, person: sql`f.person_id`, fault: sql`f.fault_category_id`, month: sql`f.month` }
const TABLE: Partial<Record<Dimension, string>> = { station: 'unit', product: 'product_line', person: 'user', fault: 'fault_category' }

const SUMS = sql`count(*)::int as requests, sum(f.minutes) as minutes, percentile_cont(0.5) within group (order by f.minutes) as p50, percentile_cont(0.8) within group (order by f.minutes) as p80, (count(*) filter (where not f.late))::int as "onTime",
  (count(*) filter (where f.came_back))::int as "cameBack", sum(f.labour) as labour, sum(f.labour_cost) as "labourCost", sum(f.parts_cost) as "partsCost", sum(f.unrated) as unrated`

/**
 * Where the time goes, what it costs and how well it is kept, of the requests of a question: stage by stage, and split by one dimension. `stage` picks
 * the stage whose times stand beside each group; without it that of the bottleneck.
 */
export async function analyse(ctx: Ctx, q: Question & { by: Dimension; stage?: string | undefined }) {
  const { ctes, from, to, rated } = await factsOf(ctx, q)
  const key = COLUMN[q.by], table = TABLE[q.by]
  const name = table ? sql`(select n.name from ${sql.table(table)} n where n.tenant_id = ${ctx.tenant.id} and n.id = g.key)` : sql`g.key`
  const { rows: [found] } = await sql<Answer>`${ctes},
    v as materialized (select s.*, ${key} as key from s join f on f.id = s.request_id where s.minutes is not null),
    st as materialized (
      select node_id as "nodeId", (array_agg(name order by finished_at desc))[1] as name, count(*)::int as visits, count(distinct request_id)::int as requests, percentile_cont(0.5) within group (order by minutes) as p50, percentile_cont(0.8) within group (order by minutes) as p80,
        percentile_cont(0.95) within group (order by minutes) as p95, avg(minutes)::float8 as mean, sum(minutes)::float8 as sum, (count(*) filter (where late))::int as late,
        array[${sql.join([0, ...BORDERS].map((low, i) => sql`(count(*) filter (where minutes >= ${sql.lit(low)}${BORDERS[i] === undefined ? sql`` : sql` and minutes < ${sql.lit(BORDERS[i])}`}))::int`))}] as histogram
      from v group by node_id),
    chosen as (select coalesce(${q.stage ?? null}::text, (select "nodeId" from st where "nodeId" <> all(${[...CUSTOMERS]}::text[]) order by sum desc, "nodeId" limit 1)) as id),
    gs as (select v.key, percentile_cont(0.5) within group (order by minutes) as p50, percentile_cont(0.8) within group (order by minutes) as p80, count(*)::int as visits from v, chosen where v.node_id = chosen.id group by v.key),
    gl as (select distinct on (key) key, name from (select key, (array_agg(name))[1] as name, node_id, sum(minutes) as sum from v where node_id <> all(${[...CUSTOMERS]}::text[]) group by key, node_id) x order by key, sum desc),
    g as (select ${key} as key, ${SUMS} from f group by ${key})
    select (select jsonb_agg(st order by sum desc, "nodeId") from st) as stages, (select to_jsonb(x) from (select ${SUMS} from f) x) as total,
      (select jsonb_agg(to_jsonb(g) || jsonb_build_object('name', ${name}, 'longest', gl.name, 'stage', case when gs.visits is null then null else jsonb_build_object('p50', gs.p50, 'p80', gs.p80, 'visits', gs.visits) end) order by g.minutes desc nulls last, g.key)
       from g left join gs on gs.key is not distinct from g.key left join gl on gl.key is not distinct from g.key) as groups`.execute(ctx.db)
  const { stages, groups, total } = found!
  const ours = (s: { nodeId: string }): boolean => !(CUSTOMERS as readonly string[]).includes(s.nodeId)
  const all = (stages ?? []).filter(ours).reduce((sum, s) => sum + s.sum, 0)
  const times = (stages ?? []).map((s): StageTimes => ({ ...s, share: ours(s) ? (all > 0 ? s.sum / all : 0) : null }))
  const bottleneck = times.find(ours) ?? null
  return {
    from, to, basis: q.basis, by: q.by, borders: [...BORDERS], rated, stage: q.stage ?? bottleneck?.nodeId ?? null,
    bottleneck: bottleneck && { nodeId: bottleneck.nodeId, name: bottleneck.name, share: bottleneck.share },
    total: figuresOf(total), stages: times,
    groups: (groups ?? []).map(({ key: k, name: n, stage, longest, ...sums }): Group => ({ key: k, name: n, stage, longest, ...figuresOf(sums) })),
  }
}
