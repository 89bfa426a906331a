import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { create } from '@quancheng/kernel'
import { testApp, type Caller } from '@quancheng/kernel/testing'
import { customers } from '@quancheng/customers'
import { org } from '@quancheng/org'
import { processModule } from '@quancheng/process'
import { importer } from '../index.ts'

const app = await testApp({ modules: [org, customers, processModule, importer], clock: '2026-11-22T01:00:00Z', tenants: 2 })
let admin: Caller, clerk: Caller
const plans: Record<string, string> = {}

const form = (name: string, text: string): { payload: Buffer; headers: Record<string, string> } => {
  const edge = 'edge'
  return { payload: Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n--${edge}--\r\n`), headers: { 'content-type': `multipart/form-data; boundary=${edge}` } }
}
const send = (who: Caller, url: string, name: string, text: string) => { const f = form(name, text); return who.call('POST', url, f.payload, f.headers) }
const run = (plan: string, name: string, text: string, q = 'mode=commit') => send(admin, `/api/import-plans/${plans[plan]}/run?${q}`, name, text)
/** What the program suggests is looked over and kept as a plan. */
const plan = async (target: string, file: string, text: string, more: object = {}): Promise<void> => {
  const seen = (await send(admin, `/api/import/look?target=${target}`, file, text)).body
  const made = await admin.post('/api/import-plans', { name: `旧系统 ${target}`, system: '旧系统', target, mapping: seen.mapping, ...more })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  plans[target] = made.body.id
}

const ACCOUNTS = 'ID,Name,Office Phone,Billing Address City,Industry,Member Of\nA1,澄湖能源集团,0571-88880001,杭州,能源,\nA2,澄湖能源江苏公司,025-88880002,南京,能源,澄湖能源集团\n'
const CONTACTS = 'ID,First Name,Last Name,Account ID,Title,Email\nC1,三,张,A1,总经理,zhang@example.com\nC2,四,李,A2,采购,li@example.com\n'

before(async () => {
  const role = async (code: string) => (await app.system(ctx => ctx.query<{ id: string }>('select id from role where tenant_id = $1 and code = $2', [ctx.tenant.id, code])))[0]!.id
  await app.system(async ctx => { await create(ctx, ctx.entities.get('unit'), { code: 'QC', name: '集团', kind: 'group' }) })
  admin = await app.person({ username: 'admin', roleIds: [await role('admin')] })
  clerk = await app.person({ username: 'xiaoshou', roleIds: [await role('sales')] })
})

test('accounts of another system come in by a plan that the program suggests, each with its old id', async () => {
  await plan('customer', 'Accounts.csv', ACCOUNTS, { match: 'phone' })
  const checked = await run('customer', 'Accounts.csv', ACCOUNTS, 'mode=check')
  assert.deepEqual([checked.status, checked.body.created, checked.body.committed], [200, 2, false], JSON.stringify(checked.body))
  assert.equal((await admin.get('/api/customers')).body.items.length, 0, 'a rehearsal stores nothing')
  const done = await run('customer', 'Accounts.csv', ACCOUNTS)
  assert.deepEqual([done.status, done.body.created, done.body.failed], [200, 2, 0], JSON.stringify(done.body))
  const rows = (await admin.get('/api/customers?sort=name')).body.items
  assert.deepEqual(rows.map((r: { name: string; city: string; $labels: Record<string, string> }) => [r.name, r.city, r.$labels.parentId ?? null]), [['澄湖能源江苏公司', '南京', '澄湖能源集团'], ['澄湖能源集团', '杭州', null]])
})

test('the same file again writes nothing; a changed cell changes that one record, even where its name and telephone are new', async () => {
  const again = (await run('customer', 'Accounts.csv', ACCOUNTS)).body
  assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, 2])
  const moved = ACCOUNTS.replace('南京', '苏州').replace('025-88880002', '0512-88880002').replace('江苏公司,', '苏州公司,')
  const changed = (await run('customer', 'Accounts.csv', moved)).body
  assert.deepEqual([changed.created, changed.updated, changed.unchanged], [0, 1, 1], JSON.stringify(changed))
  assert.equal((await admin.get('/api/customers?q=苏州公司')).body.items[0].city, '苏州')
})

test('contacts find their companies by the old ids, and two columns make one name', async () => {
  await plan('contact', 'Contacts.csv', CONTACTS)
  const done = await run('contact', 'Contacts.csv', CONTACTS)
  assert.equal(done.body.created, 2, JSON.stringify(done.body))
  const rows = (await admin.get('/api/contacts?sort=name')).body.items
  assert.deepEqual(rows.map((r: { name: string; $labels: Record<string, string> }) => [r.name, r.$labels.customerId]).toSorted(), [['张三', '澄湖能源集团'], ['李四', '澄湖能源苏州公司']].toSorted())
})

test('a record that is here already is known by the plan’s own field; it is changed, or left alone, as the plan says', async () => {
  const text = 'Name,Phone\n新写法,0571-88880001\n'
  const made = await admin.post('/api/import-plans', { name: '名单', system: '名单', target: 'customer', match: 'phone', onDouble: 'skip', mapping: { id: null, fields: { name: { from: ['Name'] }, phone: { from: ['Phone'] } } } })
  plans.list = made.body.id
  assert.deepEqual((({ created, updated, unchanged }) => [created, updated, unchanged])((await run('list', 'list.csv', text)).body), [0, 0, 1])
  assert.equal((await admin.get('/api/customers?q=新写法')).body.items.length, 0)
  await admin.patch(`/api/import-plans/${plans.list}`, { onDouble: 'update' })
  assert.equal((await run('list', 'list.csv', text)).body.updated, 1)
  assert.equal((await admin.get('/api/customers?q=新写法')).body.items.length, 1)
})

test('every wrong row is named with its line and field, and nothing is stored unless the good ones are asked for', async () => {
  const bad = 'ID,First Name,Last Name,Account ID,Title,Email\nC8,五,王,A1,经理,not-a-mail\nC9,六,赵,没有的,经理,zhao@example.com\nC10,七,钱,A1,经理,qian@example.com\n'
  const refused = await run('contact', 'Contacts.csv', bad)
  assert.deepEqual([refused.status, refused.body.code, refused.body.failed], [422, 'IMPORT_REFUSED', 2])
  assert.deepEqual(refused.body.errors.map((e: { line: number; field: string }) => [e.line, e.field]), [[2, '邮箱'], [3, '客户']])
  assert.equal((await admin.get('/api/contacts')).body.items.length, 2)
  assert.equal((await run('contact', 'Contacts.csv', bad, 'mode=commit&partial=1')).body.created, 1)
})

test('a run is taken back once: what it made goes, what was changed since stays and is counted', async () => {
  const list = 'Company Name,Phone,City\n甲公司,0571-66660001,杭州\n乙公司,0571-66660002,宁波\n'
  const made = await admin.post('/api/import-plans', { name: '两家', system: '两家', target: 'customer', match: 'phone', mapping: { id: null, fields: { name: { from: ['Company Name'] }, phone: { from: ['Phone'] }, city: { from: ['City'] } } } })
  plans.two = made.body.id
  const done = (await run('two', 'two.csv', list)).body, before = (await admin.get('/api/customers')).body.items.length
  assert.equal(done.created, 2, JSON.stringify(done))
  const [row] = (await admin.get('/api/customers?q=甲公司')).body.items
  await admin.patch(`/api/customers/${row.id}`, { city: '绍兴' })
  const back = await admin.post(`/api/import-runs/${done.runId}/take-back`)
  assert.deepEqual([back.status, back.body], [200, { removed: 1, kept: 1 }])
  assert.equal((await admin.get('/api/customers')).body.items.length, before - 1)
  assert.equal((await admin.post(`/api/import-runs/${done.runId}/take-back`)).body.code, 'IMPORT_TAKEN_BACK')
  assert.equal((await run('two', 'two.csv', list)).body.created, 1, 'the removed one comes again, the other is known')
})

test('a file that lacks the plan’s columns, an unmapped required field, a field that is not there: each is refused with its name', async () => {
  const lacks = await run('contact', 'x.csv', 'ID,Name\nC1,张三\n')
  assert.deepEqual([lacks.status, lacks.body.code], [422, 'IMPORT_MAPPING'])
  const open = await admin.post('/api/import-plans', { name: '缺', system: 'x', target: 'contact', mapping: { fields: { title: { from: ['Title'] } } } })
  plans.open = open.body.id
  const required = await run('open', 'x.csv', 'Title\n经理\n')
  assert.deepEqual([required.body.code, required.body.details.fields], ['IMPORT_REQUIRED', ['客户', '姓名']])
  for (const wrong of [{ target: 'nothing' }, { target: 'contact', mapping: { fields: { nope: { from: ['x'] } } } }, { target: 'contact', mapping: { fields: { name: { from: 'x' } } } }, { target: 'contact', match: 'nope' }])
    assert.equal((await admin.post('/api/import-plans', { name: '错', system: 'x', ...wrong })).body.code, 'INVALID', JSON.stringify(wrong))
  assert.equal((await send(admin, '/api/import/look?target=nothing', 'x.csv', 'a\n1\n')).status, 404)
  assert.equal((await run('contact', 'x.bin', '\0\0')).body.code, 'FILE_TYPE')
  const bare = await send(admin, '/api/import/look?target=contact', 'x.csv', 'ID,Name\n')
  assert.deepEqual([bare.status, bare.body.code], [422, 'IMPORT_EMPTY'])
})

test('who may not import is refused before the file is looked at, and another company sees nothing of it', async () => {
  assert.equal((await send(clerk, '/api/import/look?target=customer', 'a.csv', ACCOUNTS)).status, 403)
  assert.equal((await send(clerk, `/api/import-plans/${plans.customer}/run?mode=commit`, 'a.csv', ACCOUNTS)).status, 403)
  const other = await app.person({ username: 'admin2', roles: [{ code: 'all', grants: { 'importPlan:read': ['all'], 'importPlan:run': ['all'], 'customer:import': ['all'], 'customer:create': ['all'] } }] }, app.tenantIds[1])
  assert.equal((await send(other, `/api/import-plans/${plans.customer}/run?mode=commit`, 'a.csv', ACCOUNTS)).status, 404)
})
