import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { compileAccess } from '../src/access/access.ts'
import { create } from '../src/operations/write.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, tree: Tree, boss: Caller
const ids: Record<string, string> = {} // where a row lies → its id
const deals: Record<string, string> = {}, lines: Record<string, string> = {}

before(async () => {
  app = await testApp({ modules: [crm], tenants: 2, clock: '2026-11-22T01:00:00Z' })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', unitId: tree.group, roles: [{ code: 'boss', grants: { ...grants([...CRM, 'role', 'roleGroup', 'user', 'unit'], 'all'), 'user:grant': ['all'] } }] })
  await app.system(async ctx => {
    for (const [place, unitId] of Object.entries(tree)) {
      const a = await create(ctx, ctx.entities.get('account'), { name: `客户${place}`, phone: '13800000001', unitId })
      ids[place] = a.id
      deals[place] = (await create(ctx, ctx.entities.get('deal'), { title: `商机${place}`, accountId: a.id })).id
      lines[place] = (await create(ctx, ctx.entities.get('dealLine'), { what: `明细${place}`, dealId: deals[place] })).id
    }
  })
})

const places = async (who: Caller, plural = 'accounts', field = 'name'): Promise<string[]> => {
  const r = await who.get(`/api/${plural}?limit=200`)
  return r.status === 200 ? r.body.items.map((x: Record<string, string>) => x[field]!.replace(/^\D{2}(?=[a-z])/, '')).toSorted() : [String(r.body.code)]
}

test('the five data scopes show what lies in them: rows, their children and their grandchildren', async () => {
  const EXPECTED = { all: Object.keys(tree), region: ['north', 'n1', 'n2', 'n1desk'], unitBelow: ['n1', 'n1desk'], unit: ['n1'], self: [] as string[] }
  for (const [scope, expected] of Object.entries(EXPECTED)) {
    const who = await app.person({ username: `p-${scope.toLowerCase()}`, unitId: tree.n1, roles: [{ code: `r${scope}`, grants: grants(CRM, scope) }] })
    assert.deepEqual(await places(who), expected.toSorted(), scope)
    assert.deepEqual(await places(who, 'deals', 'title'), expected.toSorted(), `${scope} by a parent`)
    assert.deepEqual(await places(who, 'deal-lines', 'what'), expected.toSorted(), `${scope} by a parent's parent`)
    for (const place of Object.keys(tree)) for (const [plural, map] of [['accounts', ids], ['deals', deals], ['deal-lines', lines]] as const) {
      const status = expected.includes(place) ? 200 : 404
      assert.equal((await who.get(`/api/${plural}/${map[place]}`)).status, status, `${scope} ${plural} ${place}`)
      if (status === 404) {
        for (const path of ['related', 'history', 'comments', 'attachments']) assert.equal((await who.get(`/api/${plural}/${map[place]}/${path}`)).status, 404)
        assert.equal((await who.patch(`/api/${plural}/${map[place]}`, {})).status, 404)
        assert.equal((await who.remove(`/api/${plural}/${map[place]}`)).status, 404)
        assert.equal((await who.post(`/api/${plural}/${map[place]}/comments`, { text: 'x' })).status, 404)
      }
    }
    const mine = await who.post('/api/accounts', { name: '自己的', unitId: tree.n1, ownerId: who.userId })
    assert.equal(mine.status, 201, JSON.stringify(mine.body))
    assert.equal((await who.get(`/api/accounts/${mine.body.id}`)).status, 200)
    assert.equal((await boss.remove(`/api/accounts/${mine.body.id}`)).status, 204)
  }
  const nobody = await app.person({ username: 'p-none', unitId: tree.n1 })
  assert.deepEqual(await places(nobody), ['FORBIDDEN'])
  assert.equal((await nobody.get(`/api/accounts/${ids.n1}`)).status, 403)
  assert.equal((await app.anonymous.get('/api/accounts')).body.code, 'SIGN_IN_REQUIRED')
})

