import { hasConsent, survivorOf } from '@quancheng/customers'
import type { Ctx } from '@quancheng/kernel'
import { tellInOwnWords } from '@quancheng/notices'
import type { CarePurpose } from '../rules/choices.ts'
import type { Due, Plan } from './care.ts'

type Told = Awaited<ReturnType<typeof tellInOwnWords>>
type ConsentChannel = NonNullable<Parameters<typeof hasConsent>[3]>
const CONSENT_OF: Readonly<Record<string, ConsentChannel>> = { sms: 'sms', mail: 'mail', wecom: 'wecom' }

/** Why a customer whose day it was got no message. */
export const WHY_NOT = { off: '客户不要通知', nowhere: '没有可用的渠道或地址', refused: '客户没有同意' } as const

/** A greeting goes to whoever agreed to marketing, word of a customer's own matter to whoever has not refused service messages. */
export async function mayTell(ctx: Ctx, customerId: string, purpose: CarePurpose, kind: string): Promise<boolean> {
  const channel = CONSENT_OF[kind] ?? 'any'
  if (purpose === 'marketing') return hasConsent(ctx, customerId, 'marketing', channel)
  const [last] = await ctx.query<{ given: string }>("select given from consent where tenant_id = $1 and customer_id = $2 and purpose = 'service' and channel in ('any', $3) order by at desc, id desc limit 1", [ctx.tenant.id, customerId, channel])
  return last?.given !== 'no'
}

/** The message of one plan to one customer on one occasion, through the gate of all notices: quiet hours, opting out, once. */
export const tellDue = (ctx: Ctx, plan: Plan, d: Due, text: string): Promise<Told> => tellInOwnWords(ctx, {
  event: 'care', occasion: `${plan.id}/${d.customerId}/${d.occasion}`, customerId: d.customerId, unitId: d.unitId, by: plan.by, subject: `${ctx.tenant.name}：${plan.name}`, text, may: kind => mayTell(ctx, d.customerId, plan.purpose, kind), wayOut: plan.purpose === 'marketing',
})

/** One that waited for the morning is not sent when its plan was stopped, or the customer has said no, in the meantime. */
export async function stillToGreet(ctx: Ctx, occasion: string): Promise<boolean> {
  const [planId, customerId, ...rest] = occasion.split('/') as [string, string, ...string[]]
  const [row] = await ctx.query<{ purpose: CarePurpose; channel: string; off: boolean }>(
    `select coalesce(p.purpose, 'marketing') as purpose, n.channel, coalesce(p.off, false) as off from care_act a join care_plan p on p.tenant_id = a.tenant_id and p.id = a.plan_id join customer_notice n on n.tenant_id = a.tenant_id and n.id = a.notice_id
     where a.tenant_id = $1 and a.plan_id = $2 and a.customer_id = $3 and a.occasion = $4`, [ctx.tenant.id, planId, await survivorOf(ctx, customerId), rest.join('/')])
  return row !== undefined && !row.off && mayTell(ctx, await survivorOf(ctx, customerId), row.purpose, row.channel)
}
