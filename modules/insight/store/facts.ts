import { all, dayOf, fail, requireInUnit, startOfDay, visible, type Condition, type Ctx } from '@quancheng/kernel'
import { costsOf } from '@quancheng/service'
import { sql, type RawBuilder } from 'kysely'
import { CUSTOMERS, DAYS, UNATTENDED, type Question } from '../rules/question.ts'
import { ratesOf } from './rates.ts'
import { workTime } from './work-time.ts'

const DAY = 86_400_000
/** A request older than this when it ended counts its labour from then on. */
const LONGEST = 1100 * DAY

export interface Facts {
  /** the days asked for, or those that count where none were */
  from: string; to: string
  /** `with r, s, q, f as (…)`: see `factsOf` */
  ctes: RawBuilder<unknown>
  /** whether anything costs anything: rates are there, or parts were used */
  rated: boolean
}

/**
 * The requests of a question as common table expressions, for one statement of whatever is asked of them:
 * `s` their finished steps (minutes on the step's own clock, labour in business minutes, its cost); `f` a row a request: its dimensions, the sum of its
 * steps' minutes (the customer's own left out), late, come back, labour, parts. All in the database: 100,000 requests are 600,000 steps.
 *
 * Labour: from the moment somebody took the step to its end, in business minutes, pauses taken out. Who repaired: who finished its last repair.
 */
export async function factsOf(ctx: Ctx, q: Question): Promise<Facts> {
  if (q.unitId) await requireInUnit(ctx, 'serviceRequest:rollup', q.unitId)
  const entity = ctx.entities.get('serviceRequest'), scope = visible(ctx, entity, 't', 'rollup'), read = visible(ctx, entity, 't', 'read')
  if (!scope || !read) return fail('FORBIDDEN', { permission: 'serviceRequest:rollup' })
  const zone = ctx.tenant.timeZone
  const day = (text: string, plus = 0): Date => startOfDay(new Date(Date.parse(`${text}T00:00:00Z`) + plus * DAY), zone)
  const to = q.to ?? dayOf(ctx.now(), zone).toISOString().slice(0, 10)
  const from = q.from ?? new Date(Date.parse(`${to}T00:00:00Z`) - (DAYS - 1) * DAY).toISOString().slice(0, 10)
  const start = day(from), end = day(to, 1)
  const at = sql.ref(q.basis === 'ended' ? 't.ended_at' : 't.started_at')
  const is = (column: string, id: string | undefined): Condition[] => (id === undefined ? [] : [id === 'none' ? sql<boolean>`${sql.ref(column)} is null` : sql<boolean>`${sql.ref(column)} = ${id}`])
  const month = sql<string>`to_char(${at} at time zone ${zone}, 'YYYY-MM')`
  const where = all([scope, read, sql<boolean>`${at} >= ${start}`, sql<boolean>`${at} < ${end}`,
    ...(q.unitId ? [sql<boolean>`t.unit_id in (select c.descendant_id from unit_closure c where c.tenant_id = ${ctx.tenant.id} and c.ancestor_id = ${q.unitId})`] : []),
    ...is('t.product_line_id', q.productLineId), ...is('t.fault_category_id', q.faultCategoryId), ...is('t.model', q.model), ...(q.month ? [sql<boolean>`${month} = ${q.month}`] : [])])
  const [time, rates, costs] = [await workTime(ctx, new Date(start.getTime() - LONGEST), new Date(Math.max(end.getTime(), ctx.now().getTime()))), await ratesOf(ctx), costsOf(ctx.runtime)]
  const paused = sql`(select coalesce(sum(greatest(0, ${time.minutes(sql`greatest((p->>'from')::timestamptz, s.started_at)`, sql`least(coalesce((p->>'to')::timestamptz, s.finished_at), s.finished_at)`)})), 0) from jsonb_array_elements(s.pauses) p where (p->>'from')::timestamptz < s.finished_at)`
  const column = (pick: (r: typeof rates[number]) => string | null): Array<string | null> => rates.map(pick)
  const ctes = sql`with ${time.cte},
    r as materialized (
      select t.id, t.number, t.unit_id, t.product_line_id, nullif(t.model, '') as model, t.fault_category_id, t.started_at, t.ended_at, t.stage, ${month} as month, i.id as instance_id,
        exists (select 1 from service_request b where b.tenant_id = t.tenant_id and b.repeat_of_id = t.id) as came_back
      from service_request t join process_instance i on i.tenant_id = t.tenant_id and i.record_id = t.id and i.entity = 'serviceRequest' and i.started_by is null where ${where}),
    rate as (select * from unnest(${column(x => x.post)}::text[], ${column(x => x.unitId)}::uuid[], ${column(x => x.hourly)}::numeric[], ${column(x => x.from)}::date[], ${column(x => x.to)}::date[]) as x(post, unit_id, hourly, f, t)),
    s0 as materialized (
      select r.id as request_id, s.node_id, s.name, s.role, s.unit_id, s.finished_by, s.finished_at, s.minutes, s.late,
        case when s.started_at is null or s.finished_by is null or s.node_id = any(${[...UNATTENDED]}::text[]) then 0
          else greatest(0, ${time.minutes(sql`s.started_at`, sql`s.finished_at`)} - case when s.pauses = '[]' then 0 else ${paused} end) end as labour
      from r join process_step s on s.tenant_id = ${ctx.tenant.id} and s.instance_id = r.instance_id and s.kind = 'user' and s.state = 'done'),
    s as (
      select s0.*, s0.labour / 60 * x.hourly::float8 as cost, x.hourly is null and s0.labour > 0 as unrated
      from s0 left join rate x on x.post = s0.role and x.unit_id = s0.unit_id and (s0.finished_at at time zone ${zone})::date >= x.f and (x.t is null or (s0.finished_at at time zone ${zone})::date < x.t)),
    q as materialized (
      select request_id, (sum(minutes) filter (where node_id <> all(${[...CUSTOMERS]}::text[])))::float8 as minutes, bool_or(coalesce(late, false)) as late, sum(labour) as labour, coalesce(sum(cost), 0) as labour_cost, sum(labour) filter (where unrated) as unrated,
        (array_agg(finished_by order by finished_at desc) filter (where node_id = 'repair'))[1] as person_id
      from s group by request_id),
    c as materialized (${costs.length ? sql`select x.request_id, sum(x.amount)::float8 as amount from (${sql.join(costs.map(k => k.rows(ctx)), sql` union all `)}) x join r on r.id = x.request_id group by 1` : sql`select null::uuid as request_id, 0::float8 as amount where false`}),
    f as materialized (
      select r.*, q.person_id, coalesce(q.minutes, 0) as minutes, coalesce(q.late, false) as late, coalesce(q.labour, 0) as labour, coalesce(q.labour_cost, 0) as labour_cost, coalesce(q.unrated, 0) as unrated, coalesce(c.amount, 0) as parts_cost
      from r left join q on q.request_id = r.id left join c on c.request_id = r.id${q.personId === undefined ? sql`` : q.personId === 'none' ? sql` where q.person_id is null` : sql` where q.person_id = ${q.personId}`})`
  return { from, to, ctes, rated: rates.length > 0 }
}