test('nobody puts a record where they could not write, points it to what they can’t see, or moves it out of reach', async () => {
  const who = await app.person({ username: 'p-own', unitId: tree.n1, roles: [{ code: 'own', grants: grants(CRM, 'unitBelow') }] })
  assert.equal((await who.post('/api/accounts', { name: '别站的', unitId: tree.s1 })).body.code, 'FORBIDDEN')
  assert.equal((await who.patch(`/api/accounts/${ids.n1}`, { unitId: tree.s1 })).body.code, 'FORBIDDEN')
  assert.equal((await boss.get(`/api/accounts/${ids.n1}`)).body.unitId, tree.n1, 'it stays where it was')
  assert.equal((await who.post('/api/deals', { title: '借来的', accountId: ids.s1 })).body.code, 'REF_NOT_FOUND')
  assert.equal((await who.patch(`/api/deals/${deals.n1}`, { partnerId: ids.s1 })).body.code, 'REF_NOT_FOUND')
  assert.equal((await who.patch(`/api/deals/${deals.n1}`, { accountId: ids.s1 })).body.code, 'REF_NOT_FOUND')
  assert.equal((await who.patch(`/api/accounts/${ids.n1}`, { ownerId: boss.userId })).body.code, 'REF_NOT_FOUND', 'users are not readable to them')
  assert.equal((await who.patch(`/api/accounts/${ids.n1}`, { ownerId: who.userId })).status, 200, 'but they may take a record themselves')
})

test('an export holds no row that only reading, not exporting, would allow', async () => {
  const who = await app.person({ username: 'p-export', unitId: tree.n1, roles: [{ code: 'exporter', grants: { 'account:read': ['all'], 'account:export': ['unit'] } }] })
  const csv = String((await who.get('/api/accounts/export?format=csv')).body)
  assert.match(csv, /客户n1\b/)
  assert.doesNotMatch(csv, /客户s1|客户n2|客户n1desk/)
})

