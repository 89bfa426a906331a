import { NoReply, postOut } from '@quancheng/kernel'
import { listedHost, requireHost } from './hosts.ts'
import type { Sent } from './types.ts'

export { NoReply }
export interface Reply { status: number; body: string }

const TIMEOUT_MS = 20_000
const MOST_BYTES = 64 * 1024

/** Posts JSON: https, or http to a listed host; no redirection, a small answer, one deadline for all of it. */
export async function post(address: string, body: string, headers: Record<string, string> = {}): Promise<Reply> {
  const url = new URL(address)
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  requireHost(url.hostname, port)
  return postOut({ url: address, body, headers, reach: listedHost(url.hostname, port) ? 'any' : 'public', timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES })
}

/** What no answer means: not reached, another try; reached and silent, nobody knows. */
export const withoutReply = (error: unknown): Sent => {
  const left = error instanceof NoReply ? error.left : false
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300)
  return left ? { state: 'unknown', reason: `对方没有回答：${reason}` } : { state: 'later', reason: `连不上：${reason}` }
}

export const jsonOf = (text: string): Record<string, unknown> => { try { const v: unknown = JSON.parse(text); return typeof v === 'object' && v ? v as Record<string, unknown> : {} } catch { return {} } }
