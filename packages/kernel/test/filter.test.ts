import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { create } from '../src/operations/write.ts'
import { spanOf } from '../src/query/within.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, shy: Caller, tree: Tree
const AT = '2026-11-22T01:00:00Z' // Sunday, nine in the morning in Shanghai

before(async () => {
  app = await testApp({ modules: [crm], clock: AT })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', unitId: tree.n1, roles: [{ code: 'boss', grants: grants(CRM, 'all') }] })
  shy = await app.person({ username: 'shy', unitId: tree.n1, roles: [{ code: 'shy', grants: grants(['account', 'deal'], 'all', ['read', 'export']), fields: { 'account.phone': 'mask', 'account.credit': 'none' } }] })
  await app.system(async ctx => {
    const rows: Array<Record<string, unknown>> = [
      { name: '张三', phone: '13800000001', tier: 'gold', credit: '100', score: 10, born: '1990-01-01', seenAt: '2026-11-21T15:59:59Z', unitId: tree.n1, ownerId: boss.userId },
      { name: '李四', phone: '13900000002', tier: 'gold', credit: '200', score: 20, seenAt: '2026-11-21T16:00:00Z', unitId: tree.n2 },
      { name: '王五', tier: 'silver', credit: null, score: null, seenAt: '2026-11-22T15:59:59Z', unitId: tree.s1 },
      { name: '100%_纯\\', phone: '13700000003', tier: 'silver', credit: '50.5', score: 90, seenAt: '2026-11-22T16:00:00Z', unitId: tree.n1desk },
    ]
    for (const row of rows) {
      const account = await create(ctx, ctx.entities.get('account'), row)
      await create(ctx, ctx.entities.get('deal'), { title: `商机 ${String(row.name)}`, amount: '10', accountId: account.id })
    }
  })
})

const filtered = (who: Caller, filter: unknown) => who.get(`/api/accounts?limit=200&sort=name&filter=${encodeURIComponent(JSON.stringify(filter))}`)
async function names(filter: unknown): Promise<string[]> {
  const r = await boss.get(`/api/accounts?limit=200&filter=${encodeURIComponent(JSON.stringify(filter))}`)
  assert.equal(r.status, 200, JSON.stringify(r.body))
  return r.body.items.map((x: { name: string }) => x.name.slice(0, 2)).toSorted()
}

test('a filter combines and, or, not and lists, and an empty one lists all', async () => {
  assert.deepEqual(await names({}), ['10', '张三', '李四', '王五'].toSorted())
  assert.deepEqual(await names({ tier: 'gold', score: { gt: 10 } }), ['李四'])
  assert.deepEqual(await names({ or: [{ score: 10 }, { score: 90 }] }), ['10', '张三'].toSorted())
  assert.deepEqual(await names({ tier: 'gold', or: [{ score: 10 }, { score: 90 }] }), ['张三'])
  assert.deepEqual(await names({ not: { tier: 'gold' } }), ['10', '王五'].toSorted())
  assert.deepEqual(await names({ not: { score: { gt: 15 } } }), ['张三', '王五'].toSorted(), 'not holds where there is no value')
  assert.deepEqual(await names({ and: [{ tier: ['gold', 'silver'] }, { not: { or: [{ score: 10 }, { score: null }] } }] }), ['10', '李四'].toSorted())
  assert.deepEqual(await names({ or: [] }), [])
  assert.deepEqual(await names({ and: [] }).then(x => x.length), 4)
  assert.deepEqual(await names({ score: { gte: 10, lt: 90 } }), ['张三', '李四'].toSorted())
  assert.deepEqual(await names({ score: { in: [10, null] } }), ['张三', '王五'].toSorted())
})

test('text is searched as it is written: per cent, underscore and backslash are letters', async () => {
  for (const part of ['%', '_', '\\', '%_']) assert.deepEqual(await names({ name: { contains: part } }), ['10'], part)
  assert.deepEqual(await names({ name: { startsWith: '100%' } }), ['10'])
})

test('$me and $myUnit stand for the caller, and only in references', async () => {
  assert.deepEqual(await names({ ownerId: '$me' }), ['张三'])
  assert.deepEqual(await names({ unitId: '$myUnit' }), ['张三'])
  assert.deepEqual(await names({ name: '$me' }), [])
  const nobody = await app.system(ctx => import('../src/operations/list.ts').then(l => l.list(ctx, ctx.entities.get('account'), { filter: { ownerId: '$me' } })))
  assert.equal(nobody.items.length, 0, 'where nobody acts, $me is not “without owner”')
})

