import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { after } from 'node:test'

/** What these tests look at of a message. */
export interface Data { id: string; version: number; act: string; changed: string[]; record: { name: string; phone: string; $masked?: string[] }; step?: { name: string }; end: { name: string } }
export interface Got { path: string; headers: Record<string, string | undefined>; text: string; body: { type: string; timestamp: string; data: Data } }
export interface Receiver {
  url: string
  host: string
  got: Got[]
  /** what the next requests are answered with; else 200. `hold`: not before it resolves; `drop`: the line is cut when the request has come */
  answers: Array<{ status?: number; body?: string; headers?: Record<string, string>; hold?: Promise<unknown>; drop?: true }>
  /** resolves when so many have come in all */
  came(n: number): Promise<void>
}

/** Another company's system: it writes down what arrives. */
export async function receiver(): Promise<Receiver> {
  const got: Got[] = [], answers: Receiver['answers'] = []
  const waiting: Array<{ n: number; done: () => void }> = []
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    let text = ''
    req.on('data', (part: Buffer) => { text += part.toString() })
    req.on('end', () => {
      got.push({ path: req.url!, headers: req.headers as Got['headers'], text, body: JSON.parse(text) as Got['body'] })
      for (const w of waiting.splice(0)) if (got.length >= w.n) w.done(); else waiting.push(w)
      const a = answers.shift() ?? {}
      if (a.drop) { res.destroy(); return }
      void Promise.resolve(a.hold).then(() => { res.writeHead(a.status ?? 200, { 'content-type': 'text/plain', ...a.headers }).end(a.body ?? 'ok') })
    })
  })
  const port: number = await new Promise(resolve => { server.listen(0, '127.0.0.1', () => { resolve((server.address() as { port: number }).port) }) })
  after(() => new Promise<void>(resolve => { server.closeAllConnections(); server.close(() => { resolve() }) }))
  return {
    url: `http://127.0.0.1:${port}/hook`, host: `127.0.0.1:${port}`, got, answers,
    came: n => new Promise(resolve => { if (got.length >= n) resolve(); else waiting.push({ n, done: resolve }) }),
  }
}
