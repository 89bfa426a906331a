import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, create, defineEntity, defineModule, f, update } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, on, tag } from '../engine/testing.ts'
import { deploy } from './definitions.ts'
import { startFor } from './start-for.ts'
import { settled } from '../testing/settled.ts'
import { processModule } from './module.ts'

/* Processes on records that begin by themselves: by a condition, a message, a signal, a timer, or several of these. */

const Machine = defineEntity('machine', {
  label: ['机器', 'Machine'],
  fields: {
    number: f.code(['编号', 'Number']), title: f.text(['名称', 'Title'], { required: true }), hours: f.integer(['运行小时', 'Hours']), worth: f.decimal(['价值', 'Worth']),
    stage: f.text(['阶段', 'Stage'], { readOnly: true }), unitId: f.ref(['单位', 'Unit'], () => 'unit'), ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true }),
  },
  scope: { unit: 'unitId', owner: 'ownerId' }, display: ['title'], list: ['title', 'stage'],
})
const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const machines = defineModule({ name: 'machines', label: ['机器', 'Machines'], entities: [Machine], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, machines], clock: '2026-11-23T01:00:00Z', worker: true, tenants: 2 })
const boss = await app.person({ username: 'boss', roles: [{ code: 'operator', grants: { 'process:operate': ['all'], 'machine:read': ['all'], 'machine:create': ['all'], 'machine:startProcess': ['all'] } }] })
const gate = await app.person({ username: 'gate', roles: [{ code: 'gate', grants: { 'process:operate': ['all'] } }] })
await app.person({ username: 'chief', roles: [{ code: 'admin', grants: {} }] })

const BINDING = '<bpmn:extensionElements><qc:binding entity="machine" stageField="stage"/></bpmn:extensionElements>'
const END = tag('endEvent', 'e')
const user = (id: string) => event('userTask', id, 'qc:role="clerk"', '')
const condition = (text: string) => `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">${text}</bpmn:condition></bpmn:conditionalEventDefinition>`
const inputs = (...pairs: string[][]) => `<bpmn:extensionElements>${pairs.map(([name, value]) => `<qc:input name="${name}" value="${value}"/>`).join('')}</bpmn:extensionElements>`
const publish = (key: string, elements: string, tenantId = app.tenantIds[0]!) => app.system(ctx => deploy(ctx, key, model(BINDING + elements, `id="p-${key}" name="${key}" isExecutable="true"`)), tenantId)
const machine = (values: Record<string, unknown>): Promise<string> => app.system(async ctx => (await create(ctx, ctx.entities.get('machine'), { title: '机床', ...values })).id as string)
const change = (id: string, values: Record<string, unknown>) => app.system(ctx => update(ctx, ctx.entities.get('machine'), id, values))
interface CaseRow { id: string; record_id: string; state: string; variables: Record<string, unknown>; node: string | null; stage: string | null }
const casesOf = async (key: string, recordId?: string): Promise<CaseRow[]> => (await app.owner.query(
  `select i.id, i.record_id, i.state, i.variables, (select node_id from process_step s where s.instance_id = i.id and s.state in ('waiting','active') limit 1) as node, (select stage from machine m where m.id = i.record_id) as stage
   from process_instance i join process_definition d on d.id = i.definition_id and d.tenant_id = i.tenant_id where d.key = $1 and ($2::uuid is null or i.record_id = $2) order by i.started_at, i.id`, [key, recordId ?? null])).rows
const look = async () => { app.clock!.advance(1); await settled(app) }
const alarmsOf = async (key: string) => (await app.owner.query("select title, closed_at from alarm where step_key = $1 and kind = 'incident'", [`start/${key}`])).rows as Array<{ title: string; closed_at: Date | null }>

test('BE-01 a case begins when a record’s condition becomes true: once, again when it became false between, and not for what was true before', async () => {
  const old = await machine({ hours: 900 })
  await look()
  await publish('service', event('startEvent', 's', '', condition('hours &gt; 500')) + END + user('check') + flows('s -> check\ncheck -> e'))
  const fresh = await machine({ hours: 100 })
  await look()
  await change(old, { title: '旧机床' })
  await look()
  assert.deepEqual(await casesOf('service'), [], 'the old one was over 500 before anybody asked')
  await change(fresh, { hours: 600 })
  await look()
  const [first] = await casesOf('service')
  assert.deepEqual([first!.record_id, first!.state, first!.node, first!.stage], [fresh, 'active', 'check', 'check'])
  await change(fresh, { hours: 700 })
  await look()
  assert.equal((await casesOf('service')).length, 1, 'it is still true')
  await change(fresh, { hours: 0 })
  await look()
  await change(fresh, { hours: 501 })
  await look()
  assert.equal((await casesOf('service')).length, 1, 'its case is still running')
  await app.owner.query("update process_instance set state = 'completed' where id = $1", [first!.id])
  for (const hours of [0, 502]) { await change(fresh, { hours }); await look() }
  assert.equal((await casesOf('service')).length, 2)
  const born = await machine({ hours: 501 })
  await look()
  assert.equal((await casesOf('service', born)).length, 1, 'a new record that it holds for')
})

