import { registerErrors, type Change, type Ctx } from '@quancheng/kernel'
import { PERIOD, spanOfPeriod, within } from '../../rules/period.ts'
import { refuse } from '../../rules/refuse.ts'

registerErrors({
  TARGET_PERIOD: [400, '期间写成 2026、2026-Q4 或 2026-11', 'A period is 2026, 2026-Q4 or 2026-11'],
  TARGET_TWICE: [409, '这个单位（人员、产品）在 {period} 已有同一指标的目标', 'There is such a target in {period} already'],
  TARGET_PARENT: [409, '上级目标应是同一指标，期间包含 {period}，并且不是它自己的下级', 'The whole must have the same measure and hold {period}'],
  TARGET_PRODUCT: [400, '按产品的目标只有签约金额和订单数量', 'Only signed amounts and quantities are counted by product'],
  TARGET_DIVIDED: [409, '这个目标已经按这种方式分解了 {n} 个，先删去再重新分解', 'It is divided already ({n})'],
  TARGET_PARTS: [409, '没有可以分解的{what}', 'Nothing to divide over: {what}'],
})

type Values = Record<string, unknown>
const COUNTED = new Set(['newCustomers', 'visits'])

/** A target's days follow from its period; the whole it is part of must be able to hold it. */
export async function targetBefore(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'remove') return
  const d = c.draft, now: Values = { ...(c.before as Values | null), ...d }, period = String(now.period)
  if (!PERIOD.test(period)) return refuse('period', '期间写成 2026、2026-Q4 或 2026-11', 'TARGET_PERIOD')
  if (c.act === 'create') {
    const span = spanOfPeriod(period)
    d.startsOn = span.from
    d.endsOn = span.to
    if (now.productId && now.measure !== 'signed' && now.measure !== 'orders') return refuse('productId', '按产品的目标只有签约金额和订单数量', 'TARGET_PRODUCT')
    const same = await ctx.query('select 1 from target where tenant_id = $1 and period = $2 and measure = $3 and unit_id = $4 and user_id is not distinct from $5 and product_id is not distinct from $6 limit 1', [ctx.tenant.id, period, now.measure, now.unitId, now.userId ?? null, now.productId ?? null])
    if (same.length) return refuse('period', `这个单位（人员、产品）在 ${period} 已有同一指标的目标`, 'TARGET_TWICE', { period })
    if (now.userId && !(await ctx.query('select 1 from "user" u join unit_closure k on k.tenant_id = u.tenant_id and k.descendant_id = u.unit_id and k.ancestor_id = $3 where u.tenant_id = $1 and u.id = $2', [ctx.tenant.id, now.userId, now.unitId])).length) return refuse('userId', '这个人不在这个单位')
  }
  if (Number(now.amount) % 1 && COUNTED.has(String(now.measure))) return refuse('amount', '这个指标数的是个数，填整数')
  if (d.parentId) {
    const [whole] = await ctx.query<{ period: string; measure: string }>('select period, measure from target where tenant_id = $1 and id = $2', [ctx.tenant.id, d.parentId])
    if (!whole || whole.measure !== now.measure || !within(period, whole.period) || (c.before && await isBelow(ctx, String(d.parentId), c.id))) refuse('parentId', `上级目标应是同一指标，期间包含 ${period}，并且不是它自己的下级`, 'TARGET_PARENT', { period })
  }
}

async function isBelow(ctx: Ctx, id: string, top: string): Promise<boolean> {
  const rows = await ctx.query('with recursive up as (select id, parent_id from target where tenant_id = $1 and id = $2 union select t.id, t.parent_id from target t join up on t.id = up.parent_id where t.tenant_id = $1) select 1 from up where id = $3', [ctx.tenant.id, id, top])
  return rows.length > 0
}
