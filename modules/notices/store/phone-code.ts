import { elevated, schedule, storeNew, unitAndAbove, type Ctx } from '@quancheng/kernel'
import type { SmsNow } from '@quancheng/service'
import { maskAddress } from '../rules/mask.ts'
import { CODE_MASK, render } from '../rules/template.ts'
import { inForce, type ChannelRow, type TemplateRow } from './in-force.ts'
import { JOB_SEND } from './jobs.ts'
import { nearest } from './make.ts'

async function wayOf(ctx: Ctx, unitId: string): Promise<{ channel: ChannelRow; template: TemplateRow } | null> {
  const { channels, templates } = await inForce(ctx)
  const channel = nearest(channels, 'sms', await unitAndAbove(ctx, unitId)), template = templates.find(t => t.event === 'phoneCode' && t.family === 'sms')
  return channel && template ? { channel, template } : null
}

/**
 * The code by which a customer at the counter shows that a telephone is theirs (SP-22). It goes to that telephone whatever anybody chose, in quiet
 * hours too: they stand there and wait for it. It belongs to no customer and to no request, and its digits are nowhere in the row.
 */
export const phoneCodes: SmsNow = {
  async ready(ctx, unitId) {
    const way = await wayOf(ctx, unitId)
    return way ? (way.channel.settings?.driver === 'http' ? 'sends' : 'log') : null
  },
  async send(ctx, { to, unitId, occasion }) {
    const way = await wayOf(ctx, unitId)
    if (!way) return
    const [unit] = await ctx.query<{ name: string; phone: string | null }>('select name, phone from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, unitId])
    const row = await storeNew(elevated(ctx, '手机验证码'), ctx.entities.get('customerNotice'), {
      key: `phoneCode/${occasion}/${to}/sms`, event: 'phoneCode', channel: 'sms', channelId: way.channel.id, unitId, to, toShown: maskAddress('sms', to), urgent: true, dueAt: ctx.now(), templateVersion: way.template.version, state: 'waiting',
      text: render(way.template.text, { 验证码: CODE_MASK, 服务站: unit?.name ?? '', 站点电话: unit?.phone ?? '' }),
    })
    await schedule(ctx, { kind: JOB_SEND, key: row.id as string, dueAt: ctx.now(), payload: { id: row.id } })
  },
}
