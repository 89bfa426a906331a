import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'

/*
 * The real program, as `npm start` runs it, for journeys. `npm test` gives one database server to all (QC_E2E_PG, or QC_TEST_PG where only journeys run): the demo company is
 * loaded there once, and every program starts on a copy of its own. Without it the program brings its own server, in a folder that goes.
 */
const root = path.join(import.meta.dirname, '..')
const cli = [path.join(root, 'apps', 'server', 'src', 'cli.ts')]

/** A program that is asked to stop has this long to do so, in ms. */
const STOP_MS = 15_000

export interface Program {
  address: string
  /** As the power going out: no goodbye, no answer. */
  kill(): Promise<void>
  /** The same program on the same data and port, after `kill`. */
  startAgain(): Promise<void>
  stop(): Promise<void>
}

export async function startProgram(): Promise<Program> {
  const home = await mkdtemp(path.join(tmpdir(), 'quancheng-e2e-'))
  const shared = process.env['QC_E2E_PG'] ?? process.env['QC_TEST_PG']
  const copy = shared === undefined ? null : await copyOfDemo(JSON.parse(shared) as Server, path.basename(home).replaceAll('-', '_').toLowerCase())
  const env = { ...process.env, HOST: '127.0.0.1', QUANCHENG_DATA: path.join(home, 'data'), DATABASE_URL: copy?.url ?? '' }
  let running = await start({ ...env, PORT: '0' })
  const { address, port } = running
  return {
    address,
    kill: async () => { running.child.kill('SIGKILL'); await gone(running.child) },
    startAgain: async () => { running = await start({ ...env, PORT: port }) },
    stop: async () => {
      const asked = running.child
      asked.kill('SIGTERM')
      const stuck = setTimeout(() => asked.kill('SIGKILL'), STOP_MS)
      await gone(asked)
      clearTimeout(stuck)
      await copy?.drop()
      await rm(home, { recursive: true, force: true })
      if (asked.signalCode === 'SIGKILL') throw new Error(`the program had not stopped ${STOP_MS / 1000} s after SIGTERM`)
    },
  }
}

interface Running { child: ChildProcess, address: string, port: string }

/** Resolves when the program says that it has started. */
async function start(env: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...cli, 'start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stderr.on('data', data => said.push(String(data)))
  return new Promise((resolve, reject) => {
    let port = ''
    createInterface({ input: child.stdout }).on('line', line => {
      said.push(line)
      port ||= /http:\/\/localhost:(\d+)/.exec(line)?.[1] ?? ''
      if (port && line.includes('Ctrl+C')) resolve({ child, port, address: `http://127.0.0.1:${port}` })
    })
    child.once('exit', code => reject(new Error(`the program ended with ${code}:\n${said.join('\n')}`)))
  })
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

interface Server { host: string, port: number, user: string, password: string }

/** A database of its own with the demo company in it. The first to ask loads the company, which takes as long as a first `npm start`. */
async function copyOfDemo(server: Server, name: string): Promise<{ url: string, drop(): Promise<void> }> {
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  const demo = `quancheng_e2e_demo_${edition()}`
  await admin.query('select pg_advisory_lock(20261122)')
  try {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [demo])
    if (!rowCount) {
      await admin.query(`drop database if exists ${demo}_new`)
      await admin.query(`create database ${demo}_new template template0 encoding 'UTF8' locale 'C.UTF-8'`)
      const loading = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...cli, 'demo'], { cwd: root, env: { ...process.env, DATABASE_URL: urlOf(server, `${demo}_new`) }, stdio: ['ignore', 'ignore', 'inherit'] })
      const [code] = await once(loading, 'exit') as [number | null]
      if (code !== 0) throw new Error(`loading the demo company ended with ${code}`)
      await admin.query(`alter database ${demo}_new rename to ${demo}`)
    }
    await admin.query(`create database ${name} template ${demo} strategy file_copy`)
  } catch (error) {
    // an open connection would keep the journeys' process alive after they have failed; the lock goes with it
    await admin.end()
    throw error
  }
  await admin.query('select pg_advisory_unlock(20261122)')
  return {
    url: urlOf(server, name),
    drop: async () => { await admin.query(`drop database if exists ${name} with (force)`); await admin.end() },
  }
}

/** The demo is made for the day, because its requests are open now, and of these files. */
function edition(): string {
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 10))
  for (const file of globSync(['{apps,packages}/*/{migrations,src}/**/*.sql', 'apps/server/src/demo/*.ts', 'modules/*/processes/*.bpmn'], { cwd: root }).sort()) hash.update(file).update(readFileSync(path.join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

/** The server may listen on a socket, so the host goes where a path is allowed. */
function urlOf({ host, port, user, password }: Server, database: string): string {
  const [u, p, h] = [user, password, host].map(encodeURIComponent)
  return `postgresql://${u}:${p}@localhost/${database}?host=${h}&port=${port}`
}
