import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { verifyAudit } from '../src/audit/verify.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, tree: Tree
before(async () => {
  app = await testApp({ modules: [crm] })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', unitId: tree.n1, roles: [{ code: 'boss', grants: grants(CRM, 'all') }] })
})

/** Kills the writing process after so many acknowledged writes; returns what it had told. */
async function killedAfter(count: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts')], {
    env: { ...process.env, QC_TEST_WRITER: JSON.stringify({ connection: app.connection, token: boss.token, unitId: tree.n1 }) }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; if (text.split('\n').length > count) child.kill('SIGKILL') })
  const [, signal] = await once(child, 'close')
  assert.equal(signal, 'SIGKILL')
  return text.split('\n').filter(line => line.length === 36)
}

test('BH-8.3 kill -9 in the middle of 200 writes: what was acknowledged is stored, whole, and the next process goes on', async () => {
  const told: string[] = []
  for (const count of [60, 60, 80]) told.push(...await killedAfter(count))
  assert.ok(told.length >= 200)
  const stored = new Set((await app.owner.query('select id from account')).rows.map(r => r.id as string))
  assert.deepEqual(told.filter(id => !stored.has(id)), [])
  const halves = (await app.owner.query(`select a.id from account a left join audit l on l.record_id = a.id and l.seq = 1 left join search_doc s on s.record_id = a.id where l.seq is null or s.record_id is null`)).rows
  assert.deepEqual(halves, [], 'no row without its log and its search entry')
  const { rows: [n] } = await app.owner.query(`select count(*)::int as rows, count(distinct number)::int as numbers, (select last from series where key like 'A%') as last from account`)
  assert.deepEqual([n.numbers, n.last], [n.rows, n.rows], 'no number twice, none lost to a write that was not stored')
  assert.deepEqual((await app.system(ctx => verifyAudit(ctx))).broken, [])
  assert.equal((await boss.post('/api/accounts', { name: '之后', unitId: tree.n1 })).status, 201)
})
