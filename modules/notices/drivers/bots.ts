import { cutBytes } from '../rules/cut.ts'
import { signDingtalk, signFeishu } from '../rules/sign.ts'
import { jsonOf, post, withoutReply } from './http.ts'
import type { Driver, Sent } from './types.ts'

/** The addresses of the providers themselves; another host must be listed by the operator. */
export const BOT_HOSTS = { wecom: ['qyapi.weixin.qq.com'], dingtalk: ['oapi.dingtalk.com'], feishu: ['open.feishu.cn', 'open.larksuite.com'] } as const
export type BotKind = keyof typeof BOT_HOSTS
export const isBot = (kind: string): kind is BotKind => kind in BOT_HOSTS

export const WECOM_TEXT_BYTES = 2048
const DINGTALK_TEXT_BYTES = 18_000
const FEISHU_TEXT_BYTES = 18_000

/** `origin` is kept with the channel: https and the provider's host, or what the operator has listed. */
const origin = (settings: Record<string, unknown>, kind: BotKind): string => String(settings.origin ?? `https://${BOT_HOSTS[kind][0]}`)

async function ask(url: string, body: unknown, read: (answer: Record<string, unknown>) => Sent): Promise<Sent> {
  try {
    const reply = await post(url, JSON.stringify(body))
    if (reply.status === 429) return { state: 'later', reason: '对方说太快了', afterSeconds: 60 }
    if (reply.status >= 500) return { state: 'unknown', reason: `对方出错 ${reply.status}` }
    return reply.status === 200 ? read(jsonOf(reply.body)) : { state: 'failed', reason: `对方拒绝 ${reply.status}` }
  } catch (error) { return withoutReply(error) }
}

const said = (code: number, text: unknown, tooFast: readonly number[], afterSeconds: number): Sent =>
  code === 0 ? { state: 'sent' } : tooFast.includes(code) ? { state: 'later', reason: `太快了（${code}）`, afterSeconds } : { state: 'failed', reason: `${String(text ?? '被拒绝').slice(0, 200)}（${code}）` }

export const wecom: Driver = (m, { settings, secret }) =>
  ask(`${origin(settings, 'wecom')}/cgi-bin/webhook/send?key=${encodeURIComponent(secret.key ?? '')}`, { msgtype: 'text', text: { content: cutBytes(m.text, WECOM_TEXT_BYTES) } },
    a => said(Number(a.errcode ?? -1), a.errmsg, [45009, 45033], 60))

export const dingtalk: Driver = (m, { settings, secret }, { now }) => {
  const ms = now.getTime()
  const sign = secret.sign ? `&timestamp=${ms}&sign=${signDingtalk(secret.sign, ms)}` : ''
  // sent too often, the bot is shut out for ten minutes
  return ask(`${origin(settings, 'dingtalk')}/robot/send?access_token=${encodeURIComponent(secret.token ?? '')}${sign}`, { msgtype: 'text', text: { content: cutBytes(m.text, DINGTALK_TEXT_BYTES) } },
    a => said(Number(a.errcode ?? -1), a.errmsg, [130101, 660026, 410100], 600))
}

export const feishu: Driver = (m, { settings, secret }, { now }) => {
  const seconds = Math.floor(now.getTime() / 1000)
  return ask(`${origin(settings, 'feishu')}/open-apis/bot/v2/hook/${encodeURIComponent(secret.token ?? '')}`,
    { ...(secret.sign ? { timestamp: String(seconds), sign: signFeishu(secret.sign, seconds) } : {}), msg_type: 'text', content: { text: cutBytes(m.text, FEISHU_TEXT_BYTES) } },
    a => said(Number(a.code ?? a.StatusCode ?? -1), a.msg, [9499, 11232], 60))
}

/** Takes the pasted address of a bot apart: the key is a secret and is never kept in the settings. */
export function readWebhook(kind: BotKind, address: string): { origin: string; host: string; port: number; secret: Record<string, string> } | null {
  let url: URL
  try { url = new URL(address.trim()) } catch { return null }
  const [key, token, hook] = [url.searchParams.get('key'), url.searchParams.get('access_token'), /\/hook\/([\w-]+)$/.exec(url.pathname)?.[1]]
  const found: Record<string, string | null | undefined> = kind === 'wecom' ? { key } : kind === 'dingtalk' ? { token } : { token: hook }
  const secret = Object.fromEntries(Object.entries(found).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  if (!Object.keys(secret).length || !/^https?:$/.test(url.protocol)) return null
  return { origin: url.origin, host: url.hostname, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)), secret }
}
