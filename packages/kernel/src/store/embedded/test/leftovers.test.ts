import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'
import { test, type TestContext } from 'node:test'
import { chooseLauncher, type Account } from '../account.ts'
import { isAlive } from '../folder.ts'
import { EmbeddedError, startEmbedded } from '../index.ts'
import { spawnPostmaster } from '../postmaster.ts'
import { connect, ended, holder, isDead, temporaryFolder, until, value, type Holder } from './helpers.ts'

const quick = { fsync: 'off' }
const linux = process.platform === 'linux'

interface Remains {
  dataDir: string
  pidFile: string
  socketLock: string
  /** whom PostgreSQL runs as here; only processes of the same user can stand in its way */
  account: Account | undefined
  /** the number of the killed server, which nobody has */
  pid: number
}

/** A data folder whose server was killed with SIGKILL together with the program that started it. */
async function remains(t: TestContext): Promise<Remains> {
  const dataDir = await temporaryFolder()
  const owner = await holder(t, [dataDir])
  await kill(owner)
  const launcher = await chooseLauncher(path.join(dataDir, 'pg'), [])
  return { dataDir, pidFile: path.join(dataDir, 'pg', 'postmaster.pid'), socketLock: path.join(owner.host, '.s.PGSQL.5432.lock'), account: launcher.account, pid: owner.pid }
}

async function kill(owner: Holder): Promise<void> {
  process.kill(owner.process.pid!, 'SIGSTOP') // so that it does not start another
  process.kill(owner.pid, 'SIGKILL')
  owner.process.kill('SIGKILL')
  await ended(owner.pid)
}

async function put(r: Remains, file: string, pid: number): Promise<void> {
  const text = await readFile(file, 'utf8')
  assert.match(text, new RegExp(`^${r.pid}\n`), 'the killed server left it')
  await writeFile(file, text.replace(/^\d+/, String(pid)))
}

/** A program of the server's user that has nothing to do with databases. */
function bystander(t: TestContext, { account }: Remains): number {
  const child = spawn('/bin/sh', ['-c', 'read -r _'], { stdio: ['pipe', 'ignore', 'ignore'], ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }) })
  t.after(() => child.kill('SIGKILL'))
  return child.pid!
}

