import { request as http } from 'node:http'
import { request as https } from 'node:https'
import { listedHost, publicLookup, requireHost } from './hosts.ts'
import type { Sent } from './types.ts'

export interface Reply { status: number; body: string }
/** It did not come to an answer. `left`: the other side may have got it all the same. */
export class NoReply extends Error {
  readonly left: boolean
  constructor(message: string, left: boolean) { super(message); this.left = left }
}

const TIMEOUT_MS = 20_000
const MOST_BYTES = 64 * 1024

/** Posts JSON: https, or http to a listed host; no redirection, a small answer, one deadline for all of it. */
export function post(address: string, body: string, headers: Record<string, string> = {}): Promise<Reply> {
  const url = new URL(address)
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80)), own = listedHost(url.hostname, port)
  if (url.protocol !== 'https:' && !(own && url.protocol === 'http:')) throw new NoReply('只能用 https', false)
  requireHost(url.hostname, port)
  return new Promise((resolve, reject) => {
    let connected = false
    const req = (url.protocol === 'https:' ? https : http)(url, {
      method: 'POST', agent: false, headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), ...headers }, ...(own ? {} : { lookup: publicLookup }),
    }, res => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (part: string) => { text += part; if (text.length > MOST_BYTES) req.destroy(new Error('回答太长')) })
      res.on('end', () => { clearTimeout(timer); resolve({ status: res.statusCode ?? 0, body: text }) })
      res.on('error', error => { clearTimeout(timer); reject(new NoReply(error.message, true)) })
    })
    const timer = setTimeout(() => req.destroy(new Error(`${TIMEOUT_MS / 1000} 秒没有回音`)), TIMEOUT_MS)
    req.on('socket', socket => socket.on(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => { connected = true }))
    req.on('error', error => { clearTimeout(timer); reject(new NoReply(error.message, connected)) })
    req.end(body)
  })
}

/** What no answer means: not reached, another try; reached and silent, nobody knows. */
export const withoutReply = (error: unknown): Sent => {
  const left = error instanceof NoReply ? error.left : false
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300)
  return left ? { state: 'unknown', reason: `对方没有回答：${reason}` } : { state: 'later', reason: `连不上：${reason}` }
}

export const jsonOf = (text: string): Record<string, unknown> => { try { const v: unknown = JSON.parse(text); return typeof v === 'object' && v ? v as Record<string, unknown> : {} } catch { return {} } }
