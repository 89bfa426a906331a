import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineEntity, defineModule, f, storeNew } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { begin, deploy, prepareStart, processModule, runSimulation, compileProcess, defaultsOf } from '@quancheng/process'
import simulation from '../index.ts'

const Ticket = defineEntity('ticket', {
  label: ['工单', 'Ticket'], fields: { title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }), unitId: f.ref(['单位', 'Unit'], () => 'unit') },
  scope: { unit: 'unitId' }, display: ['title'], list: ['title'],
})
const tickets = defineModule({ name: 'tickets', label: ['工单', 'Tickets'], entities: [Ticket] })
const app = await testApp({ modules: [org, processModule, tickets, simulation], clock: '2026-11-23T01:00:00Z' })
const all = (...codes: string[]) => Object.fromEntries(codes.map(c => [c, ['all']]))
const zhou = await app.person({ username: 'zhou', name: '周站', roles: [{ code: 'fixer', grants: all('process:read', 'ticket:read', 'ticket:move') }] })
const reader = await app.person({ username: 'reader', roles: [{ code: 'reader', grants: all('process:read') }] })
const nobody = await app.person({ username: 'nobody', roles: [{ code: 'nobody', grants: {} }] })

const xml = (more = '') => `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="urn:t">
<bpmn:process id="fix" name="修理" isExecutable="true"><bpmn:extensionElements><qc:binding entity="ticket" stageField="stage"/></bpmn:extensionElements>
<bpmn:startEvent id="s"/><bpmn:userTask id="repair" name="维修" qc:role="fixer"><bpmn:extensionElements><qc:standard minutes="60"/><qc:outcome id="fixed" label="修好"/><qc:outcome id="broken" label="修不好" danger="true"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:exclusiveGateway id="x" default="f3"/><bpmn:endEvent id="done" name="修好"/><bpmn:endEvent id="lost" name="退机"/>${more}
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="repair"/><bpmn:sequenceFlow id="f2" sourceRef="repair" targetRef="x"/><bpmn:sequenceFlow id="f3" sourceRef="x" targetRef="done"/>
<bpmn:sequenceFlow id="f4" sourceRef="x" targetRef="lost"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">outcome = "broken"</bpmn:conditionExpression></bpmn:sequenceFlow></bpmn:process></bpmn:definitions>`
await app.system(ctx => deploy(ctx, 'fix', xml()))
const at = (what: string) => `/api/processes/fix/${what}`

test('without a history the model alone speaks: half the standard, nine in ten go well, as many people as hold the role', async () => {
  const d = (await zhou.get(at('simulation-defaults'))).body
  assert.deepEqual([d.name, d.version, d.draft, d.history.cases], ['修理', 1, false, 0])
  assert.deepEqual(d.input.durations.repair, { kind: 'lognormal', median: 30, p80: 48 })
  assert.deepEqual([d.input.outcomes.repair, d.input.staff.fixer.number, d.roles[0].people], [{ fixed: 0.9, broken: 0.1 }, 1, 1])
  assert.deepEqual(d.steps.map((s: { key: string; known: number }) => [s.key, s.known]), [['repair', 0]])
})

test('a process is simulated on the company’s calendar, and the same seed tells the same', async () => {
  const ask = { cases: 200, arrivals: { kind: 'poisson', perHour: 3 }, durations: { repair: { kind: 'fixed', minutes: 15 } }, staff: { fixer: { number: 1 } }, seed: 3 }
  const one = await zhou.post(at('simulate'), ask)
  assert.equal(one.status, 200, JSON.stringify(one.body))
  assert.deepEqual([one.body.cases.started, one.body.cases.finished, one.body.steps[0].done], [200, 200, 200])
  assert.ok(one.body.roles[0].utilisation > 0.6 && one.body.roles[0].utilisation <= 1)
  assert.deepEqual(one.body.cases.ends.map((e: { name: string }) => e.name), ['修好', '退机'])
  assert.deepEqual((await zhou.post(at('simulate'), ask)).body, one.body)
  const two = (await zhou.post(at('simulate'), { ...ask, staff: { fixer: { number: 2 } } })).body
  assert.ok(two.steps[0].waiting.mean < one.body.steps[0].waiting.mean)
})

test('a draft that nobody has saved can be tried; one that cannot run is refused with its problems', async () => {
  const tried = await reader.post(at('simulate'), { xml: xml().replace('维修', '修一修'), cases: 5 })
  assert.deepEqual([tried.body.version, tried.body.steps[0].name], ['text', '修一修'])
  const bad = await reader.post(at('simulate'), { xml: xml('<bpmn:scriptTask id="q"/>'), cases: 5 })
  assert.deepEqual([bad.status, bad.body.code], [422, 'PROCESS_INVALID'])
})