test('BH-7.4 a role group gives the union of its roles’ rights', async () => {
  const make = async (code: string, g: Record<string, string[]>) => (await boss.post('/api/roles', { code, name: code, grants: g })).body.id as string
  const desk = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`desk:act${'abcdefgh'[i]}`, ['all']]))
  const advice = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${i < 2 ? 'desk' : 'advice'}:act${'abcdefgh'[i]}`, ['all']]))
  const group = (await boss.post('/api/role-groups', { name: '前台', roleIds: [await make('business', { ...desk, 'account:read': ['unit'] }), await make('consult', { ...advice, 'account:read': ['region'] })] })).body
  const who = await app.person({ username: 'p-group', unitId: tree.n1 })
  assert.equal((await boss.patch(`/api/users/${who.userId}`, { groupIds: [group.id] })).status, 200)
  const held = (await who.get('/api/session')).body.permissions
  assert.equal(Object.keys(held).filter(k => !k.startsWith('account')).length, 14)
  assert.deepEqual(held['account:read'].toSorted(), ['region', 'unit'])
  assert.deepEqual(await places(who), ['n1', 'n1desk', 'n2', 'north'])
})

test('BH-7.3 a right taken from a role is gone at the next request, without signing in again', async () => {
  const who = await app.person({ username: 'p-now', unitId: tree.n1, roles: [{ code: 'foreman', grants: { 'account:read': ['unit'], 'account:update': ['unit'] } }] })
  assert.equal((await who.patch(`/api/accounts/${ids.n1}`, { score: 1 })).status, 200)
  const role = (await boss.get('/api/roles?filter={"code":"foreman"}')).body.items[0]
  assert.equal((await boss.patch(`/api/roles/${role.id}`, { grants: { 'account:read': ['unit'] } })).status, 200)
  assert.equal((await who.patch(`/api/accounts/${ids.n1}`, { score: 2 })).status, 403)
  assert.equal((await who.get(`/api/accounts/${ids.n1}`)).status, 200)
  await boss.patch(`/api/roles/${role.id}`, { off: true })
  assert.equal((await who.get(`/api/accounts/${ids.n1}`)).status, 403)
  await boss.patch(`/api/roles/${role.id}`, { off: false })
  assert.equal((await boss.patch(`/api/users/${who.userId}`, { unitId: tree.s1 })).status, 200)
  assert.equal((await who.get(`/api/accounts/${ids.n1}`)).status, 404, 'moved to another station: its rows, not the old ones')
  assert.equal((await boss.patch(`/api/units/${tree.n1desk}`, { parentId: tree.s1 })).status, 200)
  const below = await app.person({ username: 'p-below', unitId: tree.s1, roles: [{ code: 'below', grants: { 'account:read': ['unitBelow'] } }] })
  assert.deepEqual(await places(below), ['n1desk', 's1'])
  assert.equal((await boss.patch(`/api/units/${tree.n1desk}`, { parentId: tree.n1 })).status, 200)
  assert.deepEqual(await places(below), ['s1'])
  assert.equal((await boss.patch(`/api/units/${tree.n1}`, { parentId: tree.n1desk })).body.code, 'TREE_CYCLE')
})

test('BH-7.7 a field that a role may not see is nowhere in the API, a masked one is masked everywhere', async () => {
  const blind = await app.person({ username: 'p-blind', unitId: tree.n1, roles: [{ code: 'blind', grants: grants(CRM, 'all'), fields: { 'account.phone': 'none' } }] })
  const half = await app.person({ username: 'p-half', unitId: tree.n1, roles: [{ code: 'half', grants: grants(CRM, 'all'), fields: { 'account.phone': 'mask', 'account.tier': 'read' } }] })
  const url = `/api/accounts/${ids.n2}`
  await boss.patch(url, { phone: '13911112222' })
  for (const path of ['/api/accounts?limit=200', url, `${url}/history`, '/api/accounts/export?format=csv', '/api/meta', '/api/search?q=客户n2', `${url}/related`]) {
    const seen = (await blind.get(path)).raw.toString()
    assert.doesNotMatch(seen, /13800000001|13911112222|\*\*\*\*/, `blind ${path}`)
    if (path !== '/api/meta') assert.doesNotMatch(seen, /"phone"|手机号/, `blind ${path}`)
    const masked = (await half.get(path)).raw.toString()
    assert.doesNotMatch(masked, /13800000001|13911112222/, `half ${path}`)
  }
  assert.ok(!(await blind.get('/api/meta')).body.entities.find((e: { name: string }) => e.name === 'account').fields.some((x: { name: string }) => x.name === 'phone'))
  assert.match((await half.get(`${url}/history`)).raw.toString(), /139\*\*\*\*2222/)
  assert.deepEqual((await half.get(url)).body.$masked, ['phone'])
  assert.match(String((await half.get('/api/accounts/export?format=csv')).body), /139\*\*\*\*2222/)
  for (const q of ['filter={"phone":"13911112222"}', 'sort=phone', 'fields=phone', 'filter={"phone":{"isNull":true}}']) assert.equal((await blind.get(`/api/accounts?${q}`)).body.code, 'UNKNOWN_FIELD', q)
  assert.deepEqual((await blind.get('/api/accounts?q=13911112222')).body.items, [])
  assert.equal((await blind.patch(url, { phone: '13900000000' })).body.details.fields[0].code, 'UNKNOWN_FIELD')
  assert.equal((await half.patch(url, { phone: '13900000000' })).body.code, 'FIELD_FORBIDDEN')
  assert.equal((await half.patch(url, { tier: 'gold' })).body.code, 'FIELD_FORBIDDEN')
  assert.equal((await blind.post(`${url}/reveal`, { field: 'phone', reason: '好奇' })).body.code, 'UNKNOWN_FIELD')
  assert.equal((await boss.get(url)).body.phone, '13911112222')
})

test('field rights add up: a second role that reads the entity lifts the first one’s rule, one that does not read does not', () => {
  const who = { userId: 'u', unitId: null, regionId: null }
  const level = (...roles: Parameters<typeof compileAccess>[1]) => compileAccess(who, roles).fields.get('a.p')
  const masked = { code: 'm', grants: { 'a:read': ['all' as const] }, fields: { 'a.p': 'mask' as const } }
  assert.equal(level(masked), 'mask')
  assert.equal(level(masked, { code: 'n', grants: { 'a:read': ['self'] }, fields: {} }), 'edit')
  assert.equal(level(masked, { code: 'n', grants: { 'a:import': ['all'] }, fields: {} }), 'mask')
  assert.equal(level(masked, { code: 'n', grants: { 'b:read': ['all'] }, fields: {} }), 'mask')
  assert.equal(level(masked, { code: 'n', grants: { 'a:read': ['all'] }, fields: { 'a.p': 'none' } }), 'mask')
  assert.equal(level({ code: 'r', grants: {}, fields: { 'a.p': 'mask' } }), 'mask', 'a rule without a right is still a rule')
})

test('everyone signed in reads the units and keeps views of their own, and nothing more', async () => {
  const who = await app.person({ username: 'p-every', unitId: tree.n1 })
  assert.equal((await who.get('/api/units')).body.items.length, 7)
  assert.equal((await who.post('/api/units', { code: 'X', name: 'x', kind: 'station' })).status, 403)
  const view = await who.post('/api/saved-views', { entity: 'account', name: '我的', query: { filter: {} } })
  assert.equal(view.status, 201, JSON.stringify(view.body))
  assert.equal(view.body.ownerId, who.userId)
  const shared = await who.post('/api/saved-views', { entity: 'account', name: '大家的', query: {}, shared: true })
  const other = await app.person({ username: 'p-other', unitId: tree.s1 })
  assert.deepEqual((await other.get('/api/saved-views')).body.items.map((v: { name: string }) => v.name), ['大家的'])
  for (const id of [view.body.id, shared.body.id]) {
    assert.equal((await other.patch(`/api/saved-views/${id}`, { name: '抢' })).status, 404)
    assert.equal((await other.remove(`/api/saved-views/${id}`)).status, 404)
  }
  assert.equal((await other.post('/api/saved-views', { entity: 'account', name: '冒名', query: {}, ownerId: who.userId })).status, 405)
  assert.equal((await who.remove(`/api/saved-views/${view.body.id}`)).status, 204)
})

test('another tenant’s id is not found on any route', async () => {
  const foreign = await app.person({ username: 'boss', roles: [{ code: 'boss', grants: { ...grants([...CRM, 'user', 'role', 'unit', 'tenantField', 'savedView', 'roleGroup'], 'all'), 'user:grant': ['all'] } }] }, app.tenantIds[1])
  const comment = await boss.post(`/api/accounts/${ids.n1}/comments`, { text: '内部' })
  assert.equal(comment.status, 201)
  const [role] = (await boss.get('/api/roles')).body.items
  for (const [plural, id] of [['accounts', ids.n1], ['deals', deals.n1], ['deal-lines', lines.n1], ['users', boss.userId], ['units', tree.n1], ['roles', role.id]] as const) {
    for (const path of ['', '/related', '/history', '/comments', '/attachments']) assert.equal((await foreign.get(`/api/${plural}/${id}${path}`)).status, 404, plural + path)
    assert.equal((await foreign.patch(`/api/${plural}/${id}`, {})).status, 404)
    assert.equal((await foreign.remove(`/api/${plural}/${id}`)).status, 404)
    assert.equal((await foreign.post(`/api/${plural}/${id}/comments`, { text: 'x' })).status, 404)
  }
  for (const path of ['reveal', 'erase']) assert.equal((await foreign.post(`/api/accounts/${ids.n1}/${path}`, { field: 'phone', reason: '试试' })).status, 404)
  for (const path of ['reset-password', 'end-sessions', 'unlock']) assert.equal((await foreign.post(`/api/users/${boss.userId}/${path}`)).status, 404)
  assert.equal((await foreign.post('/api/accounts', { name: 'x', unitId: tree.n1 })).status, 400)
  assert.equal((await foreign.post('/api/roles', { code: 'zz', name: 'z' })).status, 201)
  assert.equal((await foreign.patch(`/api/users/${foreign.userId}`, { roleIds: [role.id] })).body.code, 'REF_NOT_FOUND')
  assert.deepEqual((await foreign.get('/api/accounts')).body.items, [])
})
