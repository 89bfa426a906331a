import assert from 'node:assert/strict'
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { chooseLauncher, mayPass, parsePasswd } from '../account.ts'
import { isAlive, socketDirOf } from '../folder.ts'
import { EmbeddedError, startEmbedded } from '../index.ts'
import { findNative } from '../native.ts'
import { asRoot, connect, ended, holder, temporaryFolder, until, value } from './helpers.ts'

const quick = { fsync: 'off' }

test('a new folder becomes a database with our locale, time zone and a password of its own, and keeps its rows', async (t) => {
  const dataDir = await temporaryFolder()
  await writeFile(path.join(dataDir, 'secrets.json'), '{"other":"kept"}')
  const first = await startEmbedded({ dataDir })
  assert.equal(first.owned, true)
  const client = await connect(first)
  const { rows } = await client.query(`select datcollate, pg_encoding_to_char(encoding) as enc, current_setting('TimeZone') as tz,
    current_setting('wal_level') as wal, current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp
    from pg_database where datname = current_database()`)
  assert.deepEqual(rows[0], { datcollate: 'C.UTF-8', enc: 'UTF8', tz: 'UTC', wal: 'replica', fsync: 'on', tcp: '' })
  await client.query(`create extension pg_trgm; create table note (t text); insert into note values ('全程')`)
  const trigrams = await client.query(`select show_trgm('采购合同') <> '{}' as some`)
  assert.equal(trigrams.rows[0].some, true, 'pg_trgm sees Chinese')
  await client.end()
  await first.stop()
  assert.equal(isAlive(first.pid), false)

  const secrets = JSON.parse(await readFile(path.join(dataDir, 'secrets.json'), 'utf8'))
  assert.equal(secrets.other, 'kept')
  assert.equal((await stat(path.join(dataDir, 'secrets.json'))).mode & 0o777, 0o600)

  const second = await startEmbedded({ dataDir })
  t.after(() => second.stop())
  assert.equal(second.password, first.password)
  assert.equal(await value(second, 'select t from note'), '全程')
  await assert.rejects(connect({ ...second, password: 'wrong' }), { code: '28P01' })
})

const belowClosedFolder = 'below a folder that only root may enter, a root start works and the server is not root'
if (asRoot) test(belowClosedFolder, async (t) => {
  const closed = await temporaryFolder(0o700)
  const nativeDir = path.join(closed, 'clone', 'native')
  await cp(await findNative(), nativeDir, { recursive: true, verbatimSymlinks: true })
  await withoutLinks(nativeDir)
  const server = await startEmbedded({ dataDir: path.join(closed, 'clone', 'data'), nativeDir, settings: quick })
  t.after(() => server.stop())
  assert.equal(await value(server, 'select 1'), 1)
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
  assert.notEqual(/^Uid:\s+(\d+)/m.exec(status)?.[1], '0')
})

test('an ordinary user needs no preparation', async (t) => {
  const dataDir = await temporaryFolder(0o777)
  const launcher = await chooseLauncher(path.join(dataDir, 'pg'), [import.meta.dirname, process.execPath])
  // run by root, the test plays the ordinary user itself
  const held = await holder(t, [dataDir], asRoot ? (program, args) => launcher.command(program, args) : undefined)
  assert.notEqual(held.uid, 0)
  assert.equal(held.owned, true)
  assert.equal((await stat(path.join(dataDir, 'pg'))).uid, held.uid)
  await held.end()
  assert.equal(isAlive(held.pid), false)
})

test('two processes that start on one new folder share one server, and when its owner ends the other takes over', async (t) => {
  const dataDir = await temporaryFolder()
  const [other, here] = await Promise.all([holder(t, [dataDir]), startEmbedded({ dataDir, settings: quick })])
  t.after(() => here.stop())
  assert.equal(other.pid, here.pid)
  assert.notEqual(other.owned, here.owned, 'exactly one owns it')

  const third = await startEmbedded({ dataDir })
  assert.equal(third.owned, false)
  await third.stop()
  assert.equal(await value(here, 'select 1'), 1, 'a guest that leaves does not stop it')

  if (here.owned) {
    await other.end()
    assert.equal(await value(here, 'select 2'), 2)
  } else {
    await other.end()
    await until('this process has started it again', () => here.owned && isAlive(here.pid))
    assert.notEqual(here.pid, other.pid)
    assert.equal(await value(here, 'select 3'), 3)
  }
})

test('a joined server that goes away is started again by the one who joined', async (t) => {
  const dataDir = await temporaryFolder()
  const owner = await holder(t, [dataDir])
  const guest = await startEmbedded({ dataDir, settings: quick })
  t.after(() => guest.stop())
  assert.deepEqual([guest.owned, guest.pid], [false, owner.pid])
  await owner.end()
  await until('the guest owns a new server', () => guest.owned)
  assert.notEqual(guest.pid, owner.pid)
  assert.equal(await value(guest, 'select 1'), 1)
})

