import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/*
 * Whole programs for tests: processes of their own with a database each, that can be killed like a machine whose plug is pulled; and a line between
 * two of them that can be cut.
 */

const CLI = path.join(import.meta.dirname, 'cli.ts')

export interface Program { url: string; lines: string[]; dataDir: string; kill(): Promise<void>; stop(): Promise<void> }

const started = new Set<ChildProcess>()
const folders: string[] = []
const ends: Array<() => Promise<void>> = []

export async function endPrograms(): Promise<void> {
  for (const child of started) child.kill('SIGKILL')
  for (const end of ends) await end()
  for (const d of folders) await rm(d, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

export async function newFolder(): Promise<string> { const d = await mkdtemp(path.join(tmpdir(), 'quancheng-node-')); folders.push(d); return d }

/** Starts the program as a person does and resolves when it answers. Its own port is kept over restarts by whoever passes it. */
export async function program(dataDir: string, o: { args?: string[]; port?: number; env?: Record<string, string> } = {}): Promise<Program> {
  const child = spawn(process.execPath, [CLI, 'start', ...(o.args ?? [])], { env: { ...process.env, HOST: '127.0.0.1', PORT: String(o.port ?? 0), QUANCHENG_DATA: dataDir, QUANCHENG_DEMO: 'off', ...o.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  started.add(child)
  const lines: string[] = []
  const ended = new Promise<void>(resolve => child.once('exit', () => { started.delete(child); resolve() }))
  const url = await new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      if (process.env.QC_TEST_LOG) process.stderr.write(chunk)
      for (const l of chunk.toString().split('\n')) if (l.trim()) lines.push(l)
      const said = lines.join('\n'), found = /已启动：(http:\/\/localhost:\d+)/.exec(said)
      if (found && said.includes('按 Ctrl+C 停止')) resolve(found[1]!)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('exit', code => reject(new Error(`the program ended (${code}):\n${lines.slice(-20).join('\n')}`)))
  })
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => { child.kill(signal); await ended }
  return { url: url.replace('localhost', '127.0.0.1'), lines, dataDir, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

export interface Line { url: string; cut(): void; /** whole again; with a number, until so many bytes went up */ mend(bytes?: number): void }

/** A line to a program: what a router and a provider are to a shop. Cut, it breaks what runs and refuses what comes. */
export async function line(to: string): Promise<Line> {
  const target = new URL(to)
  let whole = true, left = Infinity
  const sockets = new Set<Socket>()
  const server = createServer(near => {
    if (!whole) { near.destroy(); return }
    const far = connect(Number(target.port), target.hostname)
    for (const [a, b] of [[near, far], [far, near]] as const) {
      sockets.add(a)
      a.on('error', () => b.destroy())
      a.on('close', () => { sockets.delete(a); b.destroy() })
      a.on('data', chunk => { if (a === near && (left -= chunk.length) <= 0) { left = Infinity; cut(); return } b.write(chunk) })
    }
  })
  const cut = (): void => { whole = false; for (const s of sockets) s.destroy() }
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as { port: number }
  const close = (): Promise<void> => { cut(); return new Promise(resolve => { server.close(() => resolve()) }) }
  ends.push(close)
  return { url: `http://127.0.0.1:${port}`, cut, mend: (bytes = Infinity) => { whole = true; left = bytes } }
}

export interface Person { get<T = unknown>(url: string): Promise<{ status: number; body: T }>; post<T = unknown>(url: string, body?: unknown): Promise<{ status: number; body: T }>; patch<T = unknown>(url: string, body: unknown): Promise<{ status: number; body: T }>; upload(url: string, name: string, content: Buffer): Promise<number>; download(url: string): Promise<Buffer> }

/** Signs in over HTTP and acts as that person. */
export async function person(url: string, username: string, password: string): Promise<Person> {
  const call = async (method: string, at: string, body?: unknown, cookie = '') => {
    const r = await fetch(`${url}${at}`, { method, headers: { 'x-requested-with': 'quancheng', ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const text = await r.text()
    return { status: r.status, body: text ? JSON.parse(text) : null, cookie: r.headers.get('set-cookie')?.split(';')[0] ?? '' }
  }
  const session = await call('POST', '/api/session', { username, password })
  if (session.status !== 200 && session.status !== 201) throw new Error(`${username}: ${JSON.stringify(session.body)}`)
  const headers = { 'x-requested-with': 'quancheng', cookie: session.cookie }
  const upload = async (at: string, name: string, content: Buffer): Promise<number> => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(content)], { type: 'image/png' }), name)
    return (await fetch(`${url}${at}`, { method: 'POST', headers, body: form })).status
  }
  const download = async (at: string): Promise<Buffer> => Buffer.from(await (await fetch(`${url}${at}`, { headers })).arrayBuffer())
  return { upload, download, get: at => call('GET', at, undefined, session.cookie), post: (at, body = {}) => call('POST', at, body, session.cookie), patch: (at, body) => call('PATCH', at, body, session.cookie) }
}

/** Asks until the answer satisfies: the only limit on time is `within`, which is the promise under test or a generous end. */
export async function until<T>(ask: () => Promise<T>, good: (value: T) => boolean, within = 60_000): Promise<T> {
  const end = Date.now() + within
  for (;;) {
    const value = await ask().catch(error => { if (Date.now() > end) throw error; return undefined })
    if (value !== undefined && good(value)) return value
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${JSON.stringify(value)?.slice(0, 2000)}`)
    await new Promise(resolve => { setTimeout(resolve, 100) })
  }
}
