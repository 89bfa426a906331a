import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { attempt, known, referenceChanged, type Ctx } from '../src/index.ts'
import { testApp, type TestApp } from '../src/testing/index.ts'
import { crm } from './fixture.ts'

let app: TestApp
before(async () => { app = await testApp({ modules: [crm], tenants: 2 }) })

let loads = 0
const ask = (ctx: Ctx): Promise<number> => known(ctx, 'test', async () => ++loads)
const later = (tenant = 0): Promise<number> => app.system(ask, app.tenantIds[tenant])

test('what is known is loaded once for all acts, until reference data of the tenant changes', async () => {
  const first = await later()
  assert.equal(await later(), first)
  await app.system(async ctx => { referenceChanged(ctx, 'meta') })
  const second = await later()
  assert.equal(second, first + 1)
  assert.equal(await later(), second)
})

test('another tenant knows nothing of it', async () => {
  const mine = await later()
  const theirs = await later(1)
  assert.notEqual(theirs, mine)
  assert.equal(await later(), mine)
})

test('an act that has changed something loads anew and leaves nothing behind when it is rolled back', async () => {
  const before = await later()
  await assert.rejects(app.system(async ctx => {
    referenceChanged(ctx, 'access')
    assert.notEqual(await ask(ctx), before)
    throw new Error('refused')
  }), /refused/)
  assert.equal(await later(), before)
})

test('an act that began before a change does not put its old knowledge in the place of the new', async () => {
  const begun = Promise.withResolvers<void>(), changed = Promise.withResolvers<void>()
  const old = app.system(async ctx => {
    begun.resolve()
    await changed.promise
    return known(ctx, 'race', async () => 'old')
  })
  await begun.promise
  await app.system(async ctx => { referenceChanged(ctx, 'meta') })
  assert.equal(await app.system(ctx => known(ctx, 'race', async () => 'new')), 'new')
  changed.resolve()
  assert.equal(await old, 'old')
  assert.equal(await app.system(ctx => known(ctx, 'race', async () => 'newer')), 'new')
})

test('an attempt that fails undoes its own writes, also those nobody waited for, and the act goes on', async () => {
  await app.system(async ctx => {
    const put = (key: string, last: number | null): void => ctx.send('insert into series (tenant_id, key, last) values ($1, $2, $3)', [ctx.tenant.id, key, last])
    await attempt(ctx, async () => put('try-a', 1))
    await assert.rejects(attempt(ctx, async () => { put('try-b', 1); put('try-c', null) }), { code: '23502' })
    await attempt(ctx, async () => put('try-d', 1))
  })
  assert.deepEqual((await app.owner.query<{ key: string }>("select key from series where key like 'try-%' order by key")).rows.map(r => r.key), ['try-a', 'try-d'])
})
