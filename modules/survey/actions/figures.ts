import { defineAction, fail, visible } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { figuresOf } from '../rules/figures.ts'

interface Raw { key: string | null; name: string | null; s1: number; s2: number; s3: number; s4: number; s5: number }

/** What a figure is made by: the column of the answer, and whose name it shows. */
const BY = {
  unit: { field: 'unitId', column: 'unit_id', name: 'select x.name from unit x where x.tenant_id = t.tenant_id and x.id = t.unit_id' },
  person: { field: 'personId', column: 'person_id', name: 'select x.name from "user" x where x.tenant_id = t.tenant_id and x.id = t.person_id' },
  product: { field: 'productLineId', column: 'product_line_id', name: 'select x.name from product_line x where x.tenant_id = t.tenant_id and x.id = t.product_line_id' },
} as const

/** Mean and share of the satisfied by station, person or product; every line carries the filter that opens its answers. */
export const surveyFigures = defineAction({
  name: 'surveyFigures', label: ['满意度统计', 'Survey figures'], method: 'GET', path: '/api/survey/figures', permission: null, readOnly: true,
  input: z.object({ by: z.enum(['unit', 'person', 'product']).default('unit'), of: z.enum(['service', 'deal']).default('service'), from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional() }),
  async run(ctx, { by, of, from, to }) {
    // what was said after a deal has the same columns (CU-10); one that was asked and has not answered is no answer
    const entity = (of === 'deal' ? ctx.entities.find('dealSurvey') : undefined) ?? ctx.entities.get('surveyAnswer'), reach = visible(ctx, entity, 't') ?? fail('FORBIDDEN', { permission: `${entity.name}:read` })
    const { field, column, name } = BY[by]
    const points = sql.join([1, 2, 3, 4, 5].map(n => sql`(count(*) filter (where t.score = ${sql.lit(n)}))::int as ${sql.ref(`s${n}`)}`))
    const { rows } = await sql<Raw>`select ${sql.ref(`t.${column}`)}::text as key, (${sql.raw(name)}) as name, ${points} from ${sql.table(entity.table)} t
      where ${reach} and t.score is not null and (${from ?? null}::timestamptz is null or t.answered_at >= ${from ?? null}::timestamptz) and (${to ?? null}::timestamptz is null or t.answered_at < ${to ?? null}::timestamptz)
      group by t.tenant_id, ${sql.ref(`t.${column}`)} order by count(*) desc limit 500`.execute(ctx.db)
    const time = { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) }
    const spreadOf = (r: Raw): number[] => [r.s1, r.s2, r.s3, r.s4, r.s5]
    const all = rows.reduce((sum, r) => spreadOf(r).map((n, i) => n + sum[i]!), [0, 0, 0, 0, 0])
    const filter = Object.keys(time).length ? { answeredAt: time } : of === 'deal' ? { answeredAt: { isNull: false } } : {}
    return { total: { ...figuresOf(all), spread: all, filter }, lines: rows.map(r => ({ key: r.key, name: r.name ?? '（没有）', ...figuresOf(spreadOf(r)), spread: spreadOf(r), filter: { ...filter, [field]: r.key } })) }
  },
})
