import { fail, type Ctx } from '@quancheng/kernel'
import { holdNotices, releaseNotices } from '@quancheng/notices'
import { unknownPlaces } from '../rules/personalise.ts'
import { freeze } from './freeze.ts'
import { keepPlan, lockCampaign, planOf, refuseState, stepsOf, toState } from './plan.ts'
import { todayOf } from './today.ts'
import { walkSoon } from './walk.ts'

/** Begins a campaign: its audience is fixed now, its first step goes out when it is due. */
export async function startCampaign(ctx: Ctx, id: string): Promise<{ target: number; control: number }> {
  const campaign = await lockCampaign(ctx, id)
  if (campaign.state !== 'draft') refuseState(ctx, campaign, '开始')
  const steps = await stepsOf(ctx, id), plan = (await planOf(ctx, id)) ?? fail('CAMPAIGN_NO_SEGMENT')
  if (!steps.length) fail('CAMPAIGN_NO_STEPS')
  for (const s of steps) { const names = unknownPlaces(`${s.subject ?? ''}${s.text}`); if (names.length) fail('CAMPAIGN_TEXT', { n: s.position, names: names.join('、') }) }
  if (plan.trigger === 'stage' && !plan.trigger_stage) fail('CAMPAIGN_STAGE')
  const sides = plan.trigger === 'time' ? await freeze(ctx, id, plan) : { target: 0, control: 0 }
  await keepPlan(ctx, id, { live: true })
  await toState(ctx, id, { state: 'running', ...(campaign.starts_on ? {} : { startsOn: todayOf(ctx) }) }, 'start')
  await walkSoon(ctx, id)
  return sides
}

/** What has not left yet; held and released with the campaign. */
const notLeft = async (ctx: Ctx, id: string): Promise<string[]> => (await ctx.query<{ id: string }>("select n.id from campaign_send s join customer_notice n on n.tenant_id = s.tenant_id and n.id = s.notice_id where s.tenant_id = $1 and s.campaign_id = $2 and n.state = 'waiting'", [ctx.tenant.id, id])).map(r => r.id)

export async function pauseCampaign(ctx: Ctx, id: string): Promise<void> {
  const campaign = await lockCampaign(ctx, id)
  if (campaign.state !== 'running') refuseState(ctx, campaign, '暂停')
  await keepPlan(ctx, id, { live: false })
  await toState(ctx, id, { state: 'paused' }, 'pause')
  await holdNotices(ctx, await notLeft(ctx, id))
}

export async function resumeCampaign(ctx: Ctx, id: string): Promise<void> {
  const campaign = await lockCampaign(ctx, id)
  if (campaign.state !== 'paused') refuseState(ctx, campaign, '继续')
  await keepPlan(ctx, id, { live: true })
  await toState(ctx, id, { state: 'running' }, 'resume')
  await releaseNotices(ctx, await notLeft(ctx, id))
  await walkSoon(ctx, id)
}

export async function endCampaign(ctx: Ctx, id: string): Promise<void> {
  const campaign = await lockCampaign(ctx, id)
  if (campaign.state !== 'running' && campaign.state !== 'paused') refuseState(ctx, campaign, '结束')
  const today = todayOf(ctx)
  await keepPlan(ctx, id, { live: false })
  await toState(ctx, id, { state: 'ended', ...(campaign.ends_on && campaign.ends_on < today ? {} : { endsOn: today }) }, 'end')
  // what was held goes to its end: it finds the campaign over, and is dropped
  await releaseNotices(ctx, await notLeft(ctx, id))
}
