import { elevated, schedule, storeNew, unitAndAbove, unschedule, type Ctx } from '@quancheng/kernel'
import type { ChannelKind, NoticeEvent } from '../entities/kinds.ts'
import { maskAddress } from '../rules/mask.ts'
import { afterQuiet } from '../rules/quiet.ts'
import { pagePlace } from '../rules/template.ts'
import { choiceOf } from './choice.ts'
import { inForce } from './in-force.ts'
import { JOB_SEND } from './jobs.ts'
import { nearest } from './make.ts'

/** A message in words of the caller's own. `occasion`: told again, it is the same one. Pages of ours in the text are written with `pageLink`. */
export interface OwnWords { event: NoticeEvent; occasion: string; customerId: string; unitId: string | null; /** `usual`: the customer's choice, else telephone, else mail */ by: ChannelKind | 'usual'; subject: string | null; text: string; /** by mail: somebody at the customer's, instead of the address of the customer itself */ to?: string; /** by which of the ways the customer may be told: consent is asked by channel */ may?: (kind: ChannelKind) => Promise<boolean>; /** the text ends with the way out: the page where the customer says how, or that they do not want to be told */ wayOut?: boolean }

/** The place of a page (`/c/Ab3x`) in a text; it becomes the full address as the message leaves. */
export const pageLink = pagePlace

/** One message to one customer by one channel, through the same gate as all notices: quiet hours, limits, opting out, sent at most once. Answers its id, or why there is none. */
export async function tellInOwnWords(ctx: Ctx, o: OwnWords): Promise<{ id: string } | { no: 'off' | 'nowhere' | 'refused' }> {
  const { channels, quiet } = await inForce(ctx)
  const choice = await choiceOf(ctx, o.customerId)
  if (choice.off) return { no: 'off' }
  const [who] = await ctx.query<{ phone: string | null; mail: string | null; unit_id: string }>('select phone, mail, unit_id from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, o.customerId])
  const unitId = o.unitId ?? who?.unit_id ?? null, above = unitId ? await unitAndAbove(ctx, unitId) : []
  const wayOf = (kind: ChannelKind) => {
    const bot = kind !== 'sms' && kind !== 'mail'
    const channel = bot ? channels.find(c => c.id === choice.botId && c.kind === kind) : nearest(channels, kind, above), to = bot ? channel?.name : kind === 'sms' ? who?.phone : o.to ?? who?.mail
    return channel && to ? { channel, to } : null
  }
  const kinds: readonly ChannelKind[] = o.by === 'usual' ? (choice.channels?.length ? choice.channels : ['sms', 'mail']) : [o.by]
  const ways = kinds.flatMap(kind => wayOf(kind) ?? [])
  if (!ways.length) return { no: 'nowhere' }
  let way: (typeof ways)[number] | undefined
  for (const w of ways) if (!way && (!o.may || (await o.may(w.channel.kind)))) way = w
  if (!way) return { no: 'refused' }
  const key = `${o.event}/${o.occasion}/${o.customerId}/${way.channel.kind}`
  const [there] = await ctx.query<{ id: string }>('select id from customer_notice where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
  if (there) return { id: there.id }
  const dueAt = afterQuiet(ctx.now(), quiet, ctx.tenant.timeZone)
  const row = await storeNew(elevated(ctx, '通知客户'), ctx.entities.get('customerNotice'), {
    key, event: o.event, channel: way.channel.kind, channelId: way.channel.id, customerId: o.customerId, unitId, to: way.to, toShown: maskAddress(way.channel.kind, way.to), subject: way.channel.kind === 'mail' ? o.subject : null, text: o.wayOut ? `${o.text}\n不想再收到：${pageLink(`/n/${choice.token}`)}` : o.text, urgent: false, dueAt, state: 'waiting',
  })
  await schedule(ctx, { kind: JOB_SEND, key: row.id as string, dueAt, payload: { id: row.id } })
  return { id: row.id as string }
}

/** Those of them that have not left wait until they are released: somebody stopped what they belong to. */
export const holdNotices = (ctx: Ctx, ids: readonly string[]): Promise<unknown> => unschedule(ctx, [JOB_SEND], [...ids])
export async function releaseNotices(ctx: Ctx, ids: readonly string[]): Promise<void> {
  for (const { id } of await ctx.query<{ id: string }>("select id from customer_notice where tenant_id = $1 and id = any($2) and state = 'waiting'", [ctx.tenant.id, ids])) await schedule(ctx, { kind: JOB_SEND, key: id, dueAt: ctx.now(), payload: { id } })
}
