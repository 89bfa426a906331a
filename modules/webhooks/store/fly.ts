import { NoReply, postOut, systemAct, type Reach, type Runtime } from '@quancheng/kernel'
import { retryAfter } from '../rules/backoff.ts'
import { messageId, signature } from '../rules/sign.ts'
import { settle } from './settle.ts'

export interface Flight { tenantId: string; webhookId: string; id: string; attempt: number; url: string; reach: Reach; secrets: readonly string[]; body: string; test: boolean }
/** What came of one try. `status` null: no answer. */
export interface Landed { status: number | null; ms: number; answer: string | null; error: string | null; retryAfter: number | null }

const TIMEOUT_MS = 10_000
const ANSWER_BYTES = 2048

/** Hands one message over and notes what came of it. */
export async function fly(runtime: Runtime, f: Flight): Promise<void> {
  const landed = await post(f)
  await systemAct(runtime, f.tenantId, '对外通知', ctx => settle(ctx, f, landed))
}

async function post(f: Flight): Promise<Landed> {
  // the receiver compares it with its own clock, which knows nothing of a played demo's
  const seconds = Math.floor(Date.now() / 1000), id = messageId(f.id), began = performance.now()
  const took = (): number => Math.round(performance.now() - began)
  try {
    const reply = await postOut({
      url: f.url, body: f.body, reach: f.reach, http: true, timeoutMs: TIMEOUT_MS, mostBytes: ANSWER_BYTES, tooLong: 'cut',
      headers: { 'user-agent': 'Quancheng-Webhooks/1', 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signature(f.secrets, id, seconds, f.body) },
    })
    // a text column takes no zero bytes
    const answer = reply.body.replaceAll('\0', '') + (reply.cut ? '…' : '')
    return { status: reply.status, ms: took(), answer, error: problemOf(reply.status), retryAfter: retryAfter(reply.headers['retry-after'], Date.now()) }
  } catch (error) {
    const start = error instanceof NoReply && error.left ? '对方没有回答：' : '连不上：'
    return { status: null, ms: took(), answer: null, error: start + inWords(error instanceof Error ? error.message : String(error)), retryAfter: null }
  }
}

/** What the network says, for people who set up webhooks. */
const WORDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/ENOTFOUND|EAI_AGAIN/, '找不到这个主机，请核对地址'], [/ECONNREFUSED/, '对方没有开着，或端口不对'], [/ECONNRESET|socket hang up|EPIPE/, '连接中断'], [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, '网络不通'],
  [/certificate|CERT_|self.signed|altnames/i, '对方的证书不被信任'], [/SSL|TLS|wrong version number|EPROTO/i, '对方不是 https'],
]
const inWords = (message: string): string => { const found = WORDS.find(([what]) => what.test(message))?.[1]; return (found ? `${found}（${message}）` : message).replaceAll('\0', '').slice(0, 300) }

function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return `对方要转到别的地址（${status}），不跟随：请填最终的地址`
  if (status === 410) return '对方说这个地址不再接收（410）'
  return `对方回答 ${status}`
}
