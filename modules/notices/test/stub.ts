import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { after } from 'node:test'
import { SMTPServer } from 'smtp-server'

/** What the drivers of this module send. */
export interface GotBody { id?: string; to?: string; text?: string; sign?: string; msgtype?: string; msg_type?: string; timestamp?: string; content?: { text: string } }
export interface Got { path: string; query: URLSearchParams; headers: Record<string, string | string[] | undefined>; body: GotBody }
export interface Stub { url: string; host: string; got: Got[]; /** what the next requests are answered with; `hang` drops the line after the request has come */ answers: Array<{ status?: number; body?: unknown; hang?: true }>; close(): Promise<void> }

const listen = (server: { listen(port: number, host: string, done: () => void): unknown; address(): unknown }): Promise<number> => new Promise(resolve => { server.listen(0, '127.0.0.1', () => { resolve((server.address() as { port: number }).port) }) })

/** Lets this test's own servers through, beside those that are already. */
const letThrough = (host: string): void => { process.env.QUANCHENG_NOTICE_HOSTS = [process.env.QUANCHENG_NOTICE_HOSTS, host].filter(Boolean).join(',') }

/** A gateway of the test's own: it writes down what arrives, and answers `{"errcode":0,"code":0,"id":"g1"}` unless told otherwise. */
export async function stub(): Promise<Stub> {
  const got: Got[] = [], answers: Stub['answers'] = []
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    let text = ''
    req.on('data', (part: Buffer) => { text += part.toString() })
    req.on('end', () => {
      const url = new URL(req.url!, 'http://x')
      got.push({ path: url.pathname, query: url.searchParams, headers: req.headers, body: JSON.parse(text) as GotBody })
      const a = answers.shift() ?? {}
      if (a.hang) { res.destroy(); return }
      res.writeHead(a.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(a.body ?? { errcode: 0, code: 0, id: 'g1' }))
    })
  })
  const port = await listen(server), host = `127.0.0.1:${port}`
  letThrough(host)
  const close = (): Promise<void> => new Promise(resolve => { server.closeAllConnections(); server.close(() => { resolve() }) })
  after(close)
  return { url: `http://${host}`, host, got, answers, close }
}

export interface MailStub { port: number; mails: Array<{ from: string; to: string[]; data: string }>; /** the reply to the next RCPT, e.g. `550 no such user` */ refuse: string[]; /** the line is dropped when the text has come */ drop: { next: boolean } }

/** A mail server of the test's own, without TLS and sign-in: it writes down what it takes. */
export async function mailStub(): Promise<MailStub> {
  const mails: MailStub['mails'] = [], refuse: string[] = [], drop = { next: false }, lines = new Set<Socket>()
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false,
    onRcptTo(_address, _session, done) {
      const [, code, text] = /^(\d{3}) (.*)$/.exec(refuse.shift() ?? '') ?? []
      done(code ? Object.assign(new Error(text), { responseCode: Number(code) }) : null)
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => { parts.push(part) })
      stream.on('end', () => {
        mails.push({ from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '', to: session.envelope.rcptTo.map(r => r.address), data: Buffer.concat(parts).toString() })
        if (!drop.next) { done(); return }
        drop.next = false
        for (const line of lines) line.destroy()
      })
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (line: Socket) => { lines.add(line); line.on('close', () => lines.delete(line)) })
  const port = await new Promise<number>(resolve => { server.listen(0, '127.0.0.1', () => { resolve((server.server.address() as AddressInfo).port) }) })
  letThrough(`127.0.0.1:${port}`)
  after(() => new Promise<void>(resolve => { for (const line of lines) line.destroy(); server.close(() => { resolve() }) }))
  return { port, mails, refuse, drop }
}