test('what a process calls is simulated with it, its steps under the name of the called process', async () => {
  const plain = (id: string, inner: string) => `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="urn:t"><bpmn:process id="${id}" name="${id}" isExecutable="true"><bpmn:startEvent id="s"/>${inner}<bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/><bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="e"/></bpmn:process></bpmn:definitions>`
  await app.system(ctx => deploy(ctx, 'parts', plain('parts', '<bpmn:userTask id="a" name="备件" qc:role="fixer"/>')))
  const { status, body } = await zhou.post('/api/processes/parts/simulate', { xml: plain('outer', '<bpmn:callActivity id="a" name="领料" calledElement="parts"/>'), cases: 10, days: null })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.cases.finished, body.steps.map((s: { key: string; done: number }) => [s.key, s.done]), body.problems], [10, [['parts/a', 10]], []])
  const walked = (await zhou.post('/api/processes/parts/walk', { xml: plain('outer', '<bpmn:callActivity id="a" name="领料" calledElement="parts"/>'), moves: [] })).body
  assert.deepEqual(walked.tokens.map((t: { name: string; called: string }) => [t.name, t.called]), [['备件', 'parts']])
})

test('what is too large, too long or makes no sense is refused with a code', async () => {
  assert.equal((await zhou.post(at('simulate'), { days: 366, arrivals: { kind: 'poisson', perHour: 9000 } })).body.code, 'SIMULATION_TOO_LARGE')
  assert.equal((await zhou.post(at('simulate'), { cases: null, days: null, arrivals: { kind: 'poisson', perHour: 0 } })).status, 400)
  assert.equal((await zhou.post(at('simulate'), { durations: { repair: { kind: 'uniform', min: 9, max: 3 } } })).status, 400)
  assert.equal((await zhou.post('/api/processes/none/simulate', {})).body.code, 'PROCESS_UNKNOWN')
  const process = await compileProcess(xml())
  const input = { ...defaultsOf(process), cases: 20_000 }
  await assert.rejects(app.system(ctx => runSimulation(ctx, { xml: xml(), process, input, limits: { seconds: 0.001 } })), { code: 'SIMULATION_TIMEOUT' })
  await assert.rejects(app.system(ctx => runSimulation(ctx, { xml: xml(), process, input, limits: { atOnce: 0 } })), { code: 'SIMULATION_BUSY' })
})

test('only those who may look at processes may try them out', async () => {
  for (const answer of [await nobody.get(at('simulation-defaults')), await nobody.post(at('simulate'), {}), await nobody.post(at('walk'), { moves: [] })]) assert.equal(answer.body.code, 'FORBIDDEN')
})

test('a process is walked step by step and nothing remains of it', async () => {
  const first = (await reader.post(at('walk'), { moves: [] })).body
  assert.deepEqual(first.offers.map((o: { label: string }) => o.label), ['修好', '修不好'])
  const done = (await reader.post(at('walk'), { moves: [first.offers[1].move] })).body
  assert.deepEqual([done.end.nodeId, done.history.length], ['lost', 2])
  assert.equal((await reader.post(at('walk'), { moves: [first.offers[1].move, first.offers[1].move] })).body.refused.move, 1)
  const [{ n }] = await app.system(ctx => ctx.query<{ n: number }>('select count(*)::int as n from process_instance where tenant_id = $1', [ctx.tenant.id])) as [{ n: number }]
  assert.equal(n, 0)
})

test('a record of real cases gives durations, outcomes and arrivals, to those who may see the cases', async () => {
  for (let i = 0; i < 6; i++) {
    const step = await app.system(async ctx => {
      const entity = ctx.entities.get('ticket'), start = await prepareStart(ctx, 'fix', {})
      const [unit] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 limit 1', [ctx.tenant.id])
      const record = await storeNew(ctx, entity, { title: `T${i}`, stage: start.stage, unitId: unit!.id })
      await begin(ctx, start, { entity: 'ticket', record, unitId: unit!.id, label: `T${i}` })
      const [s] = await ctx.query<{ id: string }>("select id from process_step where tenant_id = $1 and state = 'waiting'", [ctx.tenant.id])
      return s!.id
    })
    app.clock!.advance(10)
    const claimed = await zhou.post(`/api/tasks/${step}/claim`, {})
    assert.equal(claimed.status, 200, JSON.stringify(claimed.body))
    app.clock!.advance(20)
    const done = await zhou.post(`/api/tasks/${step}/complete`, { outcome: i < 4 ? 'fixed' : 'broken' })
    assert.equal(done.status, 200, JSON.stringify(done.body))
  }
  const d = (await zhou.get(at('simulation-defaults'))).body
  assert.deepEqual([d.history.cases, d.input.outcomes.repair, d.steps[0].known], [6, { fixed: 4, broken: 2 }, 6])
  assert.deepEqual(d.input.durations.repair, { kind: 'lognormal', median: 20, p80: 20 })
  assert.ok(Math.abs(d.input.arrivals.perHour - 2) < 0.1, `six in three hours: ${d.input.arrivals.perHour}`)
  assert.deepEqual(d.input.unattended, [], 'one person can do two cases of twenty minutes an hour')
  assert.deepEqual((await reader.get(at('simulation-defaults'))).body.history.cases, 0, 'whoever may not see the tickets learns nothing of them')
})
