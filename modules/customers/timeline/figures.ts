import { aggregate, can, fieldLevel, type Ctx, type Filter } from '@quancheng/kernel'
import { customerFigures, type CustomerFigure } from './registry.ts'

export interface FigureValue { key: string; label: string; entity: string; plural: string; unit: 'count' | 'money'; value: string; alert: boolean; /** lists the rows behind it at /e/<plural> */ filter: Filter }

/** May the caller read the rows and the field that is summed? Otherwise the figure is not there for them. */
function permitted(ctx: Ctx, f: CustomerFigure): boolean {
  const entity = ctx.entities.find(f.entity)
  if (!entity || !can(ctx.access, `${f.entity}:read`, entity)) return false
  const field = f.measure?.startsWith('sum:') ? entity.fields.get(f.measure.slice(4)) : undefined
  return !field || ['read', 'edit'].includes(fieldLevel(ctx.access, entity, field))
}

const filterOf = (ctx: Ctx, f: CustomerFigure, ids: readonly string[]): Filter => ({ ...f.filter?.(ctx), [f.customer ?? 'customerId']: ids.length === 1 ? ids[0] : { in: ids } })
const unitOf = (f: CustomerFigure): 'count' | 'money' => f.unit ?? (f.measure?.startsWith('sum:') ? 'money' : 'count')

/** The figures at the head of the page; each is what the caller's own list would add up to. */
export async function figuresOf(ctx: Ctx, customerIds: readonly string[]): Promise<FigureValue[]> {
  return Promise.all(customerFigures(ctx.runtime).filter(f => permitted(ctx, f)).map(async (f): Promise<FigureValue> => {
    const entity = ctx.entities.get(f.entity), filter = filterOf(ctx, f, customerIds), measure = f.measure ?? 'count'
    const [row] = await aggregate(ctx, entity, { group: [], measures: [measure], filter })
    return { key: f.key, label: f.label[ctx.locale === 'en' ? 1 : 0], entity: f.entity, plural: entity.plural, unit: unitOf(f), value: String(row?.values[measure] ?? (unitOf(f) === 'money' ? '0.00' : 0)), alert: f.alert ?? false, filter }
  }))
}

export interface RollUp { key: string; label: string; unit: 'count' | 'money'; plural: string; filter: Filter; field: string; /** by customer id, decimal text */ values: ReadonlyMap<string, string> }

/** The figures that roll up a tree of companies, one statement a figure for all of its customers. */
export async function rollUpsOf(ctx: Ctx, customerIds: readonly string[]): Promise<RollUp[]> {
  return Promise.all(customerFigures(ctx.runtime).filter(f => f.rollUp && permitted(ctx, f)).map(async (f): Promise<RollUp> => {
    const entity = ctx.entities.get(f.entity), field = f.customer ?? 'customerId', measure = f.measure ?? 'count'
    // a filter takes 500 ids at most
    const parts = Array.from({ length: Math.ceil(customerIds.length / 500) }, (_, i) => customerIds.slice(i * 500, i * 500 + 500))
    const rows = (await Promise.all(parts.map(ids => aggregate(ctx, entity, { group: [field], measures: [measure], filter: { ...f.filter?.(ctx), [field]: { in: ids } } })))).flat()
    return { key: f.key, label: f.label[ctx.locale === 'en' ? 1 : 0], unit: unitOf(f), plural: entity.plural, filter: f.filter?.(ctx) ?? {}, field, values: new Map(rows.map(r => [String(r.group[field]), String(r.values[measure] ?? 0)])) }
  }))
}
