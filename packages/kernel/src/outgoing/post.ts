import { request as http, type IncomingHttpHeaders } from 'node:http'
import { request as https } from 'node:https'
import { lookupWithin, refusedBySpelling, type Reach } from './address.ts'

export interface Outgoing {
  url: string
  body: string
  headers?: Record<string, string>
  /** how far it may reach; plain http only where it is more than the internet, unless `http` */
  reach: Reach
  http?: boolean
  /** one deadline for all of it, ms */
  timeoutMs: number
  mostBytes: number
  /** a longer answer: its beginning (`cut`), or an error (default) */
  tooLong?: 'cut'
}
export interface Reply { status: number; headers: IncomingHttpHeaders; body: string; /** the answer was longer */ cut: boolean }

/** It did not come to an answer. `left`: the other side may have got it all the same. */
export class NoReply extends Error {
  readonly left: boolean
  constructor(message: string, left: boolean) { super(message); this.left = left }
}

/** Posts JSON to an address that a company has named: within reach only, no redirection followed, a small answer, one deadline. */
export function postOut(o: Outgoing): Promise<Reply> {
  const url = new URL(o.url)
  const secure = url.protocol === 'https:'
  if (!secure && !(url.protocol === 'http:' && (o.http || o.reach !== 'public'))) return Promise.reject(new NoReply('只能用 https', false))
  if (refusedBySpelling(url.hostname, o.reach)) return Promise.reject(new NoReply(o.reach === 'public' ? `${url.hostname} 不是公网上的地址` : `${url.hostname} 的地址不允许连接`, false))
  return new Promise((resolve, reject) => {
    let connected = false
    const req = (secure ? https : http)(url, {
      method: 'POST', agent: false, lookup: lookupWithin(o.reach), headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(o.body), ...o.headers },
    }, res => {
      const parts: Buffer[] = []
      let bytes = 0
      const end = (cut: boolean): void => { clearTimeout(timer); resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(parts).subarray(0, o.mostBytes).toString('utf8'), cut }) }
      res.on('data', (part: Buffer) => {
        parts.push(part); bytes += part.length
        if (bytes <= o.mostBytes) return
        if (o.tooLong !== 'cut') { req.destroy(new Error('回答太长')); return }
        end(true)
        req.destroy()
      })
      res.on('end', () => { end(false) })
      res.on('error', error => { clearTimeout(timer); reject(new NoReply(error.message, true)) })
    })
    const timer = setTimeout(() => req.destroy(new Error(`${o.timeoutMs / 1000} 秒没有回音`)), o.timeoutMs)
    req.on('socket', socket => socket.on(secure ? 'secureConnect' : 'connect', () => { connected = true }))
    req.on('error', error => { clearTimeout(timer); reject(new NoReply(error.message, connected)) })
    req.end(o.body)
  })
}
