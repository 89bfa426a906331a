import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { withTx } from '../src/store/tx.ts'
import { testApp, type TestApp } from '../src/testing/index.ts'
import { crm } from './fixture.ts'

let app: TestApp
before(async () => { app = await testApp({ modules: [crm] }) })

const SERIES = 'insert into series (tenant_id, key, last) values ($1, $2, $3)'
const kept = async (): Promise<string[]> => (await app.owner.query<{ key: string }>('select key from series where key like $1 order by key', ['line-%'])).rows.map(r => r.key)
const inTx = <T>(run: Parameters<typeof withTx<T>>[2]) => withTx(app.runtime.pool, { tenantId: app.tenantId }, run)

test('what is sent without waiting is there for the next statement and after the commit', async () => {
  const seen = await inTx(async tx => {
    for (let i = 0; i < 50; i++) tx.send(SERIES, [app.tenantId, `line-a${i}`, i], 'line_series')
    return (await tx.query<{ n: number }>("select count(*)::int as n from series where key like 'line-a%'"))[0]!.n
  })
  assert.equal(seen, 50)
  await app.owner.query("delete from series where key like 'line-a%'")
})

test('the failure of a statement that nobody waited for is told by the next one, with its own cause, and nothing is stored', async () => {
  await assert.rejects(inTx(async tx => {
    tx.send(SERIES, [app.tenantId, 'line-b', 1])
    tx.send(SERIES, [app.tenantId, 'line-b', 2])
    await tx.query('select 1')
  }), { code: '23505' })
  assert.deepEqual(await kept(), [])
})

test('at the latest the commit tells it', async () => {
  await assert.rejects(inTx(async tx => { tx.send('insert into series (tenant_id, key, last) values ($1, $2, null)', [app.tenantId, 'line-c']) }), { code: '23502' })
  assert.deepEqual(await kept(), [])
})

test('a savepoint that is gone back to takes the failure with it, and the rest is stored', async () => {
  await inTx(async tx => {
    tx.send(SERIES, [app.tenantId, 'line-d', 1])
    await tx.query('savepoint s')
    tx.send(SERIES, [app.tenantId, 'line-d', 1])
    await tx.query('rollback to savepoint s')
    tx.send(SERIES, [app.tenantId, 'line-e', 1])
  })
  assert.deepEqual(await kept(), ['line-d', 'line-e'])
})

test('a statement that came often is prepared, and a migration that outdates its plan costs one answer at most', async () => {
  const ask = () => inTx(async tx => (await tx.query('select * from series where tenant_id = $1 and key = $2', [app.tenantId, 'line-d']))[0])
  for (let i = 0; i < 8; i++) assert.equal((await ask())!.last, 1)
  await app.owner.query('alter table series add column line_extra integer')
  try {
    for (let i = 0; i < 20; i++) { try { await ask() } catch (error) { assert.equal((error as { code: string }).code, '0A000') } }
    assert.ok('line_extra' in (await ask())!)
  } finally { await app.owner.query('alter table series drop column line_extra') }
})
