import { defineAction, fail, visible } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { figuresOf } from '@quancheng/survey'
import { CATEGORIES, SEVERITIES } from '../rules/choices.ts'
import { complaintFigures, type Counted } from '../rules/figures.ts'

const SPAN = { from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional() }
const within = (column: string, from: string | undefined, to: string | undefined) => sql`(${from ?? null}::timestamptz is null or ${sql.ref(column)} >= ${from ?? null}::timestamptz) and (${to ?? null}::timestamptz is null or ${sql.ref(column)} < ${to ?? null}::timestamptz)`
const time = (from: string | undefined, to: string | undefined) => ({ ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) })

const BY = { category: { field: 'category', column: 'category' }, severity: { field: 'severity', column: 'severity' }, unit: { field: 'unitId', column: 'unit_id' } } as const
const WORDS: Record<string, Record<string, readonly [string, ...string[]]>> = { category: CATEGORIES, severity: SEVERITIES }
type Raw = { [K in keyof Counted]: number } & { key: string | null; name: string | null }

/** Complaints by category, severity or station: how many, for a thousand requests, answered in time, opened again; every line carries the filter that opens its rows. */
export const complaintStatistics = defineAction({
  name: 'complaintFigures', label: ['投诉统计', 'Complaint figures'], method: 'GET', path: '/api/complaints/figures', permission: 'complaint:figures', readOnly: true, input: z.object({ by: z.enum(['category', 'severity', 'unit']).default('category'), ...SPAN }),
  async run(ctx, { by, from, to }) {
    const entity = ctx.entities.get('complaint'), reach = visible(ctx, entity, 't') ?? fail('FORBIDDEN', { permission: 'complaint:read' })
    const { field, column } = BY[by], now = ctx.now()
    // no right to see requests: nothing to compare with
    const requests = visible(ctx, ctx.entities.get('serviceRequest'), 'q')
    const counted = await sql<Raw>`select ${sql.ref(`t.${column}`)}::text as key, (select u.name from unit u where u.tenant_id = ${ctx.tenant.id} and u.id::text = ${sql.ref(`t.${column}`)}::text) as name,
      count(*)::int as count, (count(*) filter (where t.ended_at is null))::int as open, (count(*) filter (where t.answered_at is null and t.due_at < ${now}))::int as late,
      (count(*) filter (where t.answered_at is not null))::int as answered, (count(*) filter (where t.answered_at is not null and not coalesce(t.answered_late, false)))::int as "onTime",
      (count(*) filter (where t.reopens > 0))::int as reopened, (count(*) filter (where t.verdict = 'satisfied'))::int as satisfied, (count(*) filter (where t.verdict is not null))::int as judged, 0 as requests
      from complaint t where ${reach} and ${within('t.received_at', from, to)} group by ${sql.ref(`t.${column}`)} order by count(*) desc limit 500`.execute(ctx.db)
    const places = requests ? (await sql<{ unit: string; n: number }>`select q.unit_id::text as unit, count(*)::int as n from service_request q where ${requests} and ${within('q.started_at', from, to)} group by q.unit_id`.execute(ctx.db)).rows : []
    const everywhere = places.reduce((n, p) => n + p.n, 0)
    const span = time(from, to), base = Object.keys(span).length ? { receivedAt: span } : {}, asked = Object.keys(span).length ? { startedAt: span } : {}
    const sum = counted.rows.reduce((a, r) => { for (const k of Object.keys(a) as Array<keyof Counted>) a[k] += r[k]; return a }, { count: 0, open: 0, late: 0, answered: 0, onTime: 0, reopened: 0, satisfied: 0, judged: 0, requests: 0 } as Counted)
    return {
      at: now, total: { ...complaintFigures({ ...sum, requests: everywhere }), filter: base, requestFilter: asked },
      lines: counted.rows.map(({ key, name, ...c }) => ({
        key, name: name ?? WORDS[by]?.[key ?? '']?.[0] ?? key ?? '（没有）', ...complaintFigures({ ...c, requests: by === 'unit' ? places.find(p => p.unit === key)?.n ?? 0 : everywhere }), filter: { ...base, [field]: key }, requestFilter: by === 'unit' ? { ...asked, unitId: key } : asked,
      })),
    }
  },
})

interface Spread { key: string | null; name: string | null; unit: string | null; unitName: string | null; s1: number; s2: number; s3: number; s4: number; s5: number }
const RATED = { counter: 't.counter', person: 't.person_id', unit: 't.unit_id' } as const

/** Ratings at the counters by counter, person or station; a counter is one of its station. */
export const ratingStatistics = defineAction({
  name: 'ratingFigures', label: ['台席评分统计', 'Rating figures'], method: 'GET', path: '/api/counter-ratings/figures', permission: 'counterRating:read', readOnly: true, input: z.object({ by: z.enum(['counter', 'person', 'unit']).default('counter'), ...SPAN }),
  async run(ctx, { by, from, to }) {
    const reach = visible(ctx, ctx.entities.get('counterRating'), 't') ?? fail('FORBIDDEN', { permission: 'counterRating:read' })
    const points = sql.join([1, 2, 3, 4, 5].map(n => sql`(count(*) filter (where t.score = ${sql.lit(n)}))::int as ${sql.ref(`s${n}`)}`))
    const each = by === 'unit' ? sql`t.unit_id` : sql`t.unit_id, ${sql.ref(RATED[by])}`
    const { rows } = await sql<Spread>`select ${sql.ref(RATED[by])}::text as key, (select p.name from "user" p where p.tenant_id = ${ctx.tenant.id} and p.id::text = ${sql.ref(RATED[by])}::text) as name, t.unit_id::text as unit,
      (select u.name from unit u where u.tenant_id = ${ctx.tenant.id} and u.id = t.unit_id) as "unitName", ${points} from counter_rating t where ${reach} and ${within('t.rated_at', from, to)} group by ${each} order by count(*) desc limit 500`.execute(ctx.db)
    const spreadOf = (r: Spread): number[] => [r.s1, r.s2, r.s3, r.s4, r.s5]
    const all = rows.reduce((sum, r) => spreadOf(r).map((n, i) => n + sum[i]!), [0, 0, 0, 0, 0]), span = time(from, to), filter = Object.keys(span).length ? { ratedAt: span } : {}
    const name = (r: Spread): string => (by === 'unit' ? r.unitName ?? '' : by === 'counter' ? `${r.unitName} ${r.key ? `${r.key} 号台` : '（没有叫号）'}` : r.name ?? '（没有）')
    return {
      total: { ...figuresOf(all), spread: all, filter },
      lines: rows.map(r => ({ key: `${r.unit}/${r.key}`, name: name(r), unitName: r.unitName, ...figuresOf(spreadOf(r)), spread: spreadOf(r), filter: { ...filter, unitId: r.unit, ...(by === 'counter' ? { counter: r.key ?? { isNull: true } } : by === 'person' ? { personId: r.key ?? { isNull: true } } : {}) } })),
    }
  },
})
