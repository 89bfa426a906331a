import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineModule } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, on, script, tag } from '../engine/testing.ts'
import { settled } from '../testing/settled.ts'
import { CHAIN_LIMITS } from './chain.ts'
import { processModule } from './module.ts'

/* What src/security.test.ts shows of the engine, through the door and on the database: a tenant’s model cannot fill the disk, stop the worker or see another tenant. */

const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const frame = defineModule({ name: 'frame', label: ['框架', 'Frame'], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, frame], clock: '2026-11-23T01:00:00Z', worker: true, tenants: 2 })
const everything = { 'process:deploy': ['all'], 'process:operate': ['all'], 'process:start': ['all'], 'process:work': ['all'] }
const boss = await app.person({ username: 'boss', roles: [{ code: 'clerk', grants: everything }] })
const abroad = await app.person({ username: 'abroad', roles: [{ code: 'clerk', grants: everything }] }, app.tenantIds[1]!)

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const user = (id: string, inner = '') => event('userTask', id, 'qc:role="clerk"', inner)
const xmlOf = (key: string, elements: string) => model(elements, `id="p-${key}" name="${key}" isExecutable="true"`)
const publish = async (who: typeof boss, key: string, elements: string) => { const r = await who.post(`/api/processes/${key}/deploy`, { xml: xmlOf(key, elements) }); assert.equal(r.status, 200, JSON.stringify(r.body)) }
const stepsOf = async (caseId: string) => (await app.owner.query("select id, node_id, state from process_step where instance_id = $1 and kind = 'user' order by seq", [caseId])).rows as Array<{ id: string; node_id: string; state: string }>
const rows = async (table: string, where: string, values: unknown[] = []) => (await app.owner.query(`select count(*)::int as n from ${table} where ${where}`, values)).rows[0].n as number

test('SEC-20 a model of 50 MB is refused at the door, one with an entity and one that is too deep by its text, and the next person is served', async () => {
  const big = await boss.post('/api/processes/big/deploy', { xml: `<a>${'x'.repeat(50_000_000)}</a>` })
  assert.deepEqual([big.status, typeof big.body.code], [413, 'string'])
  const bomb = await boss.post('/api/processes/bomb/deploy', { xml: xmlOf('bomb', FRAME + flows('s -> e')).replace('?>', '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>') })
  const deep = await boss.post('/api/processes/deep/deploy', { xml: xmlOf('deep', FRAME + Array.from({ length: 9_000 }, (_, i) => `<bpmn:subProcess id="q${i}">`).join('') + '</bpmn:subProcess>'.repeat(9_000) + flows('s -> e')) })
  for (const r of [bomb, deep]) assert.deepEqual([r.status, r.body.code], [422, 'PROCESS_INVALID'])
  assert.ok(!JSON.stringify(bomb.body).includes('root:'))
  assert.equal(await rows('process_definition', 'true'), 0)
  await publish(boss, 'fine', FRAME + user('a') + flows('s -> a\na -> e'))
  assert.equal((await boss.post('/api/processes/fine/start', {})).status, 201)
})

test('SEC-21 what a case keeps is limited: a script that writes megabytes is refused to a person, and an incident where a timer comes to it', async () => {
  await publish(boss, 'disk', FRAME + user('a') + event('boundaryEvent', 'due', 'attachedToRef="a"', on.timer('PT1H')) + script('fill', 'for i in 1..60 return text', 'qc:resultVariable="much"') + user('b') + flows('s -> a\na -> fill\ndue -> fill\nfill -> b\nb -> e'))
  const { caseId } = (await boss.post('/api/processes/disk/start', { variables: { text: 'x'.repeat(90_000) } })).body
  const [step] = await stepsOf(caseId)
  const refused = await boss.post(`/api/tasks/${step!.id}/complete`, {})
  assert.deepEqual([refused.status, refused.body.code], [413, 'CASE_TOO_LARGE'])
  assert.deepEqual((await stepsOf(caseId)).map(s => `${s.node_id} ${s.state}`), ['a waiting'])
  app.clock!.advance(61)
  await settled(app)
  const [incident] = (await boss.get('/api/incidents')).body.items
  assert.deepEqual([incident?.caseId, incident?.code], [caseId, 'CASE_TOO_LARGE'])
  assert.equal(await rows('job', "kind = 'process.timer' and payload->>'instanceId' = $1", [caseId]), 0)
  // and at the start nothing at all is left of it
  const before = await rows('process_instance', 'true')
  await publish(boss, 'flood', FRAME + script('fill', 'for i in 1..60 return text', 'qc:resultVariable="much"') + user('b') + flows('s -> fill\nfill -> b\nb -> e'))
  assert.equal((await boss.post('/api/processes/flood/start', { variables: { text: 'x'.repeat(90_000) } })).body.code, 'CASE_TOO_LARGE')
  assert.equal(await rows('process_instance', 'true'), before)
})

