import { fail, registerErrors, type Change, type Ctx } from '@quancheng/kernel'
import { PERIOD, spanOfPeriod, within } from '../../rules/period.ts'

registerErrors({
  TARGET_PERIOD: [400, '期间写成 2026、2026-Q4 或 2026-11', 'A period is 2026, 2026-Q4 or 2026-11'],
  TARGET_TWICE: [409, '这个单位（人员、产品）在 {period} 已有同一指标的目标', 'There is such a target in {period} already'],
  TARGET_PARENT: [409, '上级目标应是同一指标，期间包含 {period}，并且不是它自己的下级', 'The whole must have the same measure and hold {period}'],
  TARGET_PRODUCT: [400, '按产品的目标只有签约金额和订单数量', 'Only signed amounts and quantities are counted by product'],
  TARGET_DIVIDED: [409, '这个目标已经按这种方式分解了 {n} 个，先删去再重新分解', 'It is divided already ({n})'],
  TARGET_PARTS: [409, '没有可以分解的{what}', 'Nothing to divide over: {what}'],
})

type Values = Record<string, unknown>

/** A target's days follow from its period; the whole it is part of must be able to hold it. */
export async function targetBefore(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'remove') return
  const d = c.draft, now: Values = { ...(c.before as Values | null), ...d }, period = String(now.period)
  if (!PERIOD.test(period)) return fail('TARGET_PERIOD')
  if (c.act === 'create') {
    const span = spanOfPeriod(period)
    d.startsOn = span.from
    d.endsOn = span.to
    if (now.productId && now.measure !== 'signed' && now.measure !== 'orders') return fail('TARGET_PRODUCT')
    const same = await ctx.query('select 1 from target where tenant_id = $1 and period = $2 and measure = $3 and unit_id = $4 and user_id is not distinct from $5 and product_id is not distinct from $6 limit 1', [ctx.tenant.id, period, now.measure, now.unitId, now.userId ?? null, now.productId ?? null])
    if (same.length) return fail('TARGET_TWICE', { period })
  }
  if (d.parentId) {
    const [whole] = await ctx.query<{ period: string; measure: string }>('select period, measure from target where tenant_id = $1 and id = $2', [ctx.tenant.id, d.parentId])
    if (!whole || whole.measure !== now.measure || !within(period, whole.period) || (c.before && await isBelow(ctx, String(d.parentId), c.id))) fail('TARGET_PARENT', { period })
  }
}

async function isBelow(ctx: Ctx, id: string, top: string): Promise<boolean> {
  const rows = await ctx.query('with recursive up as (select id, parent_id from target where tenant_id = $1 and id = $2 union select t.id, t.parent_id from target t join up on t.id = up.parent_id where t.tenant_id = $1) select 1 from up where id = $3', [ctx.tenant.id, id, top])
  return rows.length > 0
}
