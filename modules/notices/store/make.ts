import { elevated, isElsewhere, schedule, storeNew, unitAndAbove, type Ctx } from '@quancheng/kernel'
import { familyOf, type ChannelKind, type NoticeEvent } from '../entities/kinds.ts'
import { maskAddress } from '../rules/mask.ts'
import { afterQuiet } from '../rules/quiet.ts'
import { pagePlace, render, type VariableName } from '../rules/template.ts'
import { choiceOf, guestChoice, type Choice } from './choice.ts'
import { inForce, type ChannelRow } from './in-force.ts'
import { JOB_SEND } from './jobs.ts'

export interface About { id: string; number: string; stage: string; phone: string | null; model: string | null; customer_id: string | null; customer: string | null; mail: string | null; customer_phone: string | null; unit_id: string; track_token: string; station: string; station_phone: string | null }

export const aboutRequest = async (ctx: Ctx, requestId: string): Promise<About | null> => (await ctx.query<About & Record<string, unknown>>(
  `select t.id, t.number, t.stage, t.phone, t.model, t.customer_id, t.customer_name as customer, c.mail, c.phone as customer_phone, t.unit_id, t.track_token, u.name as station, u.phone as station_phone
   from service_request t join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id left join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id where t.tenant_id = $1 and t.id = $2`, [ctx.tenant.id, requestId]))[0] ?? null

export interface Telling { event: NoticeEvent; /** what happened, the same whenever it is told again */ occasion: string; values?: Partial<Record<VariableName, string>>; /** where 链接 leads, such as `/b/Ab3xYz`; without one: to the request */ page?: string; /** somebody who is in no list of ours is told too, by the telephone they left */ guests?: boolean }

/** Whether anybody can be told of an event: notices are installed, and there is a channel and a text. */
export const tellsOf = async (ctx: Ctx, event: NoticeEvent): Promise<boolean> => ctx.entities.find('noticeTemplate') !== undefined && (await inForce(ctx)).templates.some(t => t.event === event)

/**
 * Writes the notices of one event: one row for each channel that the customer chose, each with a key of event, occasion, customer and channel that
 * exists once. Told of the same event again, nothing is added. Answers how many are new.
 */
export async function makeNotices(ctx: Ctx, about: Omit<About, 'id'> & { id: string | null }, t: Telling): Promise<number> {
  // its station tells its customer
  if (await isElsewhere(ctx, about.unit_id)) return 0
  const { channels, templates, quiet, baseUrl } = await inForce(ctx)
  if (!templates.some(x => x.event === t.event)) return 0
  // whoever took a number and was not registered yet is standing at the counter
  const choice = about.customer_id ? await choiceOf(ctx, about.customer_id) : t.guests && about.phone ? await guestChoice(ctx, about.phone) : null
  if (!choice || choice.off) return 0
  const above = await unitAndAbove(ctx, about.unit_id)
  let made = 0
  for (const { channel, to } of waysTo(about, choice, channels, above)) {
    const template = templates.find(x => x.event === t.event && x.family === familyOf(channel.kind))
    if (!template) continue
    const key = `${t.event}/${t.occasion}/${about.customer_id ?? to}/${channel.kind}`
    if ((await ctx.query('select 1 from customer_notice where tenant_id = $1 and key = $2', [ctx.tenant.id, key])).length) continue
    const values = { ...valuesOf(ctx, about, choice, baseUrl, t.page), ...t.values }
    const dueAt = template.urgent ? ctx.now() : afterQuiet(ctx.now(), quiet, ctx.tenant.timeZone)
    const row = await storeNew(elevated(ctx, '通知客户'), ctx.entities.get('customerNotice'), {
      key, event: t.event, channel: channel.kind, channelId: channel.id, requestId: about.id, customerId: about.customer_id, unitId: about.unit_id, to, toShown: maskAddress(channel.kind, to),
      subject: template.subject ? render(template.subject, values) : null, text: render(template.text, values), urgent: template.urgent, dueAt, templateVersion: template.version, state: 'waiting',
    })
    await schedule(ctx, { kind: JOB_SEND, key: row.id as string, dueAt, payload: { id: row.id } })
    made++
  }
  return made
}

/** The nearest channel of a kind: the station's own before the region's before everybody's. */
export const nearest = (channels: readonly ChannelRow[], kind: ChannelKind, above: readonly string[]): ChannelRow | undefined =>
  channels.filter(c => c.kind === kind && (c.unitId === null || above.includes(c.unitId))).toSorted((a, b) => distance(a, above) - distance(b, above))[0]
const distance = (c: ChannelRow, above: readonly string[]): number => (c.unitId === null ? above.length : above.indexOf(c.unitId))

function waysTo(about: Omit<About, 'id'>, choice: Choice, channels: readonly ChannelRow[], above: readonly string[]): Array<{ channel: ChannelRow; to: string }> {
  const phone = about.phone ?? about.customer_phone
  const addressOf = (kind: ChannelKind): { channel: ChannelRow; to: string } | null => {
    if (kind !== 'sms' && kind !== 'mail') {
      const bot = channels.find(c => c.id === choice.botId && c.kind === kind)
      return bot ? { channel: bot, to: bot.name } : null
    }
    const channel = nearest(channels, kind, above), to = kind === 'sms' ? phone : about.mail
    return channel && to ? { channel, to } : null
  }
  const chosen = choice.channels?.length ? choice.channels : null
  if (chosen) return chosen.flatMap(kind => addressOf(kind) ?? [])
  const usual = addressOf('sms') ?? addressOf('mail')
  return usual ? [usual] : []
}

const STAGE_NAME = (ctx: Ctx, stage: string): string => ctx.entities.get('serviceRequest').fields.get('stage')?.options?.find(o => o.value === stage)?.label[0] ?? stage

function valuesOf(ctx: Ctx, about: Omit<About, 'id'>, choice: Choice, baseUrl: string, page?: string): Partial<Record<VariableName, string>> {
  return {
    请求号: about.number, 客户: about.customer ?? '', 设备: about.model ?? '', 服务站: about.station, 站点电话: about.station_phone ?? '', 环节: STAGE_NAME(ctx, about.stage),
    ...linksOf(ctx, about, choice, baseUrl, page),
  }
}

export const addressOf = (ctx: Ctx, baseUrl: string, page: string): string => `${baseUrl}${page}${ctx.tenant.no === 1 ? '' : `?tenant=${ctx.tenant.code}`}`

/** The customer's pages. While nobody has said under which address they are, the places stay as they are: filled in before the message leaves. */
export function linksOf(ctx: Ctx, about: Pick<About, 'track_token'>, choice: Pick<Choice, 'token'>, baseUrl: string, page?: string): { 链接: string; 退订链接: string } {
  const off = choice.token ? `/n/${choice.token}` : null
  if (!baseUrl) return { 链接: page ? pagePlace(page) : '{链接}', 退订链接: off ? '{退订链接}' : '' }
  return { 链接: addressOf(ctx, baseUrl, page ?? `/p/${about.track_token}`), 退订链接: off ? addressOf(ctx, baseUrl, off) : '' }
}
