import { AppError, defineAction, elevated, fail, read, remove, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { unknownPlaces } from '../rules/personalise.ts'
import { endCampaign, pauseCampaign, resumeCampaign, startCampaign } from '../store/course.ts'
import { controlOrders, figuresOf } from '../store/figures.ts'
import { keepPlan, lockCampaign, planOf, refuseState, stepsOf, type CampaignRow } from '../store/plan.ts'

const ID = z.object({ id: z.uuid() })
/** What is left empty is not nought. */
const WHOLE = (empty: string, most: number) => z.preprocess(v => (typeof v === 'string' ? v.normalize('NFKC').trim() || undefined : v), z.coerce.number(empty).int('请填整数').min(0, '不小于 0').max(most, `不大于 ${most}`))
const STEP = z.object({
  kind: z.enum(['message', 'task']), channel: z.enum(['usual', 'sms', 'mail', 'wecom']).default('usual'), afterDays: WHOLE('请填天数', 365),
  onlyIf: z.enum(['always', 'noReply']).default('noReply'), subject: z.string().trim().max(100).nullish(), text: z.string('请写内容').trim().min(1, '请写内容').max(1000, '至多 1000 字'),
})
const PLAN = ID.extend({
  trigger: z.enum(['time', 'stage']), triggerStage: z.string().max(30).nullish(), segmentId: z.uuid().nullish(), controlPercent: WHOLE('请填百分数，不留对照组填 0', 50), seed: z.string().trim().min(1, '请写种子').max(40).optional(),
  purpose: z.enum(['marketing', 'service']), startAt: z.iso.datetime({ offset: true }).nullish(), offer: z.string().trim().max(200).nullish(), steps: z.array(STEP).max(20),
})

/** Steps that somebody is on their way through keep their places; who is past them is not sent back. */
async function keepSteps(ctx: Ctx, campaign: CampaignRow, steps: readonly z.infer<typeof STEP>[]): Promise<void> {
  const wrong = steps.flatMap((s, i) => unknownPlaces(`${s.subject ?? ''}${s.text}`).map(name => ({ field: `steps.${i}.text`, code: 'PLACE', message: name === '{{' ? '大括号没有写全' : `没有变量“${name}”` })))
  if (wrong.length) throw new AppError('INVALID', { summary: wrong.map(w => `第 ${Number(w.field.split('.')[1]) + 1} 步：${w.message}`).join('；'), fields: wrong })
  const sys = elevated(ctx, '活动步骤'), entity = ctx.entities.get('campaignStep'), before = await stepsOf(ctx, campaign.id)
  for (const [i, s] of steps.entries()) {
    const values = { kind: s.kind, channel: s.channel, afterDays: s.afterDays, onlyIf: s.onlyIf, subject: s.subject ?? null, text: s.text }
    if (before[i]) await storeChange(sys, entity, before[i].id, values)
    else await storeNew(sys, entity, { campaignId: campaign.id, position: i + 1, ...values })
  }
  for (const s of before.slice(steps.length)) await remove(sys, entity, s.id)
}

const move = (verb: string, label: [string, string], run: (ctx: Ctx, id: string) => Promise<unknown>) => defineAction({
  name: `${verb}Campaign`, label, method: 'POST', path: `/api/campaigns/:id/${verb}`, permission: 'campaign:run', status: 200, input: ID, async run(ctx, { id }) { return { id, ...((await run(ctx, id)) as object | undefined) } },
})

export const campaignActions = [
  defineAction({
    name: 'campaignPlan', label: ['活动方案', 'Campaign plan'], method: 'GET', path: '/api/campaigns/:id/plan', permission: 'campaign:read', readOnly: true, input: ID,
    async run(ctx, { id }) {
      await read(ctx, ctx.entities.get('campaign'), id)
      const plan = await planOf(ctx, id)
      const [segment] = plan?.segment_id ? await ctx.query<{ name: string }>('select name from segment where tenant_id = $1 and id = $2', [ctx.tenant.id, plan.segment_id]) : []
      return { plan: plan && { trigger: plan.trigger, triggerStage: plan.trigger_stage, segmentId: plan.segment_id, segment: segment?.name ?? null, controlPercent: plan.control_percent, seed: plan.seed, purpose: plan.purpose, startAt: plan.start_at, offer: plan.offer, frozenAt: plan.frozen_at, target: plan.frozen_target, control: plan.frozen_control }, steps: (await stepsOf(ctx, id)).map(s => ({ position: s.position, kind: s.kind, channel: s.channel, afterDays: s.after_days, onlyIf: s.only_if, subject: s.subject, text: s.text })) }
    },
  }),
  defineAction({
    name: 'saveCampaignPlan', label: ['保存活动方案', 'Save the plan'], method: 'POST', path: '/api/campaigns/:id/plan', permission: 'campaign:update', status: 200, input: PLAN,
    async run(ctx, { id, steps, ...p }) {
      const campaign = await lockCampaign(ctx, id), before = await planOf(ctx, id)
      if (campaign.state === 'running' || campaign.state === 'ended') refuseState(ctx, campaign, '修改方案，请先暂停')
      if (campaign.state !== 'draft' && before && (before.trigger !== p.trigger || before.segment_id !== (p.segmentId ?? null) || before.control_percent !== p.controlPercent)) fail('CAMPAIGN_FIXED')
      if (p.trigger === 'stage' && !p.triggerStage) fail('CAMPAIGN_STAGE')
      if (p.segmentId) await read(ctx, ctx.entities.get('segment'), p.segmentId)
      await keepPlan(ctx, id, { trigger: p.trigger, triggerStage: p.triggerStage ?? null, segmentId: p.segmentId ?? null, controlPercent: p.controlPercent, ...(p.seed ? { seed: p.seed } : {}), purpose: p.purpose, startAt: p.startAt ? new Date(p.startAt) : null, offer: p.offer ?? null })
      await keepSteps(ctx, campaign, steps)
      return { id }
    },
  }),
  move('start', ['开始活动', 'Start'], startCampaign), move('pause', ['暂停活动', 'Pause'], pauseCampaign), move('resume', ['继续活动', 'Resume'], resumeCampaign), move('end', ['结束活动', 'End'], endCampaign),
  defineAction({ name: 'campaignFigures', label: ['活动成效', 'Campaign figures'], method: 'GET', path: '/api/campaigns/:id/figures', permission: 'campaign:read', readOnly: true, input: ID, run: (ctx, { id }) => figuresOf(ctx, id) }),
  defineAction({ name: 'campaignControlOrders', label: ['对照组的订单', 'Orders of the control group'], method: 'GET', path: '/api/campaigns/:id/control-orders', permission: 'campaign:read', readOnly: true, input: ID, run: (ctx, { id }) => controlOrders(ctx, id) }),
]
