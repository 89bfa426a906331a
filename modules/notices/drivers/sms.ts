import { maskAddress } from '../rules/mask.ts'
import { signBody } from '../rules/sign.ts'
import { jsonOf, NoReply, post } from './http.ts'
import type { Driver } from './types.ts'

/**
 * An SMS gateway over HTTP. Our contract with it: POST {id, to, text, sign}; `X-Timestamp` (seconds), `X-Signature` (hex HMAC-SHA256 over
 * `<timestamp>.<body>`), `Idempotency-Key` = id. It must send one id once, and so every doubt is resolved by asking again. 2xx {id}: taken.
 */
export const smsHttp: Driver = async (m, { settings, secret }, { now }) => {
  const body = JSON.stringify({ id: m.id, to: m.to, text: m.text, ...(settings.sign ? { sign: String(settings.sign) } : {}) }), seconds = Math.floor(now.getTime() / 1000)
  try {
    const reply = await post(String(settings.url), body, { 'x-timestamp': String(seconds), 'x-signature': signBody(secret.key ?? '', seconds, body), 'idempotency-key': m.id })
    const answer = jsonOf(reply.body)
    if (reply.status >= 200 && reply.status < 300) return { state: 'sent', providerId: typeof answer.id === 'string' ? answer.id.slice(0, 120) : null }
    if (reply.status === 408 || reply.status === 429 || reply.status >= 500) return { state: 'later', reason: `网关 ${reply.status}` }
    return { state: 'failed', reason: `网关拒绝 ${reply.status}${typeof answer.message === 'string' ? `：${answer.message.slice(0, 200)}` : ''}` }
  } catch (error) { return { state: 'later', reason: error instanceof NoReply ? error.message.slice(0, 300) : '连不上网关' } }
}

/** For the demo and for trying things out: it goes into the program's log and nowhere else. */
export const smsLog: Driver = async (m, _way, { log }) => {
  log({ level: 'info', msg: 'sms (not sent: log driver)', id: m.id, to: maskAddress('sms', m.to), characters: [...m.text].length, ...(m.code ? { code: m.code } : {}) })
  return { state: 'sent', providerId: 'log' }
}

export const sms: Driver = (m, way, o) => (way.settings.driver === 'http' ? smsHttp : smsLog)(m, way, o)
