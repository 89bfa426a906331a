import { elevated, fail, lock, pick, storeChange, storeNew, type Ctx } from '@quancheng/kernel'

export interface PlanRow { id: string; campaign_id: string; trigger: 'time' | 'stage'; trigger_stage: string | null; segment_id: string | null; control_percent: number; seed: string; purpose: 'marketing' | 'service'; start_at: Date | null; offer: string | null; frozen_at: Date | null; frozen_target: number | null; frozen_control: number | null }
export interface StepRow { id: string; position: number; kind: 'message' | 'task'; channel: 'usual' | 'sms' | 'mail' | 'wecom'; after_days: number; only_if: 'always' | 'noReply'; subject: string | null; text: string }
export interface CampaignRow { id: string; code: string; name: string; state: string; unit_id: string; owner_id: string | null; starts_on: string | null; ends_on: string | null }

export const planOf = async (ctx: Ctx, campaignId: string): Promise<PlanRow | null> => (await ctx.query<PlanRow & Record<string, unknown>>('select * from campaign_plan where tenant_id = $1 and campaign_id = $2', [ctx.tenant.id, campaignId]))[0] ?? null
export const stepsOf = (ctx: Ctx, campaignId: string): Promise<StepRow[]> => ctx.query<StepRow & Record<string, unknown>>('select id, position, kind, channel, after_days, only_if, subject, text from campaign_step where tenant_id = $1 and campaign_id = $2 order by position', [ctx.tenant.id, campaignId])
export const campaignOf = async (ctx: Ctx, id: string): Promise<CampaignRow | null> => (await ctx.query<CampaignRow & Record<string, unknown>>('select id, code, name, state, unit_id, owner_id, starts_on::text, ends_on::text from campaign where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))[0] ?? null

/** The campaign, locked for the caller who may change it. */
export async function lockCampaign(ctx: Ctx, id: string): Promise<CampaignRow> {
  await lock(ctx, ctx.entities.get('campaign'), id, 'update')
  return (await campaignOf(ctx, id))!
}

export const stateName = (ctx: Ctx, state: string): string => pick(ctx.entities.get('campaign').fields.get('state')!.options!.find(o => o.value === state)!.label, ctx.locale)
export const refuseState = (ctx: Ctx, c: CampaignRow, act: string): never => fail('CAMPAIGN_STATE', { state: stateName(ctx, c.state), act })
export const toState = (ctx: Ctx, id: string, values: Record<string, unknown>, act: string): Promise<unknown> => storeChange(elevated(ctx, '营销活动'), ctx.entities.get('campaign'), id, values, { act })

/** Writes the plan of a campaign; there is one. */
export async function keepPlan(ctx: Ctx, campaignId: string, values: Record<string, unknown>): Promise<void> {
  const sys = elevated(ctx, '活动方案'), entity = ctx.entities.get('campaignPlan'), before = await planOf(ctx, campaignId)
  if (before) await storeChange(sys, entity, before.id, values)
  else await storeNew(sys, entity, { campaignId, seed: campaignId.slice(-12), ...values })
}
