import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { withTx } from '../src/store/tx.ts'
import { testApp, type TestApp } from '../src/testing/index.ts'
import { crm } from './fixture.ts'

/* What store/statement.ts knows of the driver's inside: a new version of the driver that changes it fails here. */
let app: TestApp
before(async () => { app = await testApp({ modules: [crm] }) })

const inTx = <T>(run: Parameters<typeof withTx<T>>[2]) => withTx(app.runtime.pool, { tenantId: app.tenantId }, run)
const KINDS = `select $1::int as n, $2::text as words, '{"a":[1]}'::jsonb as doc, '2026-11-22T01:00:00Z'::timestamptz as at, null::text as none, 9007199254740991::bigint as big, array['x','y'] as list, '2026-11-22'::date as day, decode('00ff','hex') as raw`

test('a prepared statement gives the same values at its first and at every later execution, whose columns are not described again', async () => {
  const [first, ...later] = await inTx(async tx => {
    const rows = []
    for (let n = 0; n < 4; n++) rows.push((await tx.query(KINDS, [n, `第${n}次`], 'statement_kinds'))[0])
    return rows
  })
  assert.deepEqual({ ...first }, { n: 0, words: '第0次', doc: { a: [1] }, at: new Date('2026-11-22T01:00:00Z'), none: null, big: 9007199254740991, list: ['x', 'y'], day: '2026-11-22', raw: Buffer.from([0, 255]) })
  later.forEach((row, i) => assert.deepEqual({ ...row }, { ...first, n: i + 1, words: `第${i + 1}次` }))
})

test('many sent at once answer each for itself, in any mixture of known and new statements', async () => {
  const answers = await inTx(tx => Promise.all(Array.from({ length: 30 }, async (_, i) => (await tx.query<{ n: number; i: number }>(`select $1::int as n, ${i % 3} as i`, [i], `statement_many_${i % 3}`))[0]!)))
  assert.deepEqual(answers.map(a => [a.n, a.i]), answers.map((_, i) => [i, i % 3]))
})

test('no rows and no columns are what they are, the first time and later', async () => {
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(await inTx(tx => tx.query('select key from series where tenant_id = $1 and key = $2', [app.tenantId, 'nobody'], 'statement_none')), [])
    assert.deepEqual(await inTx(tx => tx.query('delete from series where tenant_id = $1 and key = $2', [app.tenantId, 'nobody'], 'statement_delete')), [])
  }
})

test('a prepared statement that fails says why, and works again with better values', async () => {
  const ask = (value: string) => inTx(tx => tx.query<{ n: number }>('select $1::text::int as n', [value], 'statement_cast'))
  assert.deepEqual((await ask('1'))[0]!.n, 1)
  await assert.rejects(ask('one'), { code: '22P02' })
  assert.deepEqual((await ask('2'))[0]!.n, 2)
})

test('a value that cannot be sent is refused by itself, and the connection goes on', async () => {
  const circular: Record<string, unknown> = {}
  circular.self = circular
  for (let i = 0; i < 3; i++) await assert.rejects(inTx(tx => tx.query('select $1::jsonb as doc', [circular], 'statement_circular')))
  assert.equal((await inTx(tx => tx.query<{ n: number }>('select 1 as n')))[0]!.n, 1)
})