/** A process of the server's user that is dead and whose parent does not ask for it. */
async function uncollected(t: TestContext, { account }: Remains): Promise<number> {
  // the shell would ask for it, so it dies when the shell has become a program that does not
  const parent = spawn('/bin/sh', ['-c', '(read -r _ <&3) & echo $!; exec sleep 3600'], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'], ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }) })
  t.after(() => parent.kill('SIGKILL'))
  const [line] = (await once(createInterface({ input: parent.stdout! }), 'line')) as [string]
  const pid = Number(line)
  await until('its parent is another program', async () => (await readFile(`/proc/${parent.pid}/comm`, 'utf8')) === 'sleep\n')
  ;(parent.stdio[3] as Writable).end()
  await until('it is dead and uncollected', () => isDead(pid))
  assert.equal(isAlive(pid), true, 'signals still find it')
  return pid
}

async function startsAgain(t: TestContext, { dataDir }: Pick<Remains, 'dataDir'>): Promise<void> {
  const server = await startEmbedded({ dataDir, settings: quick })
  t.after(() => server.stop())
  assert.equal(server.owned, true)
  assert.equal(await value(server, 'select 1'), 1)
}

if (linux) test('a killed server that nobody has collected yet does not stop the next start', async (t) => {
  const r = await remains(t)
  const pid = await uncollected(t, r)
  await put(r, r.pidFile, pid)
  await put(r, r.socketLock, pid)
  await startsAgain(t, r)
})

if (linux) test('a number in the socket’s lock that another program has by now does not stop the next start', async (t) => {
  const r = await remains(t)
  await put(r, r.socketLock, bystander(t, r))
  await startsAgain(t, r)
})

if (linux) test('numbers of two killed servers that two other programs have by now do not stop the next start', async (t) => {
  const r = await remains(t)
  await put(r, r.pidFile, bystander(t, r))
  await put(r, r.socketLock, await uncollected(t, r))
  await startsAgain(t, r)
})

test('files that a kill left empty do not stop the next start', async (t) => {
  const r = await remains(t)
  await writeFile(r.pidFile, '')
  await writeFile(r.socketLock, '')
  await startsAgain(t, r)
})

if (linux) test('a session that is busy with its query when its server is killed does not stop the next start', async (t) => {
  const dataDir = await temporaryFolder()
  const owner = await holder(t, [dataDir])
  const { postgresPassword: password } = JSON.parse(await readFile(path.join(dataDir, 'secrets.json'), 'utf8')) as { postgresPassword: string }
  const client = await connect({ ...owner, user: 'postgres', password })
  const { rows: [session] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const busy = assert.rejects(client.query('do $$ begin loop end loop; end $$'))
  const state = `select state from pg_stat_activity where pid = ${session!.pid}`
  await until('it is busy', async () => (await value({ ...owner, user: 'postgres', password }, state)) === 'active')
  await kill(owner)
  assert.equal(isAlive(session!.pid), true, 'it has not noticed')
  await startsAgain(t, { dataDir })
  await ended(session!.pid)
  await busy
})

test('a server that fails after it has turned to its log says why in the error, and no older line', async () => {
  const dataDir = await temporaryFolder()
  await (await startEmbedded({ dataDir, settings: quick })).stop()
  await rm(path.join(dataDir, 'pg', 'pg_hba.conf'))
  await assert.rejects(startEmbedded({ dataDir, settings: quick }), (error) => {
    assert.ok(error instanceof EmbeddedError)
    assert.equal(error.code, 'EMBEDDED_START_FAILED')
    assert.match(error.message, /could not open file .*pg_hba\.conf.*\n.*FATAL: {2}could not load/)
    assert.equal(error.message.match(/starting PostgreSQL 18/g)?.length, 1)
    assert.ok(error.message.includes(path.join(dataDir, 'log')))
    return true
  })
})

test('after a crash a start that fails is tried again while what hinders it may go', async (t) => {
  const r = await remains(t)
  const file = path.join(r.dataDir, 'pg', 'pg_hba.conf')
  const log = path.join(r.dataDir, 'log')
  await rename(file, `${file}.away`)
  const starting = startsAgain(t, r)
  const failed = async (): Promise<boolean> => {
    const texts = await Promise.all((await readdir(log)).map((name) => readFile(path.join(log, name), 'utf8')))
    return texts.some((text) => text.includes('could not load'))
  }
  await Promise.race([starting, until('it has failed once', failed)])
  await rename(`${file}.away`, file)
  await starting
})

if (linux) test('a program whose starter was killed before the system knew that they die together does not begin', async () => {
  const dataDir = await temporaryFolder()
  const launcher = await chooseLauncher(path.join(dataDir, 'pg'), [])
  assert.equal(launcher.diesWithUs, true)
  const ends = async (file: string, args: string[]): Promise<string> => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await once(child, 'close')
    return said.trim()
  }
  const c = launcher.command('/bin/echo', ['begun'])
  assert.equal(await ends(c.file, c.args), 'begun')
  // the same by somebody between, as its parent is after our death
  assert.equal(await ends('/bin/sh', ['-c', '"$@"; true', 'sh', c.file, ...c.args]), '')
})

if (linux) test('a server whose postmaster.pid is somebody else’s is given up, not waited for', async () => {
  const dataDir = await temporaryFolder()
  const program = path.join(dataDir, 'never-ready')
  await writeFile(program, '#!/bin/sh\nexec sleep 3600\n', { mode: 0o755 })
  await writeFile(path.join(dataDir, 'postmaster.pid'), '1\n')
  const launcher = { account: undefined, diesWithUs: true, command: (file: string, args: string[]) => ({ file, args }) }
  const result = await spawnPostmaster({ launcher, program, pgDir: dataDir, logDir: dataDir, settings: {}, lostFor: 100 })
  assert.ok(!('child' in result))
  assert.equal(result.holds, true)
})
