import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { readTable } from '../src/tabular/index.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, form, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, station: Caller, tree: Tree
before(async () => {
  app = await testApp({ modules: [crm], clock: '2026-11-22T01:00:00Z' })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', name: '老板', unitId: tree.n1, roles: [{ code: 'boss', grants: grants([...CRM, 'user'], 'all') }] })
  station = await app.person({ username: 'station', unitId: tree.n1, roles: [{ code: 'station', grants: grants(CRM, 'unit') }] })
})
const send = (who: Caller, file: ReturnType<typeof form>, q = 'mode=commit', plural = 'accounts') => who.call('POST', `/api/${plural}/import?${q}`, file.payload, file.headers)
const csv = (text: string) => form('客户.csv', text)
const state = async () => (await app.owner.query('select (select count(*) from account)::int n, (select count(*) from audit)::int a, (select coalesce(sum(last), 0) from series)::int s, (select count(*) from search_doc)::int d')).rows[0]
const BAD = '名称,客户编码,手机号,评分,单位,等级\n甲,K1,13800000001,5,N1,金卡\n,K2,123,500,没有的站,白金\n丙,K3,13800000003,7,单位N2,silver\n丁,K1,13800000004,7,n1,\n'

test('every wrong row is reported with its line and its fields, not only the first', async () => {
  const r = await send(boss, csv(BAD), 'mode=check')
  assert.equal(r.status, 200, JSON.stringify(r.body))
  assert.deepEqual([r.body.total, r.body.created, r.body.updated, r.body.failed], [4, 2, 1, 1])
  assert.deepEqual(r.body.errors.map((e: { line: number; field: string; code: string }) => [e.line, e.field, e.code]).toSorted(),
    [[3, '单位', 'REF_NOT_FOUND'], [3, '手机号', 'PHONE'], [3, '等级', 'CHOICE'], [3, '评分', 'RANGE']].toSorted())
  assert.ok(r.body.errors.every((e: { message: string }) => /[\u4e00-\u9fff]/.test(e.message)))
})

test('a rehearsal stores nothing, and neither does a file with errors', async () => {
  const before = await state()
  await send(boss, csv(BAD), 'mode=check')
  await send(boss, csv(BAD.split('\n').filter((_, i) => i !== 2).join('\n')), 'mode=check')
  assert.deepEqual(await state(), before)
  const r = await send(boss, csv(BAD))
  assert.deepEqual([r.status, r.body.code, r.body.failed, r.body.errors.length], [422, 'IMPORT_REFUSED', 1, 4])
  assert.deepEqual(await state(), before)
})

test('with partial the good rows are stored and the bad ones told', async () => {
  const r = await send(boss, csv(BAD), 'mode=commit&partial=1')
  assert.deepEqual([r.status, r.body.created, r.body.updated, r.body.failed], [200, 2, 1, 1])
  const rows = (await boss.get('/api/accounts?sort=code')).body.items
  assert.deepEqual(rows.map((x: Record<string, unknown>) => [x.code, x.name, x.unitId, x.number]), [['K1', '丁', tree.n1, 'A2026-0001'], ['K3', '丙', tree.n2, 'A2026-0002']])
  const log = (await boss.get(`/api/accounts/${rows[0].id}/history`)).body
  assert.deepEqual(log.map((h: { act: string }) => h.act), ['import', 'import'])
})

test('the same file again changes nothing, and says so', async () => {
  const file = '客户编码,名称,单位\nK8,再来,N1\n'
  assert.equal((await send(boss, csv(file))).body.created, 1)
  const again = (await send(boss, csv(file))).body
  assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, 1])
  const [row] = (await boss.get('/api/accounts?filter={"code":"K8"}')).body.items
  assert.equal((await boss.get(`/api/accounts/${row.id}/history`)).body.length, 1)
})

test('a row whose unique field names a record changes that record; others are made', async () => {
  const before = (await boss.get('/api/accounts?filter={"code":"K3"}')).body.items[0]
  const r = await send(boss, csv('客户编码,名称,单位,来源\nk3,丙改,N2,不改\nK9,新,N1,官网\n'))
  assert.deepEqual([r.body.created, r.body.updated, r.body.failed], [1, 1, 0], JSON.stringify(r.body))
  const after = (await boss.get(`/api/accounts/${before.id}`)).body
  assert.deepEqual([after.name, after.phone, after.source], ['丙改', before.phone, null], 'columns that the file lacks stay; what may not change stays')
  assert.equal((await boss.get('/api/accounts?filter={"code":"K9"}')).body.items[0].source, '官网')
})

