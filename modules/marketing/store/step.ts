import { hasConsent, preferencesOf } from '@quancheng/customers'
import { elevated, storeNew, type Ctx } from '@quancheng/kernel'
import { pageLink, tellInOwnWords } from '@quancheng/notices'
import { personalise } from '../rules/personalise.ts'
import type { CampaignRow, PlanRow, StepRow } from './plan.ts'
import type { MemberRow } from './walk.ts'

type Channel = NonNullable<Parameters<typeof hasConsent>[3]>
const CONSENT_OF: Readonly<Record<string, Channel>> = { sms: 'sms', mail: 'mail', wecom: 'wecom', phone: 'phone' }

/** Marketing goes to whoever said yes; care about a customer's own matter to whoever has not said no (MK-08). */
export async function mayBeTold(ctx: Ctx, customerId: string, purpose: 'marketing' | 'service', kind: string): Promise<boolean> {
  if (purpose === 'marketing') return hasConsent(ctx, customerId, 'marketing', CONSENT_OF[kind] ?? 'any')
  const [last] = await ctx.query<{ given: string }>("select given from consent where tenant_id = $1 and customer_id = $2 and purpose = 'service' and channel in ('any', $3) order by at desc, id desc limit 1", [ctx.tenant.id, customerId, CONSENT_OF[kind] ?? 'any'])
  return last?.given !== 'no'
}

const WHY = { off: '客户不要通知', nowhere: '没有可用的渠道或地址', refused: '没有同意或已退订' } as const

/** What one step does for one member, written down under a key that exists once (member and step). `left`: the customer wants nothing more. */
export async function doStep(ctx: Ctx, campaign: CampaignRow, plan: PlanRow, step: StepRow, m: MemberRow): Promise<'done' | 'left'> {
  if ((await ctx.query('select 1 from campaign_send where tenant_id = $1 and member_id = $2 and position = $3', [ctx.tenant.id, m.id, step.position])).length) return 'done'
  const note = (values: Record<string, unknown>): Promise<unknown> => storeNew(elevated(ctx, '营销活动'), ctx.entities.get('campaignSend'), { campaignId: campaign.id, memberId: m.id, stepId: step.id, customerId: m.customer_id, position: step.position, kind: step.kind, outcome: 'made', at: ctx.now(), ...values })
  const [who] = await ctx.query<{ name: string; owner: string | null }>('select c.name, u.name as owner from customer c left join "user" u on u.tenant_id = c.tenant_id and u.id = c.owner_id where c.tenant_id = $1 and c.id = $2', [ctx.tenant.id, m.customer_id])
  const person = { name: who?.name ?? '', owner: who?.owner ?? null, offer: plan.offer, preferences: await preferencesOf(ctx, m.customer_id) }
  if (step.kind === 'task') {
    const ownerId = m.owner_id ?? campaign.owner_id
    if (!ownerId) { await note({ outcome: 'skipped', reason: '客户和活动都没有负责人' }); return 'done' }
    if (!(await mayBeTold(ctx, m.customer_id, plan.purpose, 'phone'))) { await note({ outcome: 'skipped', reason: WHY.refused }); return 'left' }
    const made = await storeNew(elevated(ctx, '营销活动'), ctx.entities.get('engagement'), { kind: 'call', state: 'planned', customerId: m.customer_id, ownerId, unitId: m.unit_id ?? campaign.unit_id, at: ctx.now(), subject: personalise(step.subject || step.text, person).slice(0, 100), nextStep: null, result: null })
    await note({ engagementId: made.id })
    return 'done'
  }
  const page = pageLink(`/c/${m.token}`)
  // whoever wrote no way out gets one all the same
  const text = personalise(step.text, person, { 链接: page, 退订: page }) + (step.text.includes('{{退订}}') ? '' : `\n${step.text.includes('{{链接}}') ? '不想再收到：同一链接' : `查看或退订：${page}`}`)
  const told = await tellInOwnWords(ctx, { event: 'campaign', occasion: `${m.id}/${step.position}`, customerId: m.customer_id, unitId: m.unit_id, by: step.channel, subject: personalise(step.subject || campaign.name, person), text, may: kind => mayBeTold(ctx, m.customer_id, plan.purpose, kind) })
  if ('id' in told) { await note({ noticeId: told.id }); return 'done' }
  await note({ outcome: 'skipped', reason: WHY[told.no] })
  return told.no === 'nowhere' ? 'done' : 'left'
}

/** A message that waited (for the morning, for its turn) is not sent once the campaign is over or the customer has said no. */
export async function stillToTell(ctx: Ctx, occasion: string): Promise<boolean> {
  const [row] = await ctx.query<{ state: string; left: boolean; customer_id: string; purpose: 'marketing' | 'service'; channel: string }>(
    `select c.state, m.state = 'left' as left, m.customer_id, p.purpose, n.channel from campaign_member m join campaign c on c.tenant_id = m.tenant_id and c.id = m.campaign_id join campaign_plan p on p.tenant_id = c.tenant_id and p.campaign_id = c.id
     left join campaign_send s on s.tenant_id = m.tenant_id and s.member_id = m.id and s.position = $3 left join customer_notice n on n.tenant_id = s.tenant_id and n.id = s.notice_id where m.tenant_id = $1 and m.id = $2`, [ctx.tenant.id, occasion.split('/')[0], Number(occasion.split('/')[1])])
  return row !== undefined && row.state !== 'ended' && !row.left && mayBeTold(ctx, row.customer_id, row.purpose, row.channel)
}
