import { defineEntity, f, type Ctx } from '@quancheng/kernel'
import { closeAlarms, holdersAbove, raiseAlarm } from '@quancheng/process'
import { UNREACHABLE_AFTER } from '../rules/limits.ts'
import { ServiceRequest } from './service-request.ts'

/** One try to reach the customer. So many failures in a row raise an alarm; a success closes it (SP-08). */
export const ContactAttempt = defineEntity('contactAttempt', {
  label: ['通知记录', 'Contact attempt'],
  icon: 'phone',
  fields: {
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { required: true, onDelete: 'cascade' }),
    customerId: f.ref(['客户', 'Customer'], () => 'customer', { readOnly: true }),
    channel: f.choice(['方式', 'Channel'], { call: ['电话', 'Call'], sms: ['短信', 'SMS'], wecom: ['企业微信', 'WeCom'], mail: ['邮件', 'Mail'], dingtalk: ['钉钉', 'DingTalk'], feishu: ['飞书', 'Feishu'] }, { required: true }),
    succeeded: f.boolean(['已通知到', 'Reached'], { required: true }),
    note: f.text(['备注', 'Note'], { max: 200 }),
  },
  scope: { via: 'requestId' },
  display: ['channel'],
  list: ['createdAt', 'channel', 'succeeded', 'note', 'createdBy'],
  appendOnly: true,
  hooks: {
    async before(ctx, c) {
      // tries to reach one customer are counted one after the other
      const [r] = await ctx.query<{ customer_id: string | null }>('select customer_id from service_request where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, c.draft.requestId])
      c.draft.customerId = r?.customer_id ?? null
    },
    async after(ctx, c) {
      const requestId = String(c.row!.requestId)
      if (c.row!.succeeded) await closeAlarms(ctx, [requestId], ['unreachable'])
      else await countFailures(ctx, requestId)
    },
  },
})

async function countFailures(ctx: Ctx, requestId: string): Promise<void> {
  const [row] = await ctx.query<{ n: number }>(
    `select count(*)::int as n from contact_attempt where tenant_id = $1 and request_id = $2 and not succeeded
     and id > coalesce((select max(id::text)::uuid from contact_attempt where tenant_id = $1 and request_id = $2 and succeeded), '00000000-0000-0000-0000-000000000000')`, [ctx.tenant.id, requestId])
  if (row!.n < UNREACHABLE_AFTER) return
  const [r] = await ctx.query<{ number: string; unit_id: string; owner_id: string | null }>('select number, unit_id, owner_id from service_request where tenant_id = $1 and id = $2', [ctx.tenant.id, requestId])
  await raiseAlarm(ctx, {
    kind: 'unreachable', title: `${r!.number} 通知不到用户（${row!.n}次）`, entity: 'serviceRequest', recordId: requestId, stepKey: requestId, stage: null, unitId: r!.unit_id, ownerId: r!.owner_id,
    recipientIds: [...(r!.owner_id ? [r!.owner_id] : []), ...(await holdersAbove(ctx, r!.unit_id, 'stationManager'))], count: row!.n,
  })
}
