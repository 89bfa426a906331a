import { fail, visible, yuanOf, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { instantsOf, today } from '../../rules/day.ts'
import { shiftPeriod, spanOfPeriod, type Span } from '../../rules/period.ts'
import { accuracy, fourWeeksBefore, planFor, type Planned } from '../rules/forecast.ts'

export type By = 'person' | 'unit' | 'product' | 'month'
export interface Sums { won: string; committed: string; best: string; weighted: string; quantity: string; deals: number }
export interface ForecastRow extends Sums { key: string | null; label: string | null; forecast: string; plan: string | null; gap: string | null }

const seenDeals = (ctx: Ctx) => visible(ctx, ctx.entities.get('opportunity'), 't') ?? fail('FORBIDDEN', { permission: 'opportunity:read' })
const plus = (a: string, b: string): string => yuanOf(BigInt(Math.round(Number(a) * 100)) + BigInt(Math.round(Number(b) * 100)))

/** Open deals that are to close in a span and what was won in it, as far as the caller sees deals. 承诺 is a chance of 80 % or more. */
export async function forecast(ctx: Ctx, period: string, by: By): Promise<{ rows: ForecastRow[]; total: ForecastRow; overdue: number }> {
  const span = spanOfPeriod(period), at = instantsOf(ctx, span), zone = ctx.tenant.timeZone
  const won = sql`(t.outcome = 'won' and t.closed_at >= ${at.fromAt} and t.closed_at < ${at.toAt})`, open = sql`(t.outcome = 'open' and t.close_on between ${span.from} and ${span.to})`
  const key = by === 'person' ? sql`t.owner_id::text` : by === 'unit' ? sql`t.unit_id::text` : by === 'product' ? sql`t.product_id::text` : sql`case when t.outcome = 'won' then to_char(t.closed_at at time zone ${zone}::text, 'YYYY-MM') else to_char(t.close_on, 'YYYY-MM') end`
  const label = by === 'person' ? sql`max(u.name)` : by === 'unit' ? sql`max(n.name)` : by === 'product' ? sql`max(p.name)` : sql`null::text`
  const { rows } = await sql<Sums & { key: string | null; label: string | null }>`select ${key} as key, ${label} as label,
      coalesce(sum(t.amount) filter (where ${won}), 0)::numeric(16,2)::text as won, coalesce(sum(t.amount) filter (where ${open} and t.chance >= 80), 0)::numeric(16,2)::text as committed, coalesce(sum(t.amount) filter (where ${open}), 0)::numeric(16,2)::text as best,
      coalesce(sum(round(t.amount * coalesce(t.chance, 0) / 100, 2)) filter (where ${open}), 0)::numeric(16,2)::text as weighted, coalesce(sum(coalesce(t.quantity, 0) * coalesce(t.chance, 0) / 100) filter (where ${open}), 0)::numeric(16,1)::text as quantity, (count(*) filter (where ${open}))::int as deals
    from opportunity t left join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id left join unit n on n.tenant_id = t.tenant_id and n.id = t.unit_id left join product p on p.tenant_id = t.tenant_id and p.id = t.product_id
    where ${seenDeals(ctx)} and (${won} or ${open}) group by 1 order by 2 nulls last, 1`.execute(ctx.db)
  const plans = await plansFor(ctx, period, by)
  for (const [k, p] of plans) if (!rows.some(r => r.key === k)) rows.push({ key: k, label: p.label, won: '0.00', committed: '0.00', best: '0.00', weighted: '0.00', quantity: '0.0', deals: 0 })
  const full = (r: Sums & { key: string | null; label: string | null }, fen: bigint | null): ForecastRow => { const sum = plus(r.won, r.weighted), plan = fen === null ? null : yuanOf(fen); return { ...r, forecast: sum, plan, gap: plan === null ? null : plus(plan, sum.startsWith('-') ? sum.slice(1) : `-${sum}`) } }
  const made = rows.map(r => full(r, plans.get(r.key ?? '')?.fen ?? null)), add = (f: (r: Sums) => string): string => rows.reduce((n, r) => plus(n, f(r)), '0.00')
  const planned = made.filter(r => r.plan !== null)
  const { rows: [late] } = await sql<{ n: number }>`select count(*)::int as n from opportunity t where ${seenDeals(ctx)} and t.outcome = 'open' and t.close_on < ${today(ctx)}`.execute(ctx.db)
  const total = full({ key: null, label: null, won: add(r => r.won), committed: add(r => r.committed), best: add(r => r.best), weighted: add(r => r.weighted), quantity: rows.reduce((n, r) => n + Number(r.quantity), 0).toFixed(1), deals: rows.reduce((n, r) => n + r.deals, 0) }, planned.length ? planned.reduce((n, r) => n + BigInt(Math.round(Number(r.plan) * 100)), 0n) : null)
  // who has no plan must not hide the gap of those who have one
  if (total.gap !== null) total.gap = planned.reduce((n, r) => plus(n, r.gap!), '0.00')
  return { rows: made, total, overdue: late?.n ?? 0 }
}

/** Plans are the targets for signed amounts (SA-09): of a person, a unit, a product; by month those of the uppermost units that the caller sees. */
async function plansFor(ctx: Ctx, period: string, by: By): Promise<Map<string, { label: string | null; fen: bigint }>> {
  const seen = visible(ctx, ctx.entities.get('target'), 't'), span = spanOfPeriod(period)
  if (!seen) return new Map()
  const which = by === 'person' ? sql`t.user_id is not null and t.product_id is null` : by === 'product' ? sql`t.product_id is not null and t.user_id is null` : sql`t.user_id is null and t.product_id is null`
  const key = by === 'person' ? sql`t.user_id::text` : by === 'unit' ? sql`t.unit_id::text` : by === 'product' ? sql`t.product_id::text` : sql`t.period`
  const label = by === 'person' ? sql`(select name from "user" where tenant_id = t.tenant_id and id = t.user_id)` : by === 'unit' ? sql`(select name from unit where tenant_id = t.tenant_id and id = t.unit_id)` : by === 'product' ? sql`(select name from product where tenant_id = t.tenant_id and id = t.product_id)` : sql`null::text`
  // of a whole and its parts in the same period only the whole counts
  const top = by === 'month' ? sql`and not exists (select 1 from target w where w.tenant_id = t.tenant_id and w.id = t.parent_id and w.period = t.period) and length(t.period) = 7 and t.period not like '%Q%'` : sql``
  const { rows } = await sql<Planned & { key: string; label: string | null }>`select ${key} as key, ${label} as label, t.period, t.amount::text as amount from target t where ${seen} and t.measure = 'signed' and ${which} and t.starts_on >= ${span.from} and t.ends_on <= ${span.to} ${top}`.execute(ctx.db)
  return new Map([...Map.groupBy(rows, r => r.key)].flatMap(([k, list]) => { const fen = by === 'month' ? planFor(list, k) : planFor(list, period); return fen === null ? [] : [[k, { label: list[0]!.label, fen }] as const] }))
}

export interface Week { week: string; endsOn: string; snapshotId: string; open: string; won: string; forecast: string }

/** How the forecast for a span moved: in each snapshot the weighted sum of what was to close in it, with what had been won in it by then. */
export async function movement(ctx: Ctx, span: Span): Promise<Week[]> {
  const seen = visible(ctx, ctx.entities.get('forecastLine'), 't')
  if (!seen) return []
  const at = instantsOf(ctx, span)
  const { rows } = await sql<{ week: string; endsOn: string; snapshotId: string; open: string; won: string }>`select s.week, s.ends_on::text as "endsOn", s.id as "snapshotId",
      (select coalesce(sum(t.weighted), 0) from forecast_line t where ${seen} and t.snapshot_id = s.id and t.close_on between ${span.from} and ${span.to})::numeric(16,2)::text as open,
      (select coalesce(sum(t.amount), 0) from opportunity t where ${seenDeals(ctx)} and t.outcome = 'won' and t.closed_at >= ${at.fromAt} and t.closed_at < least(${at.toAt}::timestamptz, s.taken_at))::numeric(16,2)::text as won
    from forecast_snapshot s where s.tenant_id = ${ctx.tenant.id} and s.ends_on >= (${span.from}::date - 91) and s.ends_on <= (${span.to}::date + 6) order by s.ends_on`.execute(ctx.db)
  return rows.map(r => ({ ...r, forecast: plus(r.open, r.won) }))
}

export interface Hit { period: string; week: string; snapshotId: string; forecast: string; came: string; percent: number }

/** For the last six periods: what was expected four weeks before the end, and what came. Periods without a snapshot of then are left out. */
export async function hits(ctx: Ctx, period: string): Promise<Hit[]> {
  const out: Hit[] = []
  for (let i = 1; i <= 6; i++) {
    const p = shiftPeriod(period, -i), span = spanOfPeriod(p), day = fourWeeksBefore(p), weeks = (await movement(ctx, span)).filter(w => w.endsOn <= day)
    const then = weeks.at(-1)
    if (!then || (Date.parse(day) - Date.parse(then.endsOn)) / 86_400_000 > 6) continue
    const { total } = await forecast(ctx, p, 'person')
    out.push({ period: p, week: then.week, snapshotId: then.snapshotId, forecast: then.forecast, came: total.won, percent: accuracy(Number(then.forecast), Number(total.won)) })
  }
  return out
}
