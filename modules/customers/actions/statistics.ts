import { aggregate, can, dayOf, defineAction, fieldLevel, visible, type Ctx, type Filter } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { customerFigures } from '../timeline/registry.ts'

/** What customers are counted by (CU-14). Every axis has everybody: who has no value stands under 未填. */
const AXES = { tier: 'tier', level: 'level', accountType: 'accountType', kind: 'kind', province: 'province', unitId: 'unitId', ownerId: 'ownerId', createdAt: 'createdAt:month' } as const

/** The value of the customers of each group: the figure that is registered as their worth (what they paid), as far as the caller may read its rows. */
async function valueBy(ctx: Ctx, key: keyof typeof AXES): Promise<{ label: string; of: Map<string, string> } | null> {
  const figures = customerFigures(ctx.runtime).filter(f => f.measure?.startsWith('sum:')), figure = figures.find(f => f.worth) ?? figures.find(f => f.rollUp), entity = figure && ctx.entities.find(figure.entity)
  if (!figure || !entity || !can(ctx.access, `${entity.name}:read`, entity)) return null
  const amount = entity.fields.get(figure.measure!.slice(4))!
  if (!['read', 'edit'].includes(fieldLevel(ctx.access, entity, amount))) return null
  const sums = await aggregate(ctx, entity, { group: [figure.customer ?? 'customerId'], measures: [figure.measure!], filter: figure.filter?.(ctx) ?? {}, limit: 5000 })
  const column = ctx.entities.get('customer').fields.get(key)!.column
  const group = key === 'createdAt' ? sql`date_trunc('month', t.created_at at time zone ${ctx.tenant.timeZone})::date` : sql.ref(`t.${column}`)
  const { rows } = await sql<{ g: unknown; total: string }>`
    select ${group} as g, sum(v.amount)::text as total from customer t join unnest(${sums.map(s => s.group[figure.customer ?? 'customerId'])}::uuid[], ${sums.map(s => s.values[figure.measure!] ?? '0')}::numeric[]) as v(id, amount) on v.id = t.id
    where ${visible(ctx, ctx.entities.get('customer'), 't')!} group by 1`.execute(ctx.db)
  const text = (g: unknown): string => (g === null ? '' : g instanceof Date ? dayOf(g, 'UTC').toISOString().slice(0, 10) : String(g))
  return { label: figure.label[ctx.locale === 'en' ? 1 : 0], of: new Map(rows.map(r => [text(r.g), r.total])) }
}

export const statistics = defineAction({
  name: 'customerStatistics', label: ['客户统计', 'Customer statistics'], method: 'GET', path: '/api/customer-statistics', permission: 'customer:read', readOnly: true,
  input: z.object({ standing: z.enum(['prospect', 'customer', 'former']).optional(), unitId: z.uuid().optional() }),
  async run(ctx, q) {
    const base: Filter = { ...(q.standing ? { standing: q.standing } : {}), ...(q.unitId ? { unitId: { below: q.unitId } } : {}) }
    const customer = ctx.entities.get('customer'), axes = []
    for (const [key, group] of Object.entries(AXES) as Array<[keyof typeof AXES, string]>) {
      if (!['read', 'edit'].includes(fieldLevel(ctx.access, customer, customer.fields.get(key)!))) continue
      const rows = await aggregate(ctx, customer, { group: [group], measures: ['count'], filter: base, limit: 5000 }), value = await valueBy(ctx, key)
      axes.push({
        key, label: customer.fields.get(key)!.label[ctx.locale === 'en' ? 1 : 0], valueLabel: value?.label ?? null, total: rows.reduce((n, r) => n + Number(r.values.count), 0),
        rows: rows.map(r => { const v = r.group[group] ?? null; return { value: v, label: v === null ? null : r.labels[group] ?? String(v), count: Number(r.values.count), amount: value ? value.of.get(v === null ? '' : String(v)) ?? '0.00' : null, filter: r.filter } }),
      })
    }
    return { total: axes[0]?.total ?? 0, axes }
  },
})
