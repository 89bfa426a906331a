import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, form, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, peer: Caller, far: Caller, foreign: Caller, tree: Tree, id: string
before(async () => {
  app = await testApp({ modules: [crm], clock: '2026-11-22T01:00:00Z', tenants: 2 })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', name: '老板', unitId: tree.n1, roles: [{ code: 'boss', grants: grants(CRM, 'all') }] })
  peer = await app.person({ username: 'peer', name: '同事', unitId: tree.n1, roles: [{ code: 'peer', grants: grants(['account', 'deal'], 'unit', ['read']) }] })
  far = await app.person({ username: 'far', unitId: tree.s1, roles: [{ code: 'far', grants: grants(['account', 'deal'], 'unit', ['read', 'remove']) }] })
  foreign = await app.person({ username: 'boss', roles: [{ code: 'boss', grants: grants(CRM, 'all') }] }, app.tenantIds[1])
  id = (await boss.post('/api/accounts', { name: '客户', unitId: tree.n1 })).body.id
})
const upload = (who: Caller, name: string, content: Buffer | string, type: string) => { const f = form(name, content, type); return who.call('POST', `/api/accounts/${id}/attachments`, f.payload, f.headers) }

test('KB-08 from a record to what belongs to it, with counts of what the reader may see', async () => {
  const other = (await boss.post('/api/accounts', { name: '别站', unitId: tree.s1 })).body.id
  for (const [title, accountId, partnerId] of [['a', id, null], ['b', id, other], ['c', other, id]]) await boss.post('/api/deals', { title, accountId, partnerId })
  const seen = async (who: Caller) => Object.fromEntries((await who.get(`/api/accounts/${id}/related`)).body.map((x: { entity: string; field: string; count: number }) => [x.entity + (x.field && `.${x.field}`), x.count]))
  assert.deepEqual(await seen(boss), { 'deal.accountId': 2, 'deal.partnerId': 1, $comments: 0, $attachments: 0, $history: 1 })
  assert.equal((await seen(peer))['deal.partnerId'], 0, 'the third belongs to another station')
  const labels = (await boss.get(`/api/accounts/${id}/related`)).body.map((x: { label: string }) => x.label)
  assert.deepEqual(labels, ['商机（客户）', '商机（合作客户）', '评论', '附件', '变更记录'])
  const listed = (await boss.get(`/api/deals?count=1&filter=${encodeURIComponent(JSON.stringify({ accountId: id }))}`)).body.total
  assert.equal(listed, 2)
  const meta = (await boss.get('/api/meta')).body.entities.find((e: { name: string }) => e.name === 'account')
  assert.deepEqual(meta.related.map((x: { entity: string; field: string }) => `${x.entity}.${x.field}`), ['deal.accountId', 'deal.partnerId'])
})

test('whoever may read a record may comment on it; others find neither', async () => {
  const made = await peer.post(`/api/accounts/${id}/comments`, { text: ' 客户很急 ' })
  assert.deepEqual([made.status, made.body.text, made.body.authorName], [201, '客户很急', '同事'])
  assert.deepEqual((await boss.get(`/api/accounts/${id}/comments`)).body.items.map((c: { text: string }) => c.text), ['客户很急'])
  for (const text of ['', '   ', 'x'.repeat(4001), 5]) assert.equal((await peer.post(`/api/accounts/${id}/comments`, { text })).body.code, 'INVALID')
  for (const who of [far, foreign]) {
    assert.equal((await who.get(`/api/accounts/${id}/comments`)).status, 404)
    assert.equal((await who.post(`/api/accounts/${id}/comments`, { text: 'x' })).status, 404)
  }
  assert.equal((await peer.post(`/api/accounts/${id}/comments`, { text: 'a\0b' })).status, 400)
})