test('a reference may be followed one step, within what the caller may read there', async () => {
  const titles = (r: Awaited<ReturnType<typeof filtered>>) => r.body.items?.map((x: { title: string }) => x.title)
  const by = (who: Caller, filter: unknown) => who.get(`/api/deals?filter=${encodeURIComponent(JSON.stringify(filter))}`)
  assert.deepEqual(titles(await by(boss, { 'accountId.tier': 'gold' })).toSorted(), ['商机 张三', '商机 李四'].toSorted())
  assert.deepEqual(titles(await by(boss, { not: { 'accountId.name': { contains: '张' } } })).length, 3)
  assert.deepEqual(titles(await by(boss, { 'partnerId.tier': 'gold' })), [])
  for (const filter of [{ 'accountId.unitId.name': 'x' }, { 'title.x': 1 }]) assert.equal((await by(boss, filter)).body.code, 'BAD_FILTER')
  assert.equal((await by(shy, { 'accountId.credit': { gt: 1 } })).body.code, 'UNKNOWN_FIELD')
  assert.equal((await by(shy, { 'accountId.phone': { contains: '138' } })).body.code, 'FIELD_FORBIDDEN')
})

test('today begins and ends at midnight of the tenant, not of Greenwich', async () => {
  assert.deepEqual(await names({ seenAt: { within: 'today' } }), ['李四', '王五'].toSorted())
  assert.deepEqual(await names({ seenAt: { within: 'yesterday' } }), ['张三'])
  assert.deepEqual(await names({ seenAt: { within: 'thisWeek' } }).then(x => x.length), 3, 'Sunday closes the week')
  app.clock!.set('2026-11-22T16:00:00Z')
  assert.deepEqual(await names({ seenAt: { within: 'today' } }), ['10'])
  assert.deepEqual(await names({ seenAt: { within: 'lastWeek' } }).then(x => x.length), 3)
  app.clock!.set(AT)
  assert.equal((await filtered(boss, { seenAt: { within: 'someday' } })).body.code, 'BAD_FILTER')
})

