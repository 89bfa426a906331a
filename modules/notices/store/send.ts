import { elevated, isElsewhere, newId, schedule, storeChange, storeNew, systemAct, unschedule, type Ctx, type Runtime } from '@quancheng/kernel'
import { holdersAbove, raiseAlarm } from '@quancheng/process'
import { makePhoneCode } from '@quancheng/service'
import { DRIVERS, type Message, type Sent, type Way } from '../drivers/index.ts'
import { STILL_TRUE, type ChannelKind, type NoticeEvent } from '../entities/kinds.ts'
import { afterQuiet } from '../rules/quiet.ts'
import { LIMITS, WINDOW_SECONDS, whenFree } from '../rules/rate.ts'
import { fillCode, fillLinks, fillPages, hasLink } from '../rules/template.ts'
import { atWork } from './at-work.ts'
import { choiceOf } from './choice.ts'
import { inForce } from './in-force.ts'
import { JOB_LOST, JOB_SEND } from './jobs.ts'
import { aboutRequest, addressOf, linksOf } from './make.ts'
import { secretOf } from './secrets.ts'
import { occasionOf, stillSo } from './still.ts'

export interface NoticeRow { id: string; key: string; state: string; event: NoticeEvent; channel: ChannelKind; channel_id: string | null; request_id: string | null; customer_id: string | null; unit_id: string | null; to: string; subject: string | null; text: string; urgent: boolean; attempts: number }

export const MAX_TRIES = 6
/** Seconds until the next try: half a minute, two, eight, half an hour, two hours. */
export const tryAgainSeconds = (attempts: number): number => 30 * 4 ** (attempts - 1)
/** After so long a message of which nothing was heard is nobody's any more: longer than any driver waits. */
const LOST_SECONDS = 300

export const lockNotice = async (ctx: Ctx, id: string): Promise<NoticeRow | undefined> => (await ctx.query<NoticeRow & Record<string, unknown>>('select id, key, state, event, channel, channel_id, request_id, customer_id, unit_id, "to", subject, text, urgent, attempts from customer_notice where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id]))[0]
export const change = (ctx: Ctx, id: string, values: Record<string, unknown>): Promise<unknown> => storeChange(elevated(ctx, '通知客户'), ctx.entities.get('customerNotice'), id, values)

/**
 * The job of one notice. It sends nothing itself: it writes that the notice is leaving, and after that is committed the message goes, outside any
 * transaction. So it leaves at most once, whatever dies when.
 */
export async function sendJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const n = await lockNotice(ctx, String(payload.id))
  if (n?.state !== 'waiting' || (await isElsewhere(ctx, n.unit_id))) return
  const { channels, quiet, baseUrl } = await inForce(ctx)
  const later = (dueAt: Date): Promise<void> => change(ctx, n.id, { dueAt }).then(() => schedule(ctx, { kind: JOB_SEND, key: n.id, dueAt, payload: { id: n.id } }))
  const calm = n.urgent ? ctx.now() : afterQuiet(ctx.now(), quiet, ctx.tenant.timeZone)
  if (calm > ctx.now()) return later(calm)
  const reason = await pointless(ctx, n)
  if (reason) { await change(ctx, n.id, { state: 'dropped', dueAt: null, error: reason }); return }
  const channel = channels.find(c => c.id === n.channel_id)
  if (!channel) { await failed(ctx, n, '渠道已停用或删除', n.attempts); return }
  const text = await withLinks(ctx, n, baseUrl)
  // not the customer's fault: it does not count as a try to reach them
  if (text === null) { await change(ctx, n.id, { state: 'failed', dueAt: null, error: '没有设置“客户打开的网址”，通知里的链接打不开；设置以后再发' }); return }
  const free = await turnOf(ctx, channel.id, channel.kind)
  if (free > ctx.now()) return later(free)
  const way: Way = { settings: channel.settings ?? {}, secret: await secretOf(ctx, channel.id) }
  // the digits are made now and go out with the message; what is kept of it says ●●●●●●
  const code = n.event === 'phoneCode' ? await makePhoneCode(ctx, occasionOf(n.key)) : null
  const message: Message = { id: n.id, to: n.to, subject: n.subject, text: code ? fillCode(text, code) : text, ...(code ? { code } : {}) }
  await change(ctx, n.id, { state: 'sending', attempts: n.attempts + 1, dueAt: null, error: null, ...(text === n.text ? {} : { text }) })
  await schedule(ctx, { kind: JOB_LOST, key: n.id, dueAt: new Date(ctx.now().getTime() + LOST_SECONDS * 1000), payload: { id: n.id } })
  const { runtime, tenant } = ctx
  ctx.afterCommit(() => atWork(runtime).begin(n.id, () => fly(runtime, tenant.id, channel.kind, message, way)))
}

/** The text as it leaves; null: it names a page whose address nobody has set. */
async function withLinks(ctx: Ctx, n: NoticeRow, baseUrl: string): Promise<string | null> {
  if (!hasLink(n.text)) return n.text
  if (!baseUrl) return null
  const text = fillPages(n.text, page => addressOf(ctx, baseUrl, page))
  if (!hasLink(text)) return text
  const about = n.request_id ? await aboutRequest(ctx, n.request_id) : null
  return about && n.customer_id ? fillLinks(text, linksOf(ctx, about, await choiceOf(ctx, n.customer_id), baseUrl)) : null
}

async function fly(runtime: Runtime, tenantId: string, kind: ChannelKind, message: Message, way: Way): Promise<void> {
  let sent: Sent
  try { sent = await DRIVERS[kind](message, way, { now: runtime.now(), log: runtime.log }) } catch (error) { sent = { state: 'unknown', reason: (error as Error).message.slice(0, 300) } }
  await systemAct(runtime, tenantId, '通知客户', ctx => settle(ctx, message.id, sent))
}

/** What came of it. An answer that comes late is still true. */
export async function settle(ctx: Ctx, id: string, sent: Sent): Promise<void> {
  const n = await lockNotice(ctx, id)
  if (!n || (n.state !== 'sending' && n.state !== 'unknown')) return
  await unschedule(ctx, [JOB_LOST], [id])
  if (sent.state === 'sent') { await change(ctx, id, { state: 'sent', sentAt: ctx.now(), providerId: sent.providerId ?? null, error: null }); return }
  if (sent.state === 'unknown') return doubt(ctx, n, sent.reason)
  if (sent.state === 'failed' || n.attempts >= MAX_TRIES) return failed(ctx, n, sent.reason, n.attempts)
  const dueAt = new Date(ctx.now().getTime() + Math.max(sent.afterSeconds ?? 0, tryAgainSeconds(n.attempts)) * 1000)
  await change(ctx, id, { state: 'waiting', dueAt, error: sent.reason })
  await schedule(ctx, { kind: JOB_SEND, key: id, dueAt, payload: { id } })
}

/** Nothing was heard of it: the program died between sending and noting, or the answer got lost. Nobody sends it again by itself. */
export async function lostJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const id = String(payload.id)
  const n = await lockNotice(ctx, id)
  if (n?.state !== 'sending' || (await isElsewhere(ctx, n.unit_id))) return
  if (atWork(ctx.runtime).has(id)) return schedule(ctx, { kind: JOB_LOST, key: id, dueAt: new Date(ctx.now().getTime() + LOST_SECONDS * 1000), payload })
  await doubt(ctx, n, '程序中断，不知道发出没有')
}

