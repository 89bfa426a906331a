import { lookup } from 'node:dns/promises'
import { createTransport } from 'nodemailer'
import { isPublicAddress, listedHost, requireHost } from './hosts.ts'
import type { Driver, Sent } from './types.ts'

const TIMEOUT_MS = 20_000

/** The server's address, checked; its name stays what its certificate must carry. */
async function addressOf(host: string, port: number): Promise<string> {
  requireHost(host, port)
  if (listedHost(host, port)) return host
  const found = (await lookup(host, { all: true })).find(a => isPublicAddress(a.address))
  if (!found) throw new Error(`${host} 不是公网上的地址`)
  return found.address
}

/** By SMTP. The Message-ID is the notice's, so that a mail that came twice all the same is recognised as one. */
export const mail: Driver = async (m, { settings, secret }) => {
  const host = String(settings.host), port = Number(settings.port)
  let address: string
  try { address = await addressOf(host, port) } catch (error) { return { state: 'later', reason: (error as Error).message } }
  const secure = settings.secure === 'tls'
  const transport = createTransport({
    host: address, port, secure, requireTLS: settings.secure === 'starttls', ignoreTLS: settings.secure === 'none', tls: { servername: host }, ...(settings.user ? { auth: { user: String(settings.user), pass: secret.password ?? '' } } : {}),
    connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS, disableFileAccess: true, disableUrlAccess: true,
  })
  try {
    const info = await transport.sendMail({ from: String(settings.from), to: m.to, subject: m.subject ?? '', text: m.text, messageId: `<${m.id}@${domainOf(String(settings.from))}>`, headers: { 'Auto-Submitted': 'auto-generated' } })
    return { state: 'sent', providerId: info.messageId.slice(0, 120) }
  } catch (error) { return meaningOf(error as { code?: string; syscall?: string; responseCode?: number; message: string }) } finally { transport.close() }
}

const domainOf = (from: string): string => /@([^>\s]+)/.exec(from)?.[1] ?? 'quancheng.invalid'

const NOT_REACHED = new Set(['EDNS', 'ETLS', 'ECONNREFUSED', 'ENOTFOUND'])

/** An answer of the server, and a connection that never was, say for certain that it was not taken; a connection lost in between does not. */
function meaningOf(error: { code?: string; syscall?: string; responseCode?: number; message: string }): Sent {
  const reason = error.message.slice(0, 300)
  if (error.responseCode) return error.responseCode >= 500 ? { state: 'failed', reason } : { state: 'later', reason }
  if (error.code === 'EAUTH' || error.code === 'EENVELOPE') return { state: 'failed', reason }
  const neverThere = error.syscall === 'connect' || NOT_REACHED.has(error.code ?? '') || /greeting never received|connection timeout/i.test(reason)
  return neverThere ? { state: 'later', reason: `连不上：${reason}` } : { state: 'unknown', reason: `对方没有回答：${reason}` }
}
