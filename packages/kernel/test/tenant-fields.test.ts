import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { compileMetadata } from '../src/entity/registry.ts'
import { coreModule } from '../src/core/index.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { Account, crm, CRM, Deal, DealLine, form, grants, makeTree, Reading, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, other: Caller, tree: Tree
before(async () => {
  app = await testApp({ modules: [crm], clock: '2026-11-22T01:00:00Z', tenants: 2 })
  tree = await makeTree(app)
  const g = grants([...CRM, 'tenantField', 'unit'], 'all')
  boss = await app.person({ username: 'boss', unitId: tree.n1, roles: [{ code: 'boss', grants: g }] })
  other = await app.person({ username: 'boss', roles: [{ code: 'boss', grants: g }] }, app.tenantIds[1])
})
const COLORS = [{ value: 'red', label: ['红', 'Red'] }, { value: 'black', label: ['黑', 'Black'] }]
const add = (spec: object, more: object = {}) => boss.post('/api/fields', { entity: 'account', spec, ...more })
const metaOf = async (who: Caller, name: string) => (await who.get('/api/meta')).body.entities.find((e: { name: string }) => e.name === 'account').fields.find((x: { name: string }) => x.name === name)

test('KB-07 a field that the tenant adds is in forms, lists, filters, files, imports and the API at the next request, for that tenant only', async () => {
  const old = (await boss.post('/api/accounts', { name: '旧客户', unitId: tree.n1 })).body
  const field = await add({ type: 'choice', label: ['机身颜色', 'Body colour'], options: COLORS, index: true })
  assert.equal(field.status, 201, JSON.stringify(field.body))
  const key = field.body.key as string
  assert.equal(key, 'x_jishenyanse')
  const seen = await metaOf(boss, key)
  assert.deepEqual([seen.label, seen.type, seen.custom, seen.options.length, seen.filter.includes('in')], ['机身颜色', 'choice', true, 2, true])
  assert.ok((await boss.get('/api/meta')).body.entities.find((e: { name: string }) => e.name === 'account').list.includes(key))
  const made = await boss.post('/api/accounts', { name: '新客户', unitId: tree.n1, [key]: '红' })
  assert.equal(made.body[key], 'red')
  assert.equal((await boss.get(`/api/accounts/${old.id}`)).body[key], null)
  const found = (filter: object) => boss.get(`/api/accounts?filter=${encodeURIComponent(JSON.stringify(filter))}`)
  assert.deepEqual((await found({ [key]: 'red' })).body.items.map((x: { name: string }) => x.name), ['新客户'])
  assert.equal((await found({ [key]: { isNull: true } })).body.items.length, 1)
  assert.deepEqual((await boss.get(`/api/accounts/aggregate?group=${key}`)).body.rows.find((x: { group: Record<string, unknown> }) => x.group[key] === 'red').labels, { [key]: '红' })
  const csv = String((await boss.get('/api/accounts/export?format=csv&sort=name')).body)
  assert.match(csv.split('\r\n')[0]!, /机身颜色/)
  assert.match(csv, /新客户.*红/)
  const file = form('a.csv', '名称,单位,机身颜色\n进口,N1,黑\n')
  const imported = await boss.call('POST', '/api/accounts/import?mode=commit', file.payload, file.headers)
  assert.deepEqual([imported.status, imported.body.created], [200, 1], JSON.stringify(imported.body))
  assert.equal((await found({ [key]: 'black' })).body.items[0].name, '进口')
  assert.deepEqual((await boss.patch(`/api/accounts/${old.id}`, { [key]: 'green' })).body.details.fields[0].code, 'CHOICE')
  const changed = await boss.patch(`/api/accounts/${old.id}`, { [key]: 'black' })
  assert.equal(changed.body[key], 'black')
  assert.deepEqual((await boss.get(`/api/accounts/${old.id}/history`)).body[0].changes, [{ field: key, label: '机身颜色', before: null, after: 'black' }])
  assert.equal(await metaOf(other, key), undefined)
  assert.equal((await other.post('/api/accounts', { name: 'x', [key]: 'red' })).body.details.fields[0].code, 'UNKNOWN_FIELD')

  const spec = { ...field.body.spec, label: ['外壳颜色', 'Case colour'], options: [COLORS[0]] }
  assert.equal((await boss.patch(`/api/fields/${field.body.id}`, { spec })).status, 200)
  assert.equal((await metaOf(boss, key)).label, '外壳颜色')
  assert.equal((await boss.get(`/api/accounts/${made.body.id}`)).body[key], 'red', 'a new label keeps the values')
  assert.equal((await boss.patch(`/api/accounts/${old.id}`, { score: 3 })).status, 200, 'an option that went makes no record unreadable')
  assert.equal((await boss.get(`/api/accounts/${old.id}`)).body[key], 'black')
  const all = (await boss.get(`/api/accounts?sort=${key}&limit=1`)).body
  assert.equal((await boss.get(`/api/accounts?sort=${key}&limit=1&after=${all.next}`)).status, 200, 'and no page unreachable')

  assert.equal((await boss.patch(`/api/fields/${field.body.id}`, { off: true })).status, 200)
  assert.equal((await boss.get(`/api/accounts/${made.body.id}`)).body[key], undefined)
  assert.equal((await boss.patch(`/api/accounts/${made.body.id}`, { score: 9 })).status, 200)
  await boss.patch(`/api/fields/${field.body.id}`, { off: false })
  assert.equal((await boss.get(`/api/accounts/${made.body.id}`)).body[key], 'red', 'switched off and on again, nothing is lost')
})

