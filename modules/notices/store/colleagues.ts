import { elevated, isElsewhere, schedule, storeNew, unitAndAbove, type Ctx } from '@quancheng/kernel'
import { maskAddress } from '../rules/mask.ts'
import { inForce, type ChannelRow } from './in-force.ts'
import { JOB_SEND } from './jobs.ts'

/** `key` names the occasion: told again, nothing is added. */
export interface ToColleagues { key: string; unitId: string | null; /** page of the product */ path: string; subject: string; text: string; people: ReadonlyArray<{ id: string; mail: string | null }> }

/**
 * What colleagues are told outside the product: one message by the group bot nearest to the unit, and a mail to each who has an address where there is a
 * mail channel. Working hours are the company's own: no quiet hours here.
 */
export async function tellColleagues(ctx: Ctx, t: ToColleagues): Promise<number> {
  const { channels, baseUrl } = await inForce(ctx)
  const above = t.unitId ? await unitAndAbove(ctx, t.unitId) : []
  const nearest = (kinds: readonly string[]): ChannelRow | undefined => channels.filter(c => kinds.includes(c.kind) && (c.unitId === null || above.includes(c.unitId)))
    .toSorted((a, b) => (a.unitId ? above.indexOf(a.unitId) : above.length) - (b.unitId ? above.indexOf(b.unitId) : above.length))[0]
  const tenant = ctx.tenant.no === 1 ? '' : `?tenant=${ctx.tenant.code}`
  const text = baseUrl ? `${t.text} ${baseUrl}${t.path}${tenant}` : t.text
  const bot = nearest(['wecom', 'dingtalk', 'feishu']), mail = nearest(['mail'])
  const ways = [...(bot ? [{ channel: bot, to: bot.name, key: `${t.key}/${bot.kind}` }] : []), ...(mail ? t.people.flatMap(p => (p.mail ? [{ channel: mail, to: p.mail, key: `${t.key}/mail/${p.id}` }] : [])) : [])]
  // named at head office: its own message goes out from here, and belongs to no station
  const unitId = (await isElsewhere(ctx, t.unitId)) ? null : t.unitId
  let made = 0
  for (const { channel, to, key } of ways) {
    if ((await ctx.query('select 1 from customer_notice where tenant_id = $1 and key = $2', [ctx.tenant.id, key])).length) continue
    const row = await storeNew(elevated(ctx, '通知同事'), ctx.entities.get('customerNotice'), { key, event: 'mention', channel: channel.kind, channelId: channel.id, unitId, to, toShown: maskAddress(channel.kind, to), subject: channel.kind === 'mail' ? t.subject : null, text, urgent: true, dueAt: ctx.now(), state: 'waiting' })
    await schedule(ctx, { kind: JOB_SEND, key: row.id as string, dueAt: ctx.now(), payload: { id: row.id } })
    made++
  }
  return made
}
