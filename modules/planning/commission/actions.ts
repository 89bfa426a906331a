import { dayOf, defineAction, elevated, fail, lock, registerErrors, remove, schedule, startOfDay, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { sumsToHundred, tierProblem } from './rules/commission.ts'
import { plans } from './store/plans.ts'
import { lastDayOf, runCommission } from './store/run.ts'
import { estimate, statement, totalsOf } from './store/statement.ts'

registerErrors({
  COMMISSION_SHARES: [400, '各人的比例相加要正好是 100', 'The shares must make exactly 100'],
  COMMISSION_TWICE: [400, '同一个人只写一行', 'Each person once'],
  COMMISSION_PERIOD: [409, '{period} 还没有过完，月底之后再计提', '{period} is not over yet'],
  COMMISSION_TIERS: [409, '方案“{name}”的分档不对：{reason}', 'The tiers of {name} are wrong: {reason}'],
})

export const JOB_COMMISSION = 'planning.commission'
const PERIOD = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份写成 2026-11 这样')
const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)

/** Plans in use whose tiers leave a gap or begin above 0: as long as there is one, nothing can be booked rightly. */
const wrongPlans = async (ctx: Ctx): Promise<Array<{ id: string; name: string; reason: string }>> => (await plans(ctx)).flatMap(p => { const reason = tierProblem(p.tiers); return reason ? [{ id: p.id, name: p.name, reason }] : [] })

/** On the first of every month the month before is booked. */
export async function planNext(ctx: Ctx): Promise<void> {
  const [year, month] = today(ctx).split('-').map(Number) as [number, number]
  const first = new Date(Date.UTC(year, month, 1))
  await schedule(ctx, { kind: JOB_COMMISSION, key: today(ctx).slice(0, 7), dueAt: startOfDay(first, ctx.tenant.timeZone), payload: { period: today(ctx).slice(0, 7) } })
}
export async function commissionJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  // with a wrong plan this month waits: the run of the next one, or one by hand, books it too
  if (!(await wrongPlans(ctx)).length) await runCommission(ctx, String(payload.period))
  await planNext(ctx)
}

export const commissionActions = [
  defineAction({
    name: 'commission', label: ['提成', 'Commission'], method: 'GET', path: '/api/commission', permission: 'commissionEntry:read', readOnly: true, input: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
    async run(ctx, { year }) {
      const day = today(ctx), of = year ?? Number(day.slice(0, 4)), cells = await statement(ctx, of)
      return { year: of, month: day.slice(0, 7), cells, totals: totalsOf(cells), expected: await estimate(ctx, day), wrong: visible(ctx, ctx.entities.get('commissionPlan'), 't') ? await wrongPlans(ctx) : [] }
    },
  }),
  defineAction({
    name: 'runCommission', label: ['计提提成', 'Book a month'], method: 'POST', path: '/api/commission/run', permission: 'commissionEntry:run', status: 200, input: z.object({ period: PERIOD }),
    async run(ctx, { period }) {
      if (lastDayOf(period) > today(ctx)) fail('COMMISSION_PERIOD', { period })
      const [wrong] = await wrongPlans(ctx)
      return wrong ? fail('COMMISSION_TIERS', wrong) : runCommission(ctx, period)
    },
  }),
  defineAction({
    name: 'saveCommissionShares', label: ['分配提成', 'Divide commission'], method: 'PUT', path: '/api/contracts/:id/commission-shares', permission: 'contract:update', status: 200,
    input: z.object({ id: z.uuid(), shares: z.array(z.object({ userId: z.uuid(), percent: z.union([z.string(), z.number()]).transform(String).pipe(z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, '比例最多两位小数')) })).max(10) }),
    async run(ctx, { id, shares }) {
      await lock(ctx, ctx.entities.get('contract'), id, 'update')
      if (shares.length && !sumsToHundred(shares)) fail('COMMISSION_SHARES')
      if (new Set(shares.map(s => s.userId)).size < shares.length) fail('COMMISSION_TWICE')
      const sys = elevated(ctx, '分配提成'), entity = ctx.entities.get('commissionShare')
      for (const { id: old } of await ctx.query<{ id: string }>('select id from commission_share where tenant_id = $1 and contract_id = $2', [ctx.tenant.id, id])) await remove(sys, entity, old)
      for (const s of shares) await storeNew(sys, entity, { contractId: id, ...s })
      return { shares }
    },
  }),
]