test('what is no sensible field is refused with a sentence and changes nothing', async () => {
  const version = (await boss.get('/api/meta')).body.version
  const label = ['甲', 'A']
  for (const spec of [
    { type: 'serial', label }, { type: 'refs', label, to: 'unit' }, { type: 'json', label }, { type: 'nosuch', label }, { label }, { type: 'text' }, { type: 'text', label: ['', ''] }, { type: 'text', label, column: 'x' },
    { type: 'choice', label }, { type: 'choice', label, options: [] }, { type: 'ref', label }, { type: 'ref', label, to: 'nosuch' }, { type: 'integer', label, default: 'abc' }, { type: 'choice', label, options: COLORS, default: 'green' }, { type: 'date', label, default: '2026-02-30' },
    { type: 'choice', label, options: [COLORS[0], COLORS[0]] }, { type: 'integer', label, min: 5, max: 1 },
  ]) {
    const r = await add(spec)
    assert.deepEqual([r.status, r.body.code], [400, 'INVALID'], JSON.stringify([spec, r.body]))
  }
  for (const more of [{ entity: 'deal' }, { entity: 'nosuch' }, { key: 'color' }, { key: 'x_A' }]) assert.equal((await boss.post('/api/fields', { entity: 'account', spec: { type: 'text', label }, ...more })).status, 400, JSON.stringify(more))
  assert.equal((await boss.get('/api/meta')).body.version, version)
  const field = (await add({ type: 'integer', label: ['保修月数', 'Months'], default: '12', required: true })).body
  assert.equal((await boss.patch(`/api/fields/${field.id}`, { spec: { ...field.spec, type: 'text' } })).status, 400)
  assert.equal((await boss.patch(`/api/fields/${field.id}`, { key: 'x_other' })).status, 405)
  const choice = (await add({ type: 'choice', label: ['颜色', 'Colour'], options: COLORS })).body
  assert.equal((await boss.patch(`/api/fields/${choice.id}`, { spec: { ...choice.spec, options: [] } })).status, 400, 'nor by a change')
  assert.equal((await boss.get('/api/meta')).status, 200)
  assert.equal((await boss.post('/api/accounts', { name: '默认', unitId: tree.n1 })).body[field.key], 12)
  assert.equal((await boss.post('/api/accounts', { name: '空', unitId: tree.n1, [field.key]: 'x' })).body.details.fields[0].code, 'TYPE')
  const twin = (await add({ type: 'text', label: ['保修月数', 'Months'] })).body
  assert.equal(twin.key, 'x_baoxiuyueshu2')
  assert.equal((await add({ type: 'text', label: ['!!!', ''] })).body.key, 'x_field')
})

test('a tenant’s own reference is checked, named and found like any other', async () => {
  const field = (await add({ type: 'ref', label: ['介绍人', 'Introduced by'], to: 'account' })).body
  const a = (await boss.post('/api/accounts', { name: '介绍人甲', unitId: tree.n1 })).body
  const b = (await boss.post('/api/accounts', { name: '乙', unitId: tree.n1, [field.key]: a.id })).body
  assert.match(b.$labels[field.key], /介绍人甲/)
  assert.equal((await boss.post('/api/accounts', { name: '丙', unitId: tree.n1, [field.key]: tree.n1 })).body.code, 'REF_NOT_FOUND')
  const related = (await boss.get(`/api/accounts/${a.id}/related`)).body.find((x: { field: string }) => x.field === field.key)
  assert.equal(related.count, 1)
  assert.deepEqual((await boss.get(`/api/accounts?filter=${encodeURIComponent(JSON.stringify({ [`${field.key}.name`]: '介绍人甲' }))}`)).body.items.map((x: { name: string }) => x.name), ['乙'])
})

test('a thousand tenants with fields of their own fit into a bounded memory, and older ones make room', async () => {
  const metadata = compileMetadata([...coreModule.entities!, Account, Deal, DealLine, Reading])
  const fields = (t: number) => Array.from({ length: 10 }, (_, i) => ({ id: `f${String(t * 100 + i).padStart(8, '0')}`, key: `x_f${i}`, type: 'text' as const, label: [`字段${t}-${i}`, `Field ${t}-${i}`] as const }))
  const one = (t: number, version = 1) => metadata.forTenant(`t${t}`, version, () => Promise.resolve({ fields: new Map([['account', fields(t)]]), synonyms: new Map() }))
  for (let t = 0; t < 50; t++) await one(t)
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  for (let t = 50; t < 1050; t++) await one(t)
  globalThis.gc?.()
  const perTenant = (process.memoryUsage().heapUsed - before) / 1000 / 1024
  assert.ok(perTenant < 100, `${perTenant.toFixed(1)} KB a tenant with ten fields`)
  let loads = 0
  const load = () => { loads++; return Promise.resolve({ fields: new Map(), synonyms: new Map() }) }
  await metadata.forTenant('t1049', 1, load)
  assert.equal(loads, 0, 'kept')
  await metadata.forTenant('t0', 1, load)
  assert.equal(loads, 1, 'the oldest made room')
  const a = await one(1049), b = await one(1048)
  assert.equal(a.get('deal'), b.get('deal'), 'entities without own fields are shared')
  assert.notEqual(a.get('account'), b.get('account'))
  assert.equal((await one(1049, 2)).get('account').fields.get('x_f0')!.label[0], '字段1049-0')
})
