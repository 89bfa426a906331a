import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { createRuntime, systemAct, tenantIds, verifyAudit } from '@quancheng/kernel'
import { backupDatabase, restoreDatabase } from '@quancheng/kernel/install'
import { readConfig } from './config.ts'
import { openDatabase } from './database.ts'
import { allMigrations } from './migrations.ts'
import { modules } from './modules.ts'
import { start, type Running } from './start.ts'

const folders: string[] = []
const folder = async (): Promise<string> => { const d = await mkdtemp(path.join(tmpdir(), 'quancheng-start-')); folders.push(d); return d }
after(async () => { for (const d of folders) await rm(d, { recursive: true, force: true }) })

const config = async (dataDir?: string) => readConfig({ PORT: '0', HOST: '127.0.0.1', QUANCHENG_DEMO: 'off', QUANCHENG_DATA: dataDir ?? await folder() })

async function run(): Promise<{ running: Running; lines: string[]; dataDir: string }> {
  const c = await config()
  const lines: string[] = []
  return { running: await start(c, line => lines.push(line)), lines, dataDir: c.dataDir }
}

const json = async (url: string, init?: RequestInit) => { const r = await fetch(url, init); return { status: r.status, headers: r.headers, body: await r.json() as Record<string, unknown> } }
const signIn = (at: string, username: string, password: string) => json(`${at}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, password }) })

test('an empty installation starts with a first administrator whose password is shown once, and two copies run side by side', async () => {
  const [one, two] = [await run(), await run()]
  try {
    assert.notEqual(one.running.port, two.running.port)
    const password = /密码 (\S+)/.exec(one.lines.join('\n'))?.[1]
    assert.ok(password, one.lines.join('\n'))
    const session = await signIn(one.running.address, 'admin', password)
    assert.deepEqual([session.status, (session.body.user as { mustChangePassword: boolean }).mustChangePassword], [200, true])
    assert.equal((await signIn(two.running.address, 'admin', password)).status, 401)
    const health = await json(`${one.running.address}/api/health`)
    assert.deepEqual([health.status, health.body.status, health.body.database], [200, 'ok', 'ok'])
    const page = await fetch(`${one.running.address}/board`)
    assert.match(await page.text(), /<div id="root"/)
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'self'/)
    assert.equal((await json(`${one.running.address}/api/nothing`)).body.code, 'NOT_FOUND')
  } finally { await one.running.stop(); await two.running.stop() }
})

test('a backup restored into a new data folder is the same company: same rows, records that verify', async () => {
  const first = await run()
  await first.running.stop()
  const file = path.join(first.dataDir, 'backup.gz')
  const names = allMigrations().map(m => m.name)
  const source = await openDatabase(await config(first.dataDir))
  const a = await source.connectOwner()
  const saved = await backupDatabase({ client: a, file, migrations: names, skip: ['public.migration'] })
  await a.end()
  await source.close()
  const target = await openDatabase(await config())
  const b = await target.connectOwner()
  const restored = await restoreDatabase({ client: b, file, migrations: names, skip: ['public.migration'] })
  assert.deepEqual([restored.tables, restored.rows], [saved.tables, saved.rows])
  await assert.rejects(restoreDatabase({ client: b, file, migrations: names, skip: ['public.migration'] }), { code: 'BACKUP_NOT_EMPTY' })
  await b.end()
  const runtime = createRuntime({ connection: target.app, modules, log: () => {} })
  const [tenant] = await tenantIds(runtime)
  const verified = await systemAct(runtime, tenant!.id, 'test', ctx => verifyAudit(ctx))
  assert.ok(verified.ok && verified.rows > 10, JSON.stringify(verified))
  await runtime.close()
  await target.close()
})

test('a PORT that is no port is refused with a sentence, before anything is started', () => {
  assert.throws(() => readConfig({ PORT: 'eighty' }), /PORT 应为/)
})
