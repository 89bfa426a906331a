import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { after, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { EmbeddedServer } from '../index.ts'
import { isAlive } from '../folder.ts'

export const asRoot = process.getuid?.() === 0

// a test's own hooks run in the order they were made, a server's after its folder's: folders go when the whole file is done
const folders: string[] = []
after(async () => { for (const dir of folders) await rm(dir, { recursive: true, force: true, maxRetries: 5 }) })

export async function temporaryFolder(mode = 0o755): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'qc-embedded-'))
  await chmod(dir, mode)
  folders.push(dir)
  return dir
}

export async function connect(server: Pick<EmbeddedServer, 'host' | 'port' | 'user' | 'password'>): Promise<pg.Client> {
  const { host, port, user, password } = server
  const client = new pg.Client({ host, port, user, password, database: 'postgres' })
  client.on('error', () => undefined) // a test that kills the server expects it
  await client.connect()
  return client
}

export async function value(server: Parameters<typeof connect>[0], sql: string): Promise<unknown> {
  const client = await connect(server)
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

/** Waits until the condition holds. @throws after `limit` ms, naming what was awaited */
export async function until(what: string, holds: () => boolean | Promise<boolean>, limit = 60_000): Promise<void> {
  const deadline = Date.now() + limit
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${limit} ms in vain until ${what}`)
    await delay(20)
  }
}

/** Dead, but not collected by its parent; signals still find it. */
export const isDead = async (pid: number): Promise<boolean> => /^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))

/** An orphan is collected by the machine's first process, in its own time or never. */
export const ended = (pid: number): Promise<void> => until(`process ${pid} has ended`, async () => !isAlive(pid) || await isDead(pid))

export interface Holder {
  process: ChildProcess
  host: string
  port: number
  pid: number
  owned: boolean
  uid: number
  end(): Promise<void>
}

/** Starts test/hold.ts as another process, through `wrap` when it shall run as another user. */
export async function holder(
  t: TestContext,
  args: string[],
  wrap: (program: string, args: string[]) => { file: string; args: string[] } = (file, a) => ({ file, args: a }),
): Promise<Holder> {
  const c = wrap(process.execPath, [fileURLToPath(new URL('hold.ts', import.meta.url)), ...args])
  const env: NodeJS.ProcessEnv = { ...process.env }
  delete env['NODE_COMPILE_CACHE']
  delete env['NODE_TEST_CONTEXT']
  const child = spawn(c.file, c.args, { stdio: ['pipe', 'pipe', 'pipe'], env, cwd: '/' })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  t.after(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.done === true) throw new Error(`the holder ended: ${errors}`)
  const said = JSON.parse(first.value) as Omit<Holder, 'process' | 'end'>
  return {
    ...said,
    process: child,
    end: async () => {
      const exit = once(child, 'exit')
      child.stdin.end()
      await exit
    },
  }
}
