import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { create } from '../src/operations/write.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, grants, makeTree, seeded, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, tree: Tree, own: string
const N = 90
const r = seeded(20261122)
const maybe = <T>(v: T): T | null => (r.next() < 0.3 ? null : v)
const row = () => ({
  name: r.pick(['甲', '乙', '丙', 'a', 'B', 'é']) + r.below(5), tier: r.pick(['gold', 'silver']), credit: maybe(`${r.below(4)}.0${r.below(3)}`), score: maybe(r.below(4)),
  born: maybe(`2000-01-0${1 + r.below(4)}`), seenAt: maybe(new Date(Date.UTC(2026, 10, 1 + r.below(3), 0, 0, 0, r.below(3)))), unitId: tree.n1, [own]: maybe(r.below(4)),
})

before(async () => {
  app = await testApp({ modules: [crm], clock: '2026-11-22T01:00:00Z' })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', unitId: tree.n1, roles: [{ code: 'boss', grants: grants(CRM, 'all') }] })
  own = await app.system(async ctx => (await create(ctx, ctx.entities.get('tenantField'), { entity: 'account', spec: { type: 'integer', label: ['层级', 'Level'] } })).key as string)
  await app.system(async ctx => { for (let i = 0; i < N; i++) await create(ctx, ctx.entities.get('account'), row()) })
})

const page = async (sort: string, limit: number, after: string | null): Promise<{ items: Array<{ id: string }>; next: string | null }> => {
  const x = await boss.get(`/api/accounts?fields=name&sort=${sort}&limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ''}`)
  assert.equal(x.status, 200, `${sort}: ${JSON.stringify(x.body)}`)
  return x.body
}
async function walk(sort: string, limit: number, between?: () => Promise<void>): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null = null; ;) {
    const p = await page(sort, limit, after)
    ids.push(...p.items.map(i => i.id))
    if (!p.next) return ids
    after = p.next
    await between?.()
  }
}

test('in every order, with and without values, all pages together are the whole list, each row once', async () => {
  const fields = ['name', 'tier', 'credit', 'score', 'born', 'seenAt', 'number', 'createdAt', 'updatedAt', own]
  const sorts = [...fields.flatMap(x => [x, `-${x}`]), ...Array.from({ length: 14 }, () => [r.pick(fields), r.pick(fields), r.pick(fields)].map(x => (r.next() < 0.5 ? x : `-${x}`)).join(','))]
  for (const sort of sorts) {
    const whole = (await page(sort, 200, null)).items.map(i => i.id)
    assert.equal(whole.length, N)
    assert.deepEqual(await walk(sort, 7 + r.below(20)), whole, sort)
  }
})

test('rows without a value come last in both directions', async () => {
  for (const field of ['score', own]) for (const sort of [field, `-${field}`]) {
    const values = (await boss.get(`/api/accounts?sort=${sort}&limit=200`)).body.items.map((x: Record<string, unknown>) => x[field])
    const known = values.filter((v: unknown) => v !== null)
    assert.deepEqual(values.slice(known.length).filter((v: unknown) => v !== null), [])
    assert.deepEqual(known, known.toSorted((a: number, b: number) => (sort.startsWith('-') ? b - a : a - b)))
  }
})

test('rows that come while somebody turns the pages never hide or double one that was there', async () => {
  for (const sort of ['-createdAt', 'score', '-credit,name', 'createdAt']) {
    const before = (await walk(sort, 200))
    const seen = await walk(sort, 11, () => app.system(async ctx => { await create(ctx, ctx.entities.get('account'), row()) }))
    assert.equal(new Set(seen).size, seen.length, `${sort}: a row twice`)
    const was = new Set(before)
    assert.deepEqual(seen.filter(id => was.has(id)), before, sort)
  }
})

test('a tenant field that became required hides no row that lacks it', async () => {
  await app.system(async ctx => {
    const [x] = await ctx.query<{ id: string; spec: Record<string, unknown> }>('select id, spec from tenant_field where tenant_id = $1', [ctx.tenant.id])
    await import('../src/operations/write.ts').then(w => w.update(ctx, ctx.entities.get('tenantField'), x!.id, { spec: { ...x!.spec, required: true } }))
  })
  for (const sort of [own, `-${own}`]) assert.deepEqual(await walk(sort, 13), (await walk(sort, 200)), sort)
  assert.equal((await walk(own, 13)).length, (await walk('createdAt', 200)).length)
})

test('a column that became required after rows were there hides none of them', async () => {
  await app.owner.query("alter table account alter column name drop not null; alter table account alter column number drop not null")
  await app.owner.query("update account set name = null where score = 1; update account set number = null where score = 2")
  for (const sort of ['name', '-name', 'name,number', '-name,-number', 'name,-number', 'number,name,score', '-number,name']) {
    const whole = (await page(sort, 200, null)).items.map(i => i.id)
    for (const limit of [1, 9, 30]) assert.deepEqual(await walk(sort, limit), whole, `${sort} by ${limit}`)
  }
})

test('a page position that is not ours is refused', async () => {
  const code = async (sort: string, values: unknown): Promise<string> =>
    (await boss.get(`/api/accounts?sort=${sort}&after=${Buffer.from(JSON.stringify(values)).toString('base64url')}`)).body.code
  for (const bad of [[], ['x'], ['x', 'y'], [1, 2], [null, null], {}, ['1', null], ["1'; drop", '0'], [['1'], 'x']]) assert.equal(await code('score', bad), 'BAD_CURSOR', JSON.stringify(bad))
  assert.equal(await code('-createdAt', ['not-an-id']), 'BAD_CURSOR')
  assert.equal(await code('seenAt', ['tomorrow', '019d0000-0000-7000-8000-000000000000']), 'BAD_CURSOR')
  assert.equal((await boss.get('/api/accounts?after=%00%ff')).body.code, 'BAD_CURSOR')
  const next = (await page('name', 5, null)).next!
  assert.equal((await boss.get(`/api/accounts?sort=name,score&after=${next}`)).body.code, 'BAD_CURSOR', 'a position in another order')
})