async function doubt(ctx: Ctx, n: NoticeRow, reason: string): Promise<void> {
  await change(ctx, n.id, { state: 'unknown', error: reason })
  for (const personId of await holdersAbove(ctx, n.unit_id, 'stationManager'))
    await raiseAlarm(ctx, { kind: 'notice', title: '一条客户通知不知道发出没有，请核对后决定是否再发', entity: 'customerNotice', recordId: n.id, stepKey: `${n.id}/${personId.slice(-12)}`, stage: null, unitId: null, ownerId: personId, recipientIds: [personId] })
}

/** It counts as one failed try to reach the customer (SP-08). */
async function failed(ctx: Ctx, n: NoticeRow, reason: string, attempts: number): Promise<void> {
  await change(ctx, n.id, { state: 'failed', dueAt: null, attempts, error: reason })
  if (!n.request_id) return
  const [ended] = await ctx.query<{ ended_at: Date | null }>('select ended_at from service_request where tenant_id = $1 and id = $2', [ctx.tenant.id, n.request_id])
  if (ended && !ended.ended_at) await storeNew(elevated(ctx, '通知客户'), ctx.entities.get('contactAttempt'), { requestId: n.request_id, channel: n.channel, succeeded: false, note: reason.slice(0, 200) })
}

/** Why it need not be sent any more; null: it still should. */
async function pointless(ctx: Ctx, n: NoticeRow): Promise<string | null> {
  if (n.customer_id && (await ctx.query('select 1 from notice_choice where tenant_id = $1 and customer_id = $2 and off', [ctx.tenant.id, n.customer_id])).length) return '客户不要通知'
  if (!(await stillSo(ctx, n))) return '已经过时'
  const stages = STILL_TRUE[n.event]
  if (!stages || !n.request_id) return null
  const [r] = await ctx.query<{ stage: string }>('select stage from service_request where tenant_id = $1 and id = $2', [ctx.tenant.id, n.request_id])
  return r && stages.includes(r.stage) ? null : '已经过时'
}

/** When this channel is free; its turn is taken with the answer "now". The lock makes several programs take turns. */
async function turnOf(ctx: Ctx, channelId: string, kind: ChannelKind): Promise<Date> {
  const limits = LIMITS[kind], now = ctx.now()
  if (!limits.length) return now
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`notice-turn/${channelId}`])
  const since = new Date(now.getTime() - WINDOW_SECONDS * 1000)
  const left = await ctx.query<{ at: Date }>('select at from notice_try where tenant_id = $1 and channel_id = $2 and at > $3', [ctx.tenant.id, channelId, since])
  const free = whenFree(left.map(r => r.at), now, limits)
  if (free > now) return free
  ctx.send('delete from notice_try where tenant_id = $1 and channel_id = $2 and at <= $3', [ctx.tenant.id, channelId, since])
  ctx.send('insert into notice_try (tenant_id, channel_id, id, at) values ($1, $2, $3, $4)', [ctx.tenant.id, channelId, newId(), now])
  return now
}