test('BE-02 the condition reads amounts as numbers, also as they were before', async () => {
  const id = await machine({ worth: '9.50' })
  await look()
  await publish('dear', event('startEvent', 's', '', condition('worth &gt;= 10')) + END + user('check') + flows('s -> check\ncheck -> e'))
  await change(id, { worth: '10.00' })
  await look()
  assert.equal((await casesOf('dear', id)).length, 1)
})

test('BE-03 a message names its record, by its id or by the field that the model gives as key; what else it says are variables of the case', async () => {
  await publish('repair', event('startEvent', 's', 'qc:correlationKey="number"', on.message('m1')) + END + user('fix') + flows('s -> fix\nfix -> e'))
  const id = await machine({ number: 'M-1' }), other = await machine({ number: 'M-2' })
  const sent = await boss.post('/api/messages', { name: 'M1', variables: { recordId: id, fault: '漏油' } })
  assert.deepEqual([sent.body.to, sent.body.delivered], ['start', true])
  const [begun] = await casesOf('repair', id)
  assert.deepEqual([begun!.variables, begun!.stage], [{ fault: '漏油' }, 'fix'])
  assert.equal((await boss.post('/api/messages', { name: 'M1', variables: { recordId: id } })).body.code, 'CASE_RUNNING')
  assert.equal((await boss.post('/api/messages', { name: 'M1', key: 'M-2' })).body.to, 'start')
  assert.equal((await casesOf('repair', other)).length, 1)
  assert.equal((await boss.post('/api/messages', { name: 'M1', key: 'M-9' })).status, 404)
  for (const recordId of ['no-id', '00000000-0000-4000-8000-000000000000']) assert.equal((await boss.post('/api/messages', { name: 'M1', variables: { recordId } })).status, 404)
})

test('BE-04 without a record named the message makes one, checked as a form is; whoever may not create or see records starts nothing', async () => {
  await publish('intake', event('startEvent', 's', '', on.message('m2')) + END + tag('exclusiveGateway', 'x', 'default="f3"') + user('big') + user('small') + flows('s -> x\nx -> big [hours > 10]\nx -> small\nbig -> e\nsmall -> e'))
  assert.equal((await boss.post('/api/messages', { name: 'M2', variables: { title: '车床', hours: 12, source: '门户', stage: 'hacked' } })).status, 200)
  const [begun] = await casesOf('intake')
  assert.deepEqual([begun!.node, begun!.variables], ['big', { source: '门户', stage: 'hacked' }], 'the record’s own values decide at once')
  const { rows: [row] } = await app.owner.query('select title, hours, stage from machine where id = $1', [begun!.record_id])
  assert.deepEqual(row, { title: '车床', hours: 12, stage: 'big' })
  const wrong = await boss.post('/api/messages', { name: 'M2', variables: { title: '车床', hours: 'many' } })
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'INVALID'])
  assert.equal((await boss.post('/api/messages', { name: 'M2', variables: {} })).body.code, 'INVALID')
  assert.equal((await gate.post('/api/messages', { name: 'M2', variables: { title: '车床' } })).status, 403)
  assert.equal((await gate.post('/api/messages', { name: 'M2', variables: { recordId: begun!.record_id } })).status, 403)
  assert.equal((await casesOf('intake')).length, 1)
})

test('BE-05 a timer makes its record from what the model says, cycle after cycle; one that cannot is told to the administrators, and the next works again', async () => {
  const daily = (...fields: string[][]) => event('startEvent', 's', '', inputs(...fields) + '<bpmn:timerEventDefinition><bpmn:timeCycle>R/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>') + END + user('check') + flows('s -> check\ncheck -> e')
  const { warnings } = await publish('round', daily(['hours', '3']))
  assert.match(warnings.map(w => w.message).join(), /名称/)
  app.clock!.advance(60)
  await settled(app)
  assert.deepEqual([(await casesOf('round')).length, (await alarmsOf('round'))[0]?.closed_at], [0, null])
  assert.match((await alarmsOf('round'))[0]!.title, /流程“round”没有开始：.*名称/)
  await publish('round', daily(['hours', '1 + 2'], ['title', '&quot;月检 &quot; + today']))
  for (let i = 0; i < 2; i++) { app.clock!.advance(60); await settled(app) }
  const begun = await casesOf('round')
  assert.equal(begun.length, 2)
  const { rows: [row] } = await app.owner.query('select title, hours from machine where id = $1', [begun[0]!.record_id])
  assert.deepEqual([row, begun[0]!.variables], [{ title: '月检 2026-11-23', hours: 3 }, {}])
  assert.notEqual((await alarmsOf('round'))[0]!.closed_at, null)
  await assert.rejects(publish('round', daily(['colour', '1'])), (e: any) => e.code === 'PROCESS_INVALID' && /qc:input.*colour/.test(e.details.reason))
})

