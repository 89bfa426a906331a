import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { testApp, type Caller } from '@quancheng/kernel/testing'
import { readEventLog, toActivityInstances } from '../log/index.ts'
import { activityTimes, caseTimes, directlyFollows, variants } from '../mining/index.ts'
import { processModule } from './module.ts'

const app = await testApp({ modules: [processModule], clock: '2026-11-23T01:00:00Z', tenants: 2 })
const grants = { 'process:read': ['all'], 'eventLog:import': ['all'] }
const analyst = await app.person({ username: 'analyst', roles: [{ code: 'analyst', grants }] })
const reader = await app.person({ username: 'reader', roles: [{ code: 'reader', grants: { 'process:read': ['all'] } }] })
const stranger = await app.person({ username: 'stranger', roles: [{ code: 'stranger', grants }] }, app.tenantIds[1]!)
const fixture = (name: string): Promise<Buffer> => readFile(new URL(`../../test/fixtures/${name}`, import.meta.url))

/** An upload as a browser sends it. */
async function upload(who: Caller, name: string, content: Buffer, query = '') {
  const boundary = 'qc-test-boundary'
  const payload = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`), content, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const r = await app.server.inject({ method: 'POST', url: `/api/event-logs${query}`, payload, headers: { authorization: `Bearer ${who.token}`, 'content-type': `multipart/form-data; boundary=${boundary}` } })
  return { status: r.statusCode, body: r.json() }
}
const stored = async () => (await app.owner.query("select (select count(*)::int from process_definition) as d, (select count(*)::int from process_instance) as i, (select count(*)::int from process_step) as s, (select count(*)::int from audit) as a")).rows[0]

for (const [file, cases, events] of [['orders.xes', 2, 4], ['orders.csv', 2, 3], ['orders-gb18030.csv', 2, 3], ['orders-utf16.csv', 2, 3], ['orders-prefixed.xes', 2, 4], ['repairs.csv', 1, 7]] as const) {
  test(`${file}: ${cases} cases and ${events} events come in, and its statistics are those of its own rows`, async () => {
    const content = await fixture(file)
    const named = `name=${file.replace('.', '-')}`
    const check = await upload(analyst, file, content, `?check=1&${named}`)
    assert.deepEqual([check.status, check.body.process, check.body.cases, check.body.events], [200, null, cases, events])
    const r = await upload(analyst, file, content, `?${named}`)
    assert.equal(r.status, 201, JSON.stringify(r.body))
    const log = await readEventLog([content])
    const rows = log.cases.flatMap(c => toActivityInstances(c).map(a => ({ caseId: c.id, activity: a.activity, resource: a.resource, enteredAt: a.enteredAt, startedAt: a.startedAt, finishedAt: a.finishedAt, basis: a.basis })))
    const people = new Set(rows.map(x => x.resource).filter(Boolean)).size
    assert.deepEqual([r.body.cases, r.body.events, r.body.activities, r.body.steps, r.body.people, r.body.problemCount], [cases, events, log.counts.activities, rows.length, people, 0])
    const stats = await reader.get(`/api/processes/${encodeURIComponent(r.body.process.key)}/statistics`)
    assert.equal(stats.status, 200, JSON.stringify(stats.body))
    const json = (v: unknown) => JSON.parse(JSON.stringify(v))
    assert.deepEqual([stats.body.counts.cases, stats.body.counts.steps, stats.body.counts.people], [cases, rows.length, people])
    assert.deepEqual(stats.body.times, json(activityTimes(rows)))
    assert.deepEqual(stats.body.caseTimes, json(caseTimes(rows)))
    const dfg = directlyFollows(rows)
    const plain = (edges: Array<{ from: string; to: string; count: number }>) => edges.map(e => [e.from, e.to, e.count]).toSorted()
    assert.deepEqual(plain(stats.body.dfg.edges), plain(dfg.edges as never))
    assert.deepEqual(stats.body.variants.total ?? stats.body.variants.length, json(variants(rows, 12)).total ?? json(variants(rows, 12)).length)
    const listed = (await reader.get('/api/processes')).body.items.find((p: { key: string }) => p.key === r.body.process.key)
    assert.deepEqual([listed.kind, listed.cases, listed.open], ['log', cases, 0])
  })
}

test('a zipped log comes in as it is, under the name that it is given', async () => {
  const r = await upload(analyst, 'orders.xes.gz', gzipSync(await fixture('orders.xes')), `?name=${encodeURIComponent('一季度 工单')}`)
  assert.deepEqual([r.status, r.body.process.name, r.body.process.key], [201, '一季度 工单', 'log-一季度-工单'])
})

for (const file of ['orders-malformed.csv', 'orders-malformed.xes', 'orders-truncated.xes', 'orders-doctype.xes']) {
  test(`${file} is refused with its rows, and nothing of it is stored`, async () => {
    const before = await stored()
    const r = await upload(analyst, file, await fixture(file))
    const own = await readEventLog([await fixture(file)])
    assert.deepEqual([r.status, r.body.code, r.body.details.count, r.body.process], [422, 'LOG_REFUSED', own.counts.problems, null])
    assert.deepEqual(r.body.problems.map((p: { row: number; code: string; message: string }) => [p.row, p.code, p.message]), own.problems.map(p => [p.row, p.code, p.message]))
    assert.equal(r.body.message, `文件有 ${own.counts.problems} 处问题，没有导入任何数据`)
    assert.deepEqual(await stored(), before)
  })
}

test('the same name twice is refused, also at the same moment, and another tenant may use it', async () => {
  const content = await fixture('repairs.csv')
  assert.equal((await upload(analyst, 'repairs.csv', content)).status, 201)
  const before = await stored()
  const again = await upload(analyst, 'repairs.csv.gz', gzipSync(content))
  assert.deepEqual([again.status, again.body.code], [409, 'LOG_EXISTS'])
  assert.deepEqual(await stored(), before)
  const two = await Promise.all([1, 2].map(() => upload(analyst, 'repairs.csv', content, '?name=twice')))
  assert.deepEqual(two.map(r => [r.status, r.body.code]).toSorted(), [[201, undefined], [409, 'LOG_EXISTS']])
  assert.equal((await upload(stranger, 'repairs.csv', content)).status, 201)
})

test('another tenant sees nothing of a log, and whoever may only look imports none', async () => {
  assert.deepEqual((await stranger.get('/api/processes')).body.items.map((p: { key: string }) => p.key), ['log-repairs'])
  assert.equal((await stranger.get('/api/processes/log-orders-xes/statistics')).status, 404)
  const before = await stored()
  const refused = await upload(reader, 'x.csv', await fixture('orders.csv'))
  assert.deepEqual([refused.status, refused.body.code], [403, 'FORBIDDEN'])
  assert.equal((await upload({ ...reader, token: 'qct_nothing' }, 'x.csv', await fixture('orders.csv'))).status, 401)
  assert.deepEqual(await stored(), before)
})

test('no model can be published over an imported log', async () => {
  const xml = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><process id="p" isExecutable="true"><startEvent id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="z"/><endEvent id="z"/></process></definitions>'
  const manager = await app.person({ username: 'manager', roles: [{ code: 'manager', grants: { ...grants, 'process:deploy': ['all'] } }] })
  assert.equal((await manager.post('/api/processes/log-repairs/deploy', { xml })).body.code, 'LOG_EXISTS')
  assert.equal((await manager.post('/api/processes/empty-one/deploy', { xml })).status, 200)
})

test('a file beyond 64 MB is refused before it is read, a request without a file says so', async () => {
  const before = await stored()
  const big = await upload(analyst, 'big.csv', Buffer.alloc(64 * 1024 * 1024 + 1, '\n'))
  assert.deepEqual([big.status, big.body.code], [413, 'TOO_LARGE'])
  assert.equal((await analyst.post('/api/event-logs', {})).status, 400)
  assert.deepEqual(await stored(), before)
})
