import { create, fail, fenOf, lock, yuanOf, type Ctx } from '@quancheng/kernel'
import { partsOfPeriod, shiftPeriod, spanOfPeriod } from '../../rules/period.ts'
import { divide } from '../rules/light.ts'
import { doneOf } from './done.ts'

export interface Part { period: string; unitId: string; unit: string | null; userId: string | null; person: string | null; amount: string; /** what was done a year before, the weight */ before: string }
type Way = 'periods' | 'units' | 'people'
const WHAT: Record<Way, string> = { periods: '期间：月是最小的', units: '下级单位', people: '人员' }
const cut = (decimal: string): string => /^-?\d+(\.\d{1,2})?/.exec(decimal)?.[0] ?? '0'

/** The parts that a target would have: over its quarters or months, the units right below, or the people of its unit; evenly or by last year's share. */
export async function partsOf(ctx: Ctx, id: string, over: Way, by: 'even' | 'lastYear'): Promise<{ whole: Record<string, unknown>; parts: Part[] }> {
  const { row: t } = await lock(ctx, ctx.entities.get('target'), id, 'read', { forUpdate: false })
  const period = String(t.period), unitId = String(t.unitId), bare = { period, unitId, unit: null, userId: (t.userId as string | null) ?? null, person: null }
  const places = over === 'periods' ? partsOfPeriod(period).map(p => ({ ...bare, period: p }))
    : over === 'units' ? (await ctx.query<{ id: string; name: string }>('select id, name from unit where tenant_id = $1 and parent_id = $2 and off is not true order by code', [ctx.tenant.id, unitId])).map(u => ({ ...bare, unitId: u.id, unit: u.name }))
      : t.userId ? [] : (await ctx.query<{ id: string; name: string }>('select id, name from "user" where tenant_id = $1 and unit_id = $2 and off is not true order by name', [ctx.tenant.id, unitId])).map(u => ({ ...bare, userId: u.id, person: u.name }))
  if (!places.length) return fail('TARGET_PARTS', { what: WHAT[over] })
  const last = await doneOf(ctx, places.map((p, i) => ({ id: String(i), measure: String(t.measure), ...spanOfPeriod(shiftPeriod(p.period, p.period.length === 4 ? -1 : p.period.includes('Q') ? -4 : -12)), unitId: p.unitId, userId: p.userId, productId: (t.productId as string | null) ?? null })))
  const before = places.map((_, i) => cut(last.get(String(i)) ?? '0')), counted = t.measure === 'newCustomers' || t.measure === 'visits'
  const amounts = divide(fenOf(String(t.amount)), by === 'even' ? places.map(() => 1n) : before.map(fenOf), counted ? 100n : 1n)
  return { whole: t, parts: places.map((p, i) => ({ ...p, amount: yuanOf(amounts[i]!), before: before[i]! })) }
}

/** Makes the parts, by the rights of the caller; a whole that is divided this way already is left as it is. */
export async function distribute(ctx: Ctx, id: string, over: Way, by: 'even' | 'lastYear'): Promise<Part[]> {
  await lock(ctx, ctx.entities.get('target'), id, 'update')
  const { whole, parts } = await partsOf(ctx, id, over, by)
  const [{ n } = { n: 0 }] = await ctx.query<{ n: number }>(`select count(*)::int as n from target where tenant_id = $1 and parent_id = $2 and period ${over === 'periods' ? '<>' : '='} $3 ${over === 'units' ? 'and unit_id <> $4' : over === 'people' ? 'and unit_id = $4' : 'and unit_id = $4'}`, [ctx.tenant.id, id, whole.period, whole.unitId])
  if (n) return fail('TARGET_DIVIDED', { n })
  for (const p of parts) if (p.amount !== '0.00') await create(ctx, ctx.entities.get('target'), { period: p.period, measure: whole.measure, unitId: p.unitId, userId: p.userId, productId: whole.productId ?? null, amount: p.amount, parentId: id })
  return parts
}