test('BE-06 what another process throws begins the process as the system; what it cannot begin is an alarm, and nothing else fails', async () => {
  await publish('asked', event('startEvent', 's', '', on.signal('g1')) + END + user('look') + flows('s -> look\nlook -> e'))
  const thrower = model(tag('startEvent', 's') + END + event('intermediateThrowEvent', 't', '', on.signal('g1')) + flows('s -> t\nt -> e'), 'id="p-thrower" name="thrower" isExecutable="true"')
  await app.system(ctx => deploy(ctx, 'thrower', thrower))
  await app.system(async ctx => { const { startCase } = await import('./starts.ts'); await startCase(ctx, 'thrower') })
  await settled(app)
  assert.deepEqual([(await casesOf('asked')).length, (await alarmsOf('asked')).length], [0, 1], 'a record needs a title, which a signal without values has not')
  const id = await machine({})
  await boss.post('/api/signals', { name: 'G1', variables: { recordId: id } })
  assert.equal((await casesOf('asked', id)).length, 1)
})

test('BE-07 where several must happen, the first begins the case on the record and the last lets it go on', async () => {
  await publish('both', event('startEvent', 's', 'parallelMultiple="true"', condition('hours &gt; 5') + on.signal('g2')) + END + user('go') + flows('s -> go\ngo -> e'))
  const id = await machine({ hours: 6 })
  await look()
  assert.equal((await casesOf('both', id))[0]!.node, 's')
  await boss.post('/api/signals', { name: 'G2' })
  await settled(app)
  assert.deepEqual((await casesOf('both')).map(c => c.node), ['go'], 'the signal is the waiting case’s, and begins no other')
})

test('BE-08 several events, any of which begins the process, and two times of their own', async () => {
  const at = (text: string) => `<bpmn:timerEventDefinition><bpmn:timeDuration>${text}</bpmn:timeDuration></bpmn:timerEventDefinition>`
  const xml = model(event('startEvent', 's', '', on.message('m1') + at('PT1H') + at('PT2H')) + END + user('a') + flows('s -> a\na -> e'), 'id="p-any" name="any" isExecutable="true"')
  await app.system(ctx => deploy(ctx, 'any', xml))
  // of two that begin with it, the first by name takes a message
  await boss.post('/api/messages', { name: 'M1' })
  for (const n of [1, 2, 3]) {
    assert.equal((await casesOf('any')).length, n)
    app.clock!.advance(60)
    await settled(app)
  }
})

test('BE-09 what cannot be begun so is refused when it is published, with the element and the reason', async () => {
  const refused = async (elements: string, pattern: RegExp) => assert.rejects(publish('odd', elements), (e: any) => e.code === 'PROCESS_INVALID' && pattern.test(e.details.reason) && e.details.problems[0].elementId === 's')
  await refused(event('startEvent', 's', 'qc:correlationKey="nothing"', on.message('m1')) + END + user('a') + flows('s -> a\na -> e'), /关联键“nothing”/)
  const free = model(event('startEvent', 's', '', condition('n &gt; 1')) + END + user('a') + flows('s -> a\na -> e'), 'id="p-free" name="free" isExecutable="true"')
  await assert.rejects(app.system(ctx => deploy(ctx, 'free', free)), (e: any) => /没有绑定对象/.test(e.details.reason))
})

test('BE-10 another company’s records and processes are not looked at', async () => {
  await publish('service', event('startEvent', 's', '', condition('hours &gt; 500')) + END + user('check') + flows('s -> check\ncheck -> e'), app.tenantIds[1])
  const before = (await casesOf('service')).length
  const mine = await machine({ hours: 501 })
  await look()
  assert.deepEqual([(await casesOf('service')).length, (await casesOf('service', mine)).length], [before + 1, 1])
})

test('BE-11 conditions right behind the start read the record, and its values do not become variables', async () => {
  const elements = tag('startEvent', 's') + END + tag('exclusiveGateway', 'x', 'default="f3"') + user('big') + user('small') + flows('s -> x\nx -> big [hours > 10]\nx -> small\nbig -> e\nsmall -> e')
  await publish('plain', elements)
  const id = await machine({ hours: 20 })
  await app.system(ctx => startFor(ctx, 'plain', 'machine', id, { note: '急' }))
  const [begun] = await casesOf('plain', id)
  assert.deepEqual([begun!.node, begun!.variables], ['big', { note: '急' }])
})