test('a file of a Chinese Excel in GB18030 is read as it was written', async () => {
  const gb = Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xa5, 0xce, 0xbb, 0x0d, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0x4e, 0x31, 0x0d, 0x0a]) // 名称,单位 / 张三,N1
  const r = await send(boss, form('gb.csv', gb))
  assert.deepEqual([r.status, r.body.created], [200, 1], JSON.stringify(r.body))
  assert.equal((await boss.get('/api/accounts?filter={"name":"张三"}')).body.items.length, 1)
})

test('a reference is found by code or name; a name of several is refused', async () => {
  for (const name of ['同名', '同名']) await boss.post('/api/accounts', { name, unitId: tree.n1 })
  const r = await send(boss, csv('标题,客户\nA,A2026-0001\nB,A2026-0001 丁\nC,同名\nD,没有\n'), 'mode=commit&partial=1', 'deals')
  assert.deepEqual(r.body.errors.map((e: { line: number; code: string }) => [e.line, e.code]), [[4, 'REF_AMBIGUOUS'], [5, 'REF_NOT_FOUND']], JSON.stringify(r.body))
  assert.equal(r.body.created, 2)
})

test('times are the wall clock of the tenant', async () => {
  const r = await send(boss, csv('名称,单位,来访时间\n早,N1,2026-11-22 00:30\n晚,N1,2026/11/22 23:59:59\n日,N1,2026-11-22\n'))
  assert.equal(r.body.created, 3, JSON.stringify(r.body))
  const seen = async (name: string) => (await boss.get(`/api/accounts?filter=${encodeURIComponent(JSON.stringify({ name }))}`)).body.items[0].seenAt
  assert.deepEqual([await seen('早'), await seen('晚'), await seen('日')], ['2026-11-21T16:30:00.000Z', '2026-11-22T15:59:59.000Z', '2026-11-21T16:00:00.000Z'])
})

test('a file that is none, or has wrong columns, is refused with a sentence', async () => {
  for (const [content, code] of [['', 'HEADER_MISSING'], ['名称,不认识的列\nx,y\n', 'IMPORT_COLUMNS'], ['手机号\n1\n', 'IMPORT_COLUMNS'], ['名称,名称,单位\na,b,c\n', 'HEADER_DOUBLE'], ['编号,名称,单位\nA1,a,N1\n', 'IMPORT_COLUMNS']] as const) {
    const r = await send(boss, csv(content))
    assert.deepEqual([r.status >= 400 && r.status < 500, r.body.code], [true, code], JSON.stringify(r.body))
  }
  assert.ok((await send(boss, form('x.xlsx', 'PK\x03\x04broken'))).status < 500)
  assert.equal((await send(boss, form('x.pdf', '%PDF-1.7'))).body.code, 'FILE_TYPE')
  assert.equal((await boss.post('/api/accounts/import', {})).body.code, 'BAD_REQUEST')
  assert.equal((await send(boss, csv('数值\n1\n'), 'mode=check', 'readings')).body.created, 1)
})

test('an import may do what its sender may do, and nothing more', async () => {
  const r = await send(station, csv('客户编码,名称,单位\nS1,自己的,N1\nS2,别站的,S1\nK3,别站的改,N2\n'), 'mode=commit&partial=1')
  assert.deepEqual(r.body.errors.map((e: { line: number }) => e.line), [3, 4], JSON.stringify(r.body))
  assert.equal(r.body.created, 1)
  const nobody = await app.person({ username: 'nobody', unitId: tree.n1, roles: [{ code: 'nobody', grants: { 'account:read': ['all'], 'account:create': ['all'] } }] })
  assert.equal((await send(nobody, csv('名称,单位\na,N1\n'))).status, 403)
  assert.equal((await nobody.get('/api/accounts/import-template')).status, 403)
})

test('one key imports one file once; another file with the same key is refused', async () => {
  const key = { 'idempotency-key': 'import-1' }
  const once = (text: string) => { const file = csv(text); return boss.call('POST', '/api/accounts/import?mode=commit', file.payload, { ...file.headers, ...key }) }
  const first = await once('名称,单位\n一次,N1\n'), again = await once('名称,单位\n一次,N1\n')
  assert.deepEqual([again.status, again.body], [first.status, first.body])
  assert.equal((await boss.get('/api/accounts?filter={"name":"一次"}')).body.items.length, 1)
  assert.equal((await once('名称,单位\n两次,N1\n')).body.code, 'IDEMPOTENCY_REUSED')
})

test('the template has the columns that may be filled in', async () => {
  const r = await boss.get('/api/accounts/import-template')
  const table = await readTable(r.raw, 'x.xlsx')
  assert.deepEqual(table.header, ['客户编码', '名称', '手机号', '等级', '额度', '评分', '生日', '来访时间', '来源', '负责人', '单位'])
})