test('spans of days are right at the edges of weeks, months, years and clock changes', () => {
  const span = (name: Parameters<typeof spanOf>[0], at: string, zone = 'Asia/Shanghai') => { const s = spanOf(name, new Date(at), zone); return [s.from.toISOString(), s.to.toISOString()] }
  assert.deepEqual(span('today', '2025-12-31T16:00:00Z'), ['2025-12-31T16:00:00.000Z', '2026-01-01T16:00:00.000Z'])
  assert.deepEqual(span('lastMonth', '2026-01-15T00:00:00Z'), ['2025-11-30T16:00:00.000Z', '2025-12-31T16:00:00.000Z'])
  assert.deepEqual(span('thisMonth', '2028-02-29T15:59:59Z'), ['2028-01-31T16:00:00.000Z', '2028-02-29T16:00:00.000Z'])
  assert.deepEqual(span('thisWeek', '2026-11-22T15:59:59Z'), ['2026-11-15T16:00:00.000Z', '2026-11-22T16:00:00.000Z'])
  assert.deepEqual(span('last7Days', '2026-11-22T01:00:00Z'), ['2026-11-15T16:00:00.000Z', '2026-11-22T16:00:00.000Z'])
  assert.deepEqual(span('today', '2026-03-29T12:00:00Z', 'Europe/Berlin'), ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'], 'a day of 23 hours')
  assert.deepEqual(span('today', '2026-10-25T12:00:00Z', 'Europe/Berlin'), ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'], 'a day of 25 hours')
})

test('what is unknown, hidden or not permitted is refused and never ignored', async () => {
  const code = async (who: Caller, filter: unknown): Promise<string> => (await filtered(who, filter)).body.code
  for (const name of ['nosuch', 'secret', '__proto__x', 'tenant_id', 'ext']) assert.equal(await code(boss, { [name]: 'x' }), 'UNKNOWN_FIELD', name)
  assert.equal(await code(shy, { credit: { gt: '1' } }), 'UNKNOWN_FIELD')
  for (const op of ['contains', 'startsWith', 'ne', 'in']) assert.equal(await code(shy, { phone: { [op]: op === 'in' ? ['13800000001'] : '138' } }), 'FIELD_FORBIDDEN')
  assert.equal((await filtered(shy, { phone: '138 0000 0001' })).body.items.length, 1, 'who knows the whole number may find it')
  for (const bad of [[], 'x', 5, { and: {} }, { or: 'x' }, { not: [] }, { score: { like: 1 } }, { score: 'x' }, { score: {} }, { score: { between: [1] } }, { score: { in: 'x' } }, { tier: 'nosuch' }, { seenAt: { gt: 'x' } }, { name: { gt: 'x' } }]) {
    assert.equal(await code(boss, bad), 'BAD_FILTER', JSON.stringify(bad))
  }
  let deep: unknown = { score: 1 }
  for (let i = 0; i < 9; i++) deep = { not: deep }
  assert.equal(await code(boss, deep), 'BAD_FILTER')
  assert.equal(await code(boss, { or: Array.from({ length: 80 }, () => ({ score: 1 })) }), 'BAD_FILTER')
  assert.equal((await filtered(boss, { score: { in: Array.from({ length: 501 }, () => 1) } })).body.code, 'BAD_FILTER')
  assert.equal((await boss.get('/api/accounts?filter={')).body.code, 'BAD_FILTER')
  assert.equal((await filtered(boss, { name: { contains: 'a\0b' } })).status, 400)
  for (const q of ['limit=0', 'limit=201', 'limit=x', 'limit=1.5']) assert.equal((await boss.get(`/api/accounts?${q}`)).body.code, 'BAD_REQUEST', q)
  for (const q of ['fields=secret', 'fields=nosuch', 'sort=secret', 'sort=nosuch']) assert.equal((await boss.get(`/api/accounts?${q}`)).body.code, 'UNKNOWN_FIELD', q)
  for (const q of ['sort=credit', 'fields=credit']) assert.equal((await shy.get(`/api/accounts?${q}`)).body.code, 'UNKNOWN_FIELD', q)
  assert.equal((await shy.get('/api/accounts?sort=phone')).body.code, 'FIELD_FORBIDDEN')
  assert.equal((await boss.get('/api/accounts?sort=ownerId')).body.code, 'BAD_FILTER')
  assert.equal((await boss.get('/api/accounts?sort=name&sort=-name&limit=1&limit=2')).body.items.length, 2, 'given twice, the last counts')
})

test('an aggregate counts what the list shows, and every cell leads to exactly its rows', async () => {
  const base = { or: [{ score: null }, { score: { gte: 0 } }] }
  for (const group of ['tier', 'unitId', 'seenAt:day', 'seenAt:week', 'seenAt:month', 'born:month', 'score', 'ownerId', 'tier,seenAt:day', 'tier,unitId,score', 'born']) {
    const r = await boss.get(`/api/accounts/aggregate?group=${group}&measure=count,sum:credit,max:score&filter=${encodeURIComponent(JSON.stringify(base))}`)
    assert.equal(r.status, 200, JSON.stringify(r.body))
    assert.equal(r.body.rows.reduce((n: number, x: { count: number }) => n + x.count, 0), 4)
    for (const row of r.body.rows) {
      const list = await boss.get(`/api/accounts?count=1&limit=200&filter=${encodeURIComponent(JSON.stringify(row.filter))}`)
      assert.equal(list.body.total, row.count, JSON.stringify(row))
      const sum = list.body.items.reduce((n: number, x: { credit: string | null }) => n + Number(x.credit ?? 0), 0)
      assert.equal(Number(row['sum:credit'] ?? 0), sum)
    }
  }
  const one = (await boss.get('/api/accounts/aggregate?measure=count,sum:credit,avg:credit')).body.rows
  assert.deepEqual([one.length, one[0].count, one[0]['sum:credit']], [1, 4, '350.50'])
  assert.equal((await boss.get('/api/accounts/aggregate?group=tier')).body.rows[0].labels.tier.length, 2)
  for (const q of ['group=phone', 'group=credit', 'measure=sum:credit']) assert.ok(['FIELD_FORBIDDEN', 'UNKNOWN_FIELD', 'BAD_FILTER'].includes((await shy.get(`/api/accounts/aggregate?${q}`)).body.code), q)
  for (const q of ['measure=median:score', 'measure=sum:name', 'group=name:day', 'group=tier,unitId,score,ownerId', 'measure=sum:secret']) assert.equal((await boss.get(`/api/accounts/aggregate?${q}`)).status, 400, q)
})

test('the search box of a list finds by word, pinyin and number, and never by what is hidden from the searcher', async () => {
  const q = async (who: Caller, text: string): Promise<string[]> => (await who.get(`/api/accounts?q=${encodeURIComponent(text)}`)).body.items.map((x: { name: string }) => x.name)
  for (const text of ['张三', 'zhangsan', 'zs', '13800000001', '0001', '00000001']) assert.ok((await q(boss, text)).includes('张三'), text)
  assert.deepEqual(await q(boss, '没有的人'), [])
  for (const text of ['张三', 'zhangsan', 'zs']) assert.deepEqual(await q(shy, text), ['张三'], text)
  assert.deepEqual(await q(shy, '13800000001'), ['张三'], 'the whole number')
  for (const text of ['1380000000', '13800', '0000001', '00001']) assert.ok(!(await q(shy, text)).includes('张三'), `a part of it: ${text}`)
  assert.deepEqual(await q(shy, 'A2026-0001'), ['张三'], 'other numbers still find')
  const hits = (await shy.get('/api/search?q=13900')).body.items
  assert.deepEqual(hits, [])
  assert.match((await shy.get('/api/search?q=lisi')).body.items[0].title, /李四/)
})
