import { fail, isId, storeNew, type Ctx } from '@quancheng/kernel'
import type { PointOf } from '../rules/line.ts'
import type { TemplateDraft } from '../rules/point.ts'

/** A touch point as all of this module reads it: points are for everybody who may see journeys at all. */
export interface Point extends PointOf { journeyId: string; phase: string; code: string; name: string; department: string; standard: string; measure: string; target: number; topics: string[]; source: string | null; channels: string[] }
export interface Journey { id: string; name: string; days: number; note: string | null; key: string | null; off: boolean }

interface Raw extends Record<string, unknown> { id: string; journey_id: string; phase: string; position: number; code: string; name: string; department: string; standard: string; measure: string; target: string; must: boolean | null; topics: string | null; source: string | null; channels: string[] | null }

/** 「座位、餐食」 → two topics. */
export const topicsOf = (text: string | null): string[] => (text ?? '').split(/[、，,;；\n]/).map(t => t.trim()).filter(Boolean)

const shape = (r: Raw): Point => ({ id: r.id, journeyId: r.journey_id, phase: r.phase, position: r.position, code: r.code, name: r.name, department: r.department, standard: r.standard, measure: r.measure, target: Number(r.target), must: r.must === true, topics: topicsOf(r.topics), source: r.source, channels: r.channels ?? [] })
const COLUMNS = 'id, journey_id, phase, position, code, name, department, standard, measure, target, must, topics, source, channels'

export const journeysOf = (ctx: Ctx): Promise<Journey[]> => ctx.query<Journey & Record<string, unknown>>('select id, name, days, note, key, coalesce(off, false) as off from journey_template where tenant_id = $1 and off is not true order by created_at, id', [ctx.tenant.id])
export const pointsOf = async (ctx: Ctx, journeyId: string): Promise<Point[]> => (await ctx.query<Raw>(`select ${COLUMNS} from touch_point where tenant_id = $1 and journey_id = $2 order by position, id`, [ctx.tenant.id, journeyId])).map(shape)

export async function journeyOf(ctx: Ctx, id: string): Promise<Journey> {
  const [row] = isId(id) ? await ctx.query<Journey & Record<string, unknown>>('select id, name, days, note, key, coalesce(off, false) as off from journey_template where tenant_id = $1 and id = $2', [ctx.tenant.id, id]) : []
  return row ?? fail('NOT_FOUND', { id })
}
export async function pointByCode(ctx: Ctx, code: string): Promise<Point> {
  const [row] = await ctx.query<Raw>(`select ${COLUMNS} from touch_point where tenant_id = $1 and upper(code) = upper($2)`, [ctx.tenant.id, code.trim()])
  return row ? shape(row) : fail('POINT_UNKNOWN', { code })
}
export async function pointById(ctx: Ctx, id: string): Promise<Point> {
  const [row] = isId(id) ? await ctx.query<Raw>(`select ${COLUMNS} from touch_point where tenant_id = $1 and id = $2`, [ctx.tenant.id, id]) : []
  return row ? shape(row) : fail('NOT_FOUND', { id })
}

/** Takes a template over: from then on it is the company's own. Errors: TEMPLATE_THERE. */
export async function install(ctx: Ctx, template: TemplateDraft): Promise<string> {
  const [there] = await ctx.query('select 1 from journey_template where tenant_id = $1 and key = $2', [ctx.tenant.id, template.key])
  if (there) return fail('TEMPLATE_THERE', { name: template.name })
  const journey = await storeNew(ctx, ctx.entities.get('journeyTemplate'), { name: template.name, note: template.note, days: template.days, key: template.key })
  for (const [i, p] of template.points.entries()) await storeNew(ctx, ctx.entities.get('touchPoint'), { ...p, channels: [...p.channels], topics: p.topics ?? null, source: p.source ?? null, target: template.target, journeyId: journey.id, position: i + 1 })
  return journey.id as string
}
