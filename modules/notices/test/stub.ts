import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcp } from 'node:net'
import { after } from 'node:test'

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

export interface MailStub { port: number; mails: Array<{ from: string; to: string[]; data: string }>; /** the reply to the next RCPT */ refuse: string[]; /** the line is dropped when the text has come */ drop: { next: boolean } }

/** As much of an SMTP server as a mail needs. */
export async function mailStub(): Promise<MailStub> {
  const mails: MailStub['mails'] = [], refuse: string[] = [], drop = { next: false }
  const server = createTcp(socket => {
    let from = '', to: string[] = [], data: string | null = null, rest = ''
    const say = (line: string): void => { socket.write(`${line}\r\n`) }
    say('220 stub ESMTP')
    socket.on('error', () => {})
    socket.on('data', part => {
      rest += part.toString()
      for (let at = rest.indexOf('\r\n'); at >= 0; at = rest.indexOf('\r\n')) {
        const line = rest.slice(0, at)
        rest = rest.slice(at + 2)
        if (data !== null) {
          if (line !== '.') { data += `${line}\r\n`; continue }
          mails.push({ from, to, data })
          data = null
          if (drop.next) { drop.next = false; socket.destroy(); return }
          say('250 taken')
        } else if (/^(EHLO|HELO)/i.test(line)) say('250 stub')
        else if (/^MAIL/i.test(line)) { from = line; to = []; say('250 ok') }
        else if (/^RCPT/i.test(line)) { const no = refuse.shift(); if (no) say(no); else { to.push(line); say('250 ok') } }
        else if (/^DATA/i.test(line)) { data = ''; say('354 go on') }
        else if (/^QUIT/i.test(line)) { say('221 bye'); socket.end() }
        else say('250 ok')
      }
    })
  })
  const port = await listen(server)
  letThrough(`127.0.0.1:${port}`)
  after(() => new Promise<void>(resolve => { server.close(() => { resolve() }) }))
  return { port, mails, refuse, drop }
}