test('rows that were acknowledged survive a kill -9 of the postmaster, which is started again by itself', async (t) => {
  const dataDir = await temporaryFolder()
  const server = await startEmbedded({ dataDir })
  t.after(() => server.stop())
  const writer = await connect(server)
  await writer.query('create table entry (n int primary key)')
  const killed = server.pid
  let acknowledged = 0
  await assert.rejects(async () => {
    for (let n = 1; n < 100_000; n += 1) {
      await writer.query('insert into entry values ($1)', [n])
      acknowledged = n
      if (n === 300) process.kill(killed, 'SIGKILL')
    }
  })
  assert.ok(acknowledged >= 300)
  await until('a new postmaster runs', () => server.pid !== killed)
  assert.equal(server.owned, true)
  const count = Number(await value(server, `select count(*) from entry where n <= ${acknowledged}`))
  assert.equal(count, acknowledged)
})

test('when the process that started it is killed with SIGKILL, the server ends and the next start works', async (t) => {
  const dataDir = await temporaryFolder()
  const owner = await holder(t, [dataDir])
  owner.process.kill('SIGKILL')
  const next = await startEmbedded({ dataDir, settings: quick }) // at once, while the old one is still going
  t.after(() => next.stop())
  await ended(owner.pid)
  await until('the next process owns the server', () => next.owned)
  assert.equal(await value(next, 'select 1'), 1)
})

test('a postmaster.pid whose number now belongs to another program does not stand in the way', async (t) => {
  const dataDir = await temporaryFolder()
  const first = await startEmbedded({ dataDir, settings: quick })
  const file = path.join(dataDir, 'pg', 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  await first.stop()
  await writeFile(file, text.replace(/^\d+/, String(process.pid)))
  const second = await startEmbedded({ dataDir, settings: quick })
  t.after(() => second.stop())
  assert.equal(await value(second, 'select 1'), 1)
})

test('a data folder with a very long path and a quote in it gets a short socket', async (t) => {
  const dataDir = path.join(await temporaryFolder(), '数据 "目录"'.repeat(3), 'x'.repeat(80))
  await mkdir(dataDir, { recursive: true })
  const server = await startEmbedded({ dataDir, settings: quick })
  t.after(async () => {
    await server.stop()
    await rm(server.host, { recursive: true, force: true })
  })
  assert.ok(server.host.length < 100)
  assert.equal((await stat(server.host)).mode & 0o777, 0o700)
  assert.equal(await value(server, 'select 1'), 1)
})

test('a shut folder, a foreign folder and an unknown platform are refused with what to do', async () => {
  const dataDir = await temporaryFolder()
  await mkdir(path.join(dataDir, 'pg'))
  await writeFile(path.join(dataDir, 'pg', 'holiday.txt'), '')
  await assert.rejects(startEmbedded({ dataDir }), (error) => error instanceof EmbeddedError && error.code === 'EMBEDDED_FOLDER')
  await writeFile(path.join(dataDir, 'pg', 'PG_VERSION'), '17\n')
  await assert.rejects(startEmbedded({ dataDir }), { code: 'EMBEDDED_VERSION' })
  await assert.rejects(findNative('win32', 'arm64'), (error) => error instanceof EmbeddedError && error.message.includes('DATABASE_URL'))
})

test('a wrong setting is reported with what PostgreSQL said, at once', async () => {
  const dataDir = await temporaryFolder()
  await assert.rejects(
    startEmbedded({ dataDir, settings: { fsync: 'off', shared_buffers: 'much' } }),
    (error) => error instanceof EmbeddedError && error.code === 'EMBEDDED_START_FAILED' && error.message.includes('shared_buffers'),
  )
})

test('passwd lines and folder permissions are read as the system reads them', () => {
  assert.deepEqual(parsePasswd('root:x:0:0::/root:/bin/sh\n\n#x\nnobody:x:65534:65533:n:/:/x\n'), [
    { name: 'root', uid: 0, gid: 0 },
    { name: 'nobody', uid: 65534, gid: 65533 },
  ])
  const nobody = { name: 'nobody', uid: 65534, gid: 65533 }
  assert.equal(mayPass({ mode: 0o700, uid: 0, gid: 0 }, nobody), false)
  assert.equal(mayPass({ mode: 0o711, uid: 0, gid: 0 }, nobody), true)
  assert.equal(mayPass({ mode: 0o701, uid: 0, gid: 65533 }, nobody), false, 'the group decides for its members')
  assert.equal(mayPass({ mode: 0o077, uid: 65534, gid: 0 }, nobody), false, 'the owner too')
  assert.equal(socketDirOf('/srv/q', '/tmp'), '/srv/q/run')
  assert.match(socketDirOf(`/srv/${'长'.repeat(40)}`, '/tmp'), /^\/tmp\/quancheng-[0-9a-f]{12}$/)
})

async function withoutLinks(nativeDir: string): Promise<void> {
  const links = JSON.parse(await readFile(path.join(nativeDir, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  assert.ok(links.length > 0)
  for (const link of links) await rm(path.join(nativeDir, '..', link.target), { force: true })
}