test('a file goes up and comes down as it was, and never runs as a page of ours', async () => {
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(3_000_000, 7)])
  const made = await upload(peer, '照片 1.png', png, 'image/png')
  assert.deepEqual([made.status, made.body.name, made.body.size], [201, '照片 1.png', png.length], JSON.stringify(made.body))
  const down = await boss.get(`/api/attachments/${made.body.id}`)
  assert.ok(down.raw.equals(png))
  assert.deepEqual([down.headers['content-type'], down.headers['x-content-type-options'], down.headers['content-security-policy']], ['image/png', 'nosniff', 'sandbox'])
  for (const [name, type] of [['x.html', 'text/html'], ['x.svg', 'image/svg+xml'], ['x.js', 'text/javascript'], ['x.xml', 'application/xhtml+xml']] as const) {
    const { body } = await upload(peer, name, '<script>alert(1)</script>', type)
    const r = await boss.get(`/api/attachments/${body.id}`)
    assert.equal(r.headers['content-type'], 'application/octet-stream', type)
    assert.match(String(r.headers['content-disposition']), /^attachment/)
    assert.equal(r.headers['x-content-type-options'], 'nosniff')
  }
  const odd = await upload(peer, '../../etc/pass"wd\r\nx: y.txt', 'x', 'text/plain')
  if (odd.status === 201) assert.doesNotMatch(odd.body.name, /[/\\\r\n]/)
  for (const who of [far, foreign]) {
    assert.equal((await who.get(`/api/attachments/${made.body.id}`)).status, 404)
    assert.equal((await who.remove(`/api/attachments/${made.body.id}`)).status, 404)
    assert.equal((await upload(who, 'x.txt', 'x', 'text/plain')).status, 404)
  }
  assert.equal((await app.anonymous.get(`/api/attachments/${made.body.id}`)).status, 401)
  const mine = await upload(boss, 'boss.txt', 'x', 'text/plain')
  assert.equal((await peer.remove(`/api/attachments/${mine.body.id}`)).status, 403, 'only one’s own, or who may delete the record')
  assert.equal((await boss.remove(`/api/attachments/${made.body.id}`)).status, 204)
  assert.equal((await boss.get(`/api/attachments/${made.body.id}`)).status, 404)
  assert.equal((await boss.get('/api/attachments/not-an-id')).status, 404)
})

test('a file above the limit is refused in words', async () => {
  const r = await upload(peer, 'big.bin', Buffer.alloc(21 * 1024 * 1024), 'application/octet-stream')
  assert.deepEqual([r.status, r.body.code], [413, 'TOO_LARGE'], JSON.stringify(r.body))
})

test('the session routes and the metadata tell no more than the caller may know', async () => {
  const meta = (await peer.get('/api/meta')).body.entities
  assert.deepEqual(meta.map((e: { name: string }) => e.name).toSorted(), ['account', 'deal', 'savedView', 'unit'])
  const account = meta.find((e: { name: string }) => e.name === 'account')
  assert.deepEqual(account.actions, { create: false, update: false, remove: false, import: false, export: false, reveal: false, erase: false })
  assert.ok(!account.fields.some((x: { name: string }) => ['secret', 'passwordHash', 'id', 'version'].includes(x.name)))
  assert.equal((await peer.get('/api/permissions')).status, 403)
  assert.equal((await peer.get('/api/system')).status, 403)
  const users = await app.person({ username: 'admin', unitId: tree.n1, roles: [{ code: 'admin', grants: grants(['user', 'role'], 'all') }] })
  assert.doesNotMatch((await users.get('/api/users')).raw.toString(), /argon2|passwordHash|"wrong"/)
  const codes = (await users.get('/api/permissions')).body.items.map((p: { code: string }) => p.code)
  assert.equal(new Set(codes).size, codes.length)
  assert.ok(codes.includes('account:erase') && codes.includes('audit:read') && !codes.includes('reading:update') && !codes.includes('deal:erase'))
})

test('every answer says that it must not be kept or guessed at', async () => {
  const r = await boss.get('/api/accounts')
  assert.deepEqual([r.headers['cache-control'], r.headers['x-content-type-options']], ['no-store', 'nosniff'])
  assert.deepEqual((await boss.get('/api/nosuch')).body.code, 'NOT_FOUND')
  assert.equal((await boss.get('/api/accounts/not-an-id')).status, 404)
  const broken = await app.server.inject({ method: 'POST', url: '/api/accounts', headers: { authorization: `Bearer ${boss.token}`, 'content-type': 'application/json' }, payload: '{"a":' })
  assert.deepEqual([broken.statusCode, broken.json().code], [400, 'BAD_REQUEST'])
})
