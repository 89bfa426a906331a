import type { Change, Ctx } from '@quancheng/kernel'
import { today } from '../../rules/day.ts'
import { refuse } from '../../rules/refuse.ts'

type Values = Record<string, unknown>
const merged = (c: Change): Values => ({ ...(c.before as Values | null), ...c.draft })

/** A scale must lead from one figure to another, and the weights of a card must not come to more than the whole. */
export async function measureBefore(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'remove') return
  const now = merged(c)
  if (Number(now.zeroAt) === Number(now.fullAt)) refuse('fullAt', '不能和 0 分的数一样，否则没有尺度')
  const [{ sum } = { sum: 0 }] = await ctx.query<{ sum: number }>('select coalesce(sum(weight), 0)::int as sum from score_measure where tenant_id = $1 and card_id = $2 and id <> $3', [ctx.tenant.id, now.cardId, c.id])
  if (sum + Number(now.weight) > 100) refuse('weight', `其余指标已经占了 ${sum}，最多还能填 ${100 - sum}`)
}

/** What is given by hand is given where nothing counts, on the scale of its measure, for a month that is not judged yet; a person is judged at their own unit. */
export async function givenBefore(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'remove') return
  const now = merged(c)
  const [m] = await ctx.query<{ cardId: string; source: string; zero: string; full: string; roleId: string | null; unitId: string }>('select m.card_id as "cardId", m.source, m.zero_at::text as zero, m.full_at::text as full, k.role_id as "roleId", k.unit_id as "unitId" from score_measure m join score_card k on k.tenant_id = m.tenant_id and k.id = m.card_id where m.tenant_id = $1 and m.id = $2', [ctx.tenant.id, now.measureId])
  if (!m) return
  if (m.source !== 'byHand') refuse('measureId', '这个指标由系统计算，不用人工评分')
  const [low, high] = [Number(m.zero), Number(m.full)].toSorted((a, b) => a - b) as [number, number], value = Number(now.value)
  if (value < low || value > high) refuse('value', `填 ${low} 到 ${high}`)
  if (String(now.period) > today(ctx).slice(0, 7)) refuse('period', '还没有到这个月')
  if (m.roleId && !now.userId) refuse('userId', '这张评价表评的是人，请选择人员')
  if (!m.roleId && now.userId) refuse('userId', '这张评价表评的是单位，不填人员')
  if (now.userId) c.draft.unitId = (await ctx.query<{ id: string }>('select unit_id as id from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, now.userId]))[0]?.id ?? now.unitId
  else if (now.unitId !== m.unitId) refuse('unitId', '不是这张评价表评的单位')
  if ((await ctx.query('select 1 from score_result where tenant_id = $1 and card_id = $2 and period = $3 limit 1', [ctx.tenant.id, m.cardId, now.period])).length) refuse('period', '这个月已经评过，结果不再改变')
}
