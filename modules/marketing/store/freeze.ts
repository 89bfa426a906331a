import { fail, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { heldOut } from '../rules/control.ts'
import { keepPlan, type PlanRow } from './plan.ts'
import { compileRule } from './segment.ts'

/**
 * Fixes whom a campaign is for under the rights of who begins it. Who is held out follows from the seed alone: customers in the order of
 * the md5 of seed and id, the first so many (`heldOut`) of them. The same seed over the same customers gives the same groups.
 */
export async function freeze(ctx: Ctx, campaignId: string, plan: PlanRow): Promise<{ target: number; control: number }> {
  const [segment] = await ctx.query<{ rule: unknown }>('select rule from segment where tenant_id = $1 and id = $2', [ctx.tenant.id, plan.segment_id])
  if (!segment) return fail('CAMPAIGN_NO_SEGMENT')
  await sql`insert into campaign_audience (tenant_id, campaign_id, customer_id, rank, held_out) select t.tenant_id, ${campaignId}::uuid, t.id, row_number() over (order by md5(${plan.seed}::text || t.id::text), t.id), false from customer as t where ${compileRule(ctx, segment.rule)}`.execute(ctx.db)
  const [n] = await ctx.query<{ n: number }>('select count(*)::int as n from campaign_audience where tenant_id = $1 and campaign_id = $2', [ctx.tenant.id, campaignId])
  if (!n!.n) fail('CAMPAIGN_NOBODY')
  const control = heldOut(n!.n, plan.control_percent)
  if (control) await ctx.query('update campaign_audience set held_out = true where tenant_id = $1 and campaign_id = $2 and rank <= $3', [ctx.tenant.id, campaignId, control])
  const target = n!.n - control
  await keepPlan(ctx, campaignId, { frozenAt: ctx.now(), frozenTarget: target, frozenControl: control })
  return { target, control }
}
