import { defineAction, elevated, fail, lock, newId, pick, schedule, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { BOT_HOSTS, isBot, readWebhook, type BotKind } from '../drivers/bots.ts'
import { listedHost, requireHost } from '../drivers/hosts.ts'
import { CHANNEL_KINDS, CHANNELS, type ChannelKind } from '../entities/kinds.ts'
import { maskAddress } from '../rules/mask.ts'
import { inForce } from '../store/in-force.ts'
import { JOB_SEND } from '../store/jobs.ts'
import { keepSecret, secretsSet } from '../store/secrets.ts'

const TEXT = z.string().trim().max(300)
const SAVE = z.object({
  id: z.uuid().optional(), kind: z.enum(CHANNEL_KINDS as [ChannelKind, ...ChannelKind[]]), name: z.string().trim().min(1).max(60), unitId: z.uuid().nullish(), off: z.boolean().optional(),
  host: TEXT.optional(), port: z.coerce.number().int().min(1).max(65_535).optional(), secure: z.enum(['tls', 'starttls', 'none']).optional(), user: TEXT.optional(), from: TEXT.optional(), password: z.string().max(300).optional(),
  driver: z.enum(['log', 'http']).optional(), url: TEXT.optional(), sign: TEXT.optional(), key: z.string().max(300).optional(),
  webhook: z.string().trim().max(600).optional(), signSecret: z.string().trim().max(300).optional(),
})
type Save = z.infer<typeof SAVE>
interface Parts { settings: Record<string, unknown>; secret: Record<string, string> }

const need = (value: string | number | undefined, field: string, name: keyof Save): string | number => (value === undefined || value === '' ? fail('NOTICE_CHANNEL', { field, name }) : value)

/** What is to be seen and what is not, of one kind of channel. A secret that is not given stays as it is. */
function partsOf(c: Save, before: Record<string, unknown> | null): Parts {
  if (c.kind === 'mail') {
    const settings = { host: need(c.host, '服务器', 'host'), port: need(c.port, '端口', 'port'), secure: c.secure ?? 'tls', from: need(c.from, '发件人', 'from'), ...(c.user ? { user: c.user } : {}) }
    requireHost(String(settings.host), Number(settings.port))
    return { settings, secret: c.password ? { password: c.password } : {} }
  }
  if (c.kind === 'sms') {
    if ((c.driver ?? 'log') === 'log') return { settings: { driver: 'log' }, secret: {} }
    const url = URL.canParse(String(c.url)) ? new URL(String(c.url)) : fail('NOTICE_CHANNEL', { field: '网关地址', name: 'url' })
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    if (url.username || url.password || (url.protocol !== 'https:' && !listedHost(url.hostname, port))) fail('NOTICE_CHANNEL', { field: '网关地址（须是 https，不带用户名）', name: 'url' })
    requireHost(url.hostname, port)
    return { settings: { driver: 'http', url: url.href, ...(c.sign ? { sign: c.sign } : {}) }, secret: c.key ? { key: c.key } : {} }
  }
  return botParts(c, c.kind, before)
}

function botParts(c: Save, kind: BotKind, before: Record<string, unknown> | null): Parts {
  const sign: Record<string, string> = c.signSecret ? { sign: c.signSecret } : {}
  if (!c.webhook) return before ? { settings: before, secret: sign } : fail('NOTICE_CHANNEL', { field: '机器人地址', name: 'webhook' })
  const read = readWebhook(kind, c.webhook) ?? fail('NOTICE_WEBHOOK')
  const own = listedHost(read.host, read.port)
  if (!own && !(BOT_HOSTS[kind] as readonly string[]).includes(read.host)) fail('NOTICE_BOT_HOST', { host: read.host, kind: CHANNELS[kind][0] })
  if (!own && read.origin !== `https://${read.host}`) fail('NOTICE_WEBHOOK')
  return { settings: { origin: read.origin }, secret: { ...read.secret, ...sign } }
}

interface Kept { id: string; kind: ChannelKind; name: string; unitId: string | null; unitName: string | null; off: boolean; settings: Record<string, unknown> | null }
const channels = (ctx: Ctx): Promise<Kept[]> => ctx.query<Kept & Record<string, unknown>>('select c.id, c.kind, c.name, c.unit_id as "unitId", u.name as "unitName", coalesce(c.off, false) as off, c.settings from notice_channel c left join unit u on u.tenant_id = c.tenant_id and u.id = c.unit_id where c.tenant_id = $1 order by c.created_at, c.id', [ctx.tenant.id])

export const channelActions = [
  defineAction({
    name: 'noticeChannels', label: ['通知渠道', 'Notice channels'], method: 'GET', path: '/api/notices/channels', permission: 'customerNotice:setUp', readOnly: true,
    async run(ctx) {
      const set = await secretsSet(ctx)
      return { items: (await channels(ctx)).map(c => ({ ...c, kindLabel: pick(CHANNELS[c.kind], ctx.locale), secrets: set.get(c.id) ?? [] })) }
    },
  }),
  defineAction({
    name: 'saveNoticeChannel', label: ['保存通知渠道', 'Save a channel'], method: 'POST', path: '/api/notices/channels', permission: 'customerNotice:setUp', status: 200, input: SAVE,
    async run(ctx, c) {
      const sys = elevated(ctx, '设置通知渠道'), entity = ctx.entities.get('noticeChannel')
      const before = c.id ? (await lock(sys, entity, c.id, 'read')).row as Record<string, unknown> : null
      if (before && before.kind !== c.kind) fail('NOTICE_CHANNEL', { field: '类型不能改' })
      if (!c.off && !(await inForce(ctx)).baseUrl) fail('NOTICE_NO_ADDRESS')
      const { settings, secret } = partsOf(c, (before?.settings as Record<string, unknown> | undefined) ?? null)
      const values = { name: c.name, unitId: c.unitId ?? null, off: c.off ?? false, settings }
      const id = c.id ?? newId()
      if (before) await storeChange(sys, entity, id, values)
      else await storeNew(sys, entity, { kind: c.kind, ...values }, { id })
      if (Object.keys(secret).length) await keepSecret(ctx, id, secret)
      return { id }
    },
  }),
  defineAction({
    name: 'testNoticeChannel', label: ['试发一条', 'Send a test'], method: 'POST', path: '/api/notices/channels/:id/test', permission: 'customerNotice:setUp', status: 200, input: z.object({ id: z.uuid(), to: z.string().trim().max(200).optional() }),
    async run(ctx, { id, to }) {
      const channel = (await channels(ctx)).find(x => x.id === id) ?? fail('NOT_FOUND', { id })
      if (channel.off) fail('NOTICE_CHANNEL', { field: '渠道已停用' })
      if (!isBot(channel.kind) && !to) fail('NOTICE_CHANNEL', { field: channel.kind === 'mail' ? '试发的邮箱' : '试发的手机号' })
      const row = await storeNew(elevated(ctx, '试发'), ctx.entities.get('customerNotice'), {
        key: `test/${newId()}`, event: 'test', channel: channel.kind, channelId: id, unitId: channel.unitId ?? ctx.user?.unitId ?? null, to: to ?? channel.name, toShown: maskAddress(channel.kind, to ?? channel.name), urgent: true, dueAt: ctx.now(), state: 'waiting',
        subject: `${ctx.tenant.name} 通知测试`, text: `${ctx.tenant.name}：这是一条测试通知，收到说明渠道“${channel.name}”可以用。`,
      })
      await schedule(ctx, { kind: JOB_SEND, key: row.id as string, dueAt: ctx.now(), payload: { id: row.id } })
      return { id: row.id }
    },
  }),
]
