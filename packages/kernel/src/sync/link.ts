/** How a station reaches head office: its address and the node's secret. */
export interface Link { url: string; secret: string }

/** Head office answered, and said no. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  constructor(status: number, code: string, message: string) { super(message); this.code = code; this.status = status }
}

/** no answer for so long is no line; and so much longer for each hundred thousand bytes */
const PATIENCE_MS = 8000, PER_100KB_MS = 1500

/** One call. Throws Refusal when head office says no for good, and anything else when it can't be reached or is not well. */
export async function talk<T = unknown>(link: Link, what: string, body: unknown): Promise<T> {
  const text = JSON.stringify(body)
  const r = await fetch(`${link.url}/api/sync/${what}`, {
    method: 'POST', body: text, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS + Math.ceil(text.length / 100_000) * PER_100KB_MS),
    headers: { 'content-type': 'application/json', ...(link.secret ? { authorization: `Bearer ${link.secret}` } : {}) },
  })
  const answer = await r.json().catch(() => null) as { code?: string; message?: string } | null
  if (r.ok && answer) return answer as T
  if (r.status >= 400 && r.status < 500 && r.status !== 429 && answer?.code) throw new Refusal(r.status, answer.code, answer.message ?? answer.code)
  throw new Error(`本部回答 ${r.status} / head office answered ${r.status}${answer?.message ? ` ${answer.message}` : ''}`)
}

/** The lines of the snapshot, as they come. */
export async function* lines(link: Link, body: unknown): AsyncGenerator<string> {
  const r = await fetch(`${link.url}/api/sync/snapshot`, { method: 'POST', body: JSON.stringify(body), redirect: 'error', headers: { 'content-type': 'application/json', authorization: `Bearer ${link.secret}` } })
  if (!r.ok || !r.body) {
    const answer = await r.json().catch(() => null) as { code?: string; message?: string } | null
    throw new Refusal(r.status, answer?.code ?? 'INTERNAL', answer?.message ?? `${r.status}`)
  }
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of r.body as unknown as AsyncIterable<Uint8Array>) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop()!
    for (const p of parts) yield p
  }
  if (rest) yield rest
}

/** `https://hq.example.com/`, as somebody types it. */
export function addressOf(typed: string): string {
  const url = new URL(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`)
  if (url.username || url.password) throw new Error('地址里不要写用户名 / no user name in the address')
  return url.origin
}