test('SEC-22 names like __proto__ go through start, form, message and answer as data, and change nothing of the server', async () => {
  await publish(boss, 'odd', FRAME + user('a') + script('t', '{ "__proto__": { polluted: 5 }, constructor: 1 }') + user('b') + flows('s -> a\na -> t\nt -> b\nb -> e'))
  const r = await boss.call('POST', '/api/processes/odd/start', JSON.parse('{"variables":{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"n":1}}'))
  assert.ok([201, 400].includes(r.status), JSON.stringify(r.body))
  const started = r.status === 201 ? r.body.caseId : (await boss.post('/api/processes/odd/start', { variables: { n: 1 } })).body.caseId
  const [step] = await stepsOf(started)
  assert.equal((await boss.post(`/api/tasks/${step!.id}/complete`, {})).status, 200)
  assert.deepEqual([({} as Record<string, unknown>)['isAdmin'], ({} as Record<string, unknown>)['polluted']], [undefined, undefined])
  assert.equal((await abroad.get('/api/incidents')).status, 200)
})

test('SEC-23 another tenant’s messages, signals, calls and cases are not there: not by name, not by id, not by a model that asks for them', async () => {
  await publish(boss, 'secret', FRAME + event('receiveTask', 'r', 'messageRef="m1"', '') + user('a') + flows('s -> r\nr -> a\na -> e'))
  const { caseId } = (await boss.post('/api/processes/secret/start', { variables: { pin: 1234 } })).body
  await publish(abroad, 'thief', FRAME + event('sendTask', 'send', 'messageRef="m1"', '') + event('intermediateThrowEvent', 'g', '', on.signal('g1')) + user('a') + flows('s -> send\nsend -> g\ng -> a\na -> e'))
  await abroad.post('/api/processes/thief/start', {})
  const called = await abroad.post('/api/processes/thief2/deploy', { xml: xmlOf('thief2', FRAME + tag('callActivity', 'c', 'calledElement="secret"') + flows('s -> c\nc -> e')) })
  if (called.status === 200) assert.ok((await abroad.post('/api/processes/thief2/start', {})).status >= 400)
  assert.equal((await abroad.post('/api/messages', { name: 'M1' })).body.delivered, false)
  assert.equal((await abroad.post(`/api/cases/${caseId}/cancel`, { reason: 'x' })).status, 404)
  await settled(app)
  assert.equal((await app.owner.query("select count(*)::int as n from process_step where instance_id = $1 and node_id = 'r' and state = 'waiting'", [caseId])).rows[0].n, 1)
  assert.equal(await rows('process_instance', "tenant_id = $1 and variables::jsonb ? 'pin'", [app.tenantIds[1]]), 0)
})

test('SEC-24 a signal that begins the process that throws it, and one that begins two of them, come to an end as incidents, and others are served', async () => {
  Object.assign(CHAIN_LIMITS, { longest: 40, long: 4, wide: 16 })
  const storm = event('startEvent', 's', '', on.signal('g1')) + event('endEvent', 'e', '', on.signal('g1')) + flows('s -> e')
  await publish(boss, 'storm', storm)
  await boss.post('/api/signals', { name: 'G1' })
  await settled(app)
  const alone = await rows('process_instance', "label = 'storm'")
  assert.ok(alone === 41, `${alone} cases of a chain`)
  const first = (await boss.get('/api/incidents')).body.items.filter((i: { code: string }) => i.code === 'PROCESS_BROKEN')
  assert.equal(first.length, 1)
  await publish(boss, 'storm2', storm)
  await boss.post('/api/signals', { name: 'G1' })
  await settled(app)
  const spread = await rows('process_instance', "label like 'storm%'")
  assert.ok(spread > alone && spread < 400, `${spread} cases of an avalanche`)
  assert.equal(await rows('job', "kind = 'process.deliver'"), 0)
  assert.equal((await boss.post('/api/processes/fine/start', {})).status, 201)
})
