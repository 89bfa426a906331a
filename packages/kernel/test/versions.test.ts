import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, form, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, peer: Caller, far: Caller, tree: Tree, id: string
before(async () => {
  app = await testApp({ modules: [crm], clock: '2026-11-22T01:00:00Z' })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', name: '老板', unitId: tree.n1, roles: [{ code: 'boss', grants: grants(CRM, 'all') }] })
  peer = await app.person({ username: 'peer', name: '同事', unitId: tree.n1, roles: [{ code: 'peer', grants: grants(['account', 'deal'], 'unit', ['read']) }] })
  far = await app.person({ username: 'far', unitId: tree.s1, roles: [{ code: 'far', grants: grants(['account', 'deal'], 'unit', ['read', 'update', 'remove']) }] })
  id = (await boss.post('/api/accounts', { name: '客户', unitId: tree.n1 })).body.id
})
const send = (who: Caller, url: string, content: string, name = '报价.xlsx') => { const f = form(name, content, 'application/octet-stream'); return who.call('POST', url, f.payload, f.headers) }

test('KB-06 a new upload of a file is its next version; what it was stays readable and can be brought back', async () => {
  const made = (await send(boss, `/api/accounts/${id}/attachments`, '一')).body
  assert.equal(made.version, 1)
  app.clock!.advance(10)
  const second = await send(boss, `/api/attachments/${made.id}/versions?base=1&note=${encodeURIComponent('改了价格')}`, '二二', '报价（改）.xlsx')
  assert.deepEqual([second.status, second.body.version, second.body.size], [201, 2, 6])
  const { items } = (await peer.get(`/api/attachments/${made.id}/versions`)).body
  assert.deepEqual(items.map((v: Record<string, unknown>) => [v.version, v.authorName, v.name, v.size, v.note, v.current]), [[2, '老板', '报价（改）.xlsx', 6, '改了价格', true], [1, '老板', '报价.xlsx', 3, null, false]])
  assert.equal((await peer.get(`/api/attachments/${made.id}`)).raw.toString(), '二二')
  assert.equal((await peer.get(`/api/attachments/${made.id}/versions/1`)).raw.toString(), '一')
  assert.equal((await peer.get(`/api/attachments/${made.id}/versions/3`)).status, 404)
  assert.equal((await boss.post(`/api/attachments/${made.id}/versions/1/restore`, { base: 2 })).body.version, 3)
  assert.equal((await peer.get(`/api/attachments/${made.id}`)).raw.toString(), '一')
  assert.deepEqual((await boss.get(`/api/attachments/${made.id}/versions`)).body.items[0].note, '恢复自第 1 版')
  assert.deepEqual((await boss.get(`/api/accounts/${id}/attachments`)).body.items.map((f: { version: number; changedByName: string }) => [f.version, f.changedByName]), [[3, '老板']])
})

test('KB-06 saving on a version that somebody else has followed up is refused in plain words, and nothing is lost', async () => {
  const made = (await send(boss, `/api/accounts/${id}/attachments`, 'a')).body
  await send(boss, `/api/attachments/${made.id}/versions?base=1`, 'b')
  const late = await send(boss, `/api/attachments/${made.id}/versions?base=1`, 'c')
  assert.deepEqual([late.status, late.body.code, late.body.details.version], [409, 'ATTACHMENT_STALE', 2])
  assert.match(late.body.message, /“报价.xlsx”已由老板存成第 2 版，您改的是第 1 版/)
  assert.equal((await boss.get(`/api/attachments/${made.id}`)).raw.toString(), 'b')
  // two at the same moment: one of them becomes the next version
  const both = await Promise.all([send(boss, `/api/attachments/${made.id}/versions?base=2`, 'd'), send(boss, `/api/attachments/${made.id}/versions?base=2`, 'e')])
  assert.deepEqual(both.map(x => x.status).toSorted((x, y) => x - y), [201, 409])
  for (const base of ['', '0', 'x', '1.5']) assert.equal((await send(boss, `/api/attachments/${made.id}/versions?base=${base}`, 'f')).body.code, 'BAD_REQUEST')
  assert.equal((await send(boss, `/api/attachments/${made.id}/versions?base=3`, both[0]!.status === 201 ? 'd' : 'e')).body.code, 'ATTACHMENT_SAME')
})

test('KB-06 a file is replaced by whoever brought it or may change the record; others do not find it; the record of changes holds every version', async () => {
  const made = (await send(boss, `/api/accounts/${id}/attachments`, 'a')).body, own = (await send(peer, `/api/accounts/${id}/attachments`, 'a')).body
  assert.equal((await send(peer, `/api/attachments/${made.id}/versions?base=1`, 'b')).status, 403)
  assert.equal((await send(peer, `/api/attachments/${own.id}/versions?base=1`, 'b')).status, 201)
  for (const url of ['', '/about', '/versions', '/versions/1']) assert.equal((await far.get(`/api/attachments/${made.id}${url}`)).status, 404, url)
  assert.equal((await send(far, `/api/attachments/${made.id}/versions?base=1`, 'b')).status, 404)
  assert.deepEqual((await peer.get(`/api/attachments/${made.id}/about`)).body, { id: made.id, name: '报价.xlsx', mediaType: 'application/octet-stream', size: 1, version: 1, entity: 'account', plural: 'accounts', recordId: id, recordName: 'A2026-0001 客户', recordLabel: '客户', mayEdit: false })
  const acts = await app.system(ctx => ctx.query<{ act: string }>("select act from audit where entity = 'attachment' and record_id = $1 order by seq", [own.id]))
  assert.deepEqual(acts.map(a => a.act), ['create', 'update'])
  assert.equal((await peer.remove(`/api/attachments/${own.id}`)).status, 204)
  assert.equal((await app.system(ctx => ctx.query('select 1 from attachment_version where attachment_id = $1', [own.id]))).length, 0)
})
