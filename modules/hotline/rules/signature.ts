import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far the sender's clock may differ, and so how long a message that somebody caught could be sent again. Milliseconds. */
export const WINDOW_MS = 5 * 60_000

/** HMAC-SHA256 over `timestamp.body`, in hex; the timestamp is seconds since 1970 as the sender wrote it, the body its bytes as text. */
export const signatureOf = (secret: string, timestamp: string, body: string): string => createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')

export type Verdict = 'ok' | 'time' | 'signature'

/** The signature is judged first: whoever cannot sign learns nothing of our clock. */
export function judge(secret: string, timestamp: string | undefined, signature: string | undefined, body: string, now: Date): Verdict {
  const given = (signature ?? '').replace(/^sha256=/, '').toLowerCase()
  if (!timestamp || !/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{64}$/.test(given)) return 'signature'
  if (!timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(signatureOf(secret, timestamp, body), 'hex'))) return 'signature'
  return Math.abs(now.getTime() - Number(timestamp) * 1000) <= WINDOW_MS ? 'ok' : 'time'
}
