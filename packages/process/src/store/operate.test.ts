import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineEntity, defineModule, f, storeNew, type Ctx } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, on, script, tag } from '../engine/testing.ts'
import { begin, prepareStart } from './begin.ts'
import { deploy } from './definitions.ts'
import { ProcessHandlerError, registerHandler } from './handlers.ts'
import { settled } from '../testing/settled.ts'
import { processModule } from './module.ts'

const Parcel = defineEntity('parcel', {
  label: ['包裹', 'Parcel'],
  fields: { title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }), urgent: f.boolean(['加急', 'Urgent']), unitId: f.ref(['单位', 'Unit'], () => 'unit'), ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true }) },
  scope: { unit: 'unitId', owner: 'ownerId' }, display: ['title'], list: ['title', 'stage'],
})
const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const calls: Array<{ key: string; attempt: number }> = []
const parcels = defineModule({
  name: 'parcels', label: ['包裹', 'Parcels'], entities: [Parcel],
  start: runtime => {
    runtime.calendar = () => Promise.resolve(calendar)
    registerHandler(runtime, 'ship', async (_, call) => {
      calls.push({ key: call.key, attempt: call.attempt })
      if (call.variables['full'] === true) throw new ProcessHandlerError('E1')
      if (!call.variables['address']) throw new Error('没有地址')
      return { shipped: call.input['to'] ?? call.variables['address'] }
    }, { retries: 2 })
  },
})
const app = await testApp({ modules: [processModule, parcels], clock: '2026-11-23T01:00:00Z', worker: true, tenants: 2 })
const everything = { 'process:operate': ['all'], 'process:start': ['all'], 'process:work': ['all'], 'alarm:read': ['all'] }
const boss = await app.person({ username: 'boss', roles: [{ code: 'operator', grants: everything }] })
const clerk = await app.person({ username: 'clerk', roles: [{ code: 'clerk', grants: Object.fromEntries(['read', 'move', 'update'].map(v => [`parcel:${v}`, ['all']])) }] })
const other = await app.person({ username: 'other', roles: [{ code: 'someone', grants: {} }] })
const abroad = await app.person({ username: 'abroad', roles: [{ code: 'operator', grants: everything }] }, app.tenantIds[1]!)

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const user = (id: string, attributes = '', inner = '') => event('userTask', id, `qc:role="clerk" ${attributes}`, inner)
const inside = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`
const publish = (key: string, elements: string) => app.system(ctx => deploy(ctx, key, model(elements, `id="p-${key}" name="${key}" isExecutable="true"`)))
const start = async (key: string, variables: Record<string, unknown> = {}): Promise<string> => { const r = await boss.post(`/api/processes/${key}/start`, { variables }); assert.equal(r.status, 201, JSON.stringify(r.body)); await settled(app); return r.body.caseId }
const steps = async (caseId: string) => (await app.owner.query("select id, node_id, state, data from process_step where instance_id = $1 and kind <> 'vote' order by seq", [caseId])).rows as Array<{ id: string; node_id: string; state: string; data: Record<string, unknown> }>
const shape = async (caseId: string) => (await steps(caseId)).map(s => `${s.node_id} ${s.state}`)
const variables = async (caseId: string) => (await app.owner.query('select variables from process_instance where id = $1', [caseId])).rows[0].variables as Record<string, unknown>
const stateOf = async (caseId: string) => (await app.owner.query('select state from process_instance where id = $1', [caseId])).rows[0].state as string
const incidentsOf = async (caseId: string) => (await boss.get('/api/incidents')).body.items.filter((i: { caseId: string }) => i.caseId === caseId)
const pass = async (minutes: number) => { app.clock!.advance(minutes); await settled(app) }
const settle = () => settled(app)

await publish('ship', FRAME + event('serviceTask', 'ship', 'qc:handler="ship"', '') + user('full') + event('boundaryEvent', 'bf', 'attachedToRef="ship"', on.error('E1')) + flows('s -> ship\nship -> e\nbf -> full\nfull -> e'))

test('OP-01 a program that fails is tried again later with the same key, then a person is asked, puts it right and tries again', async () => {
  calls.length = 0
  const id = await start('ship')
  assert.equal(calls.length, 1)
  await pass(1)
  assert.deepEqual([calls.length, new Set(calls.map(c => c.key)).size, calls.map(c => c.attempt)], [2, 1, [1, 2]])
  const [incident] = await incidentsOf(id)
  assert.deepEqual([incident.kind, incident.step, incident.attempts, incident.retryable], ['service', 'ship', 2, true])
  assert.match(incident.message, /没有地址/)
  const alarms = (await boss.get('/api/alarms')).body.items.filter((a: { kind: string; closedAt: string | null }) => a.kind === 'incident' && !a.closedAt)
  assert.equal(alarms.length, 1)
  assert.equal((await clerk.get('/api/incidents')).status, 403)
  assert.deepEqual((await abroad.get('/api/incidents')).body.items, [])
  assert.equal((await abroad.post(`/api/incidents/${incident.id}/retry`, {})).status, 404)
  assert.equal((await boss.post(`/api/incidents/${incident.id}/retry`, { note: '补了地址', variables: { address: '杭州' } })).status, 200)
  await settle()
  assert.deepEqual([await stateOf(id), (await variables(id))['shipped']], ['completed', '杭州'])
  const [done] = (await boss.get('/api/incidents?state=resolved')).body.items
  assert.deepEqual([done.note, done.resolvedBy], ['补了地址', 'boss'])
  assert.equal((await boss.post(`/api/incidents/${incident.id}/retry`, {})).body.code, 'INCIDENT_RESOLVED')
})

test('OP-02 a circle without end, come to by a timer, is an incident and not a job that fails for ever', async () => {
  await publish('circle', FRAME + user('wait') + event('boundaryEvent', 'due', 'attachedToRef="wait"', on.timer('PT1H')) + tag('exclusiveGateway', 'round', 'default="f5"') + script('again', 'n + 1', 'qc:resultVariable="n"')
    + flows('s -> wait\nwait -> e\ndue -> round\nround -> e [out = true]\nround -> again\nagain -> round'))
  const id = await start('circle', { n: 0 })
  await pass(61)
  const [incident] = await incidentsOf(id)
  assert.deepEqual([incident.kind, incident.code, await shape(id)], ['job', 'PROCESS_BROKEN', ['wait waiting']])
  assert.equal((await app.owner.query("select count(*)::int as n from job where kind = 'process.timer' and payload->>'instanceId' = $1", [id])).rows[0].n, 0)
  await boss.post(`/api/incidents/${incident.id}/retry`, { variables: { out: true } })
  await settle()
  assert.deepEqual([await stateOf(id), await shape(id)], ['completed', ['wait cancelled']])
})

test('OP-03 a message reaches the one case that waits for its key; where nobody waits it is told so, kept or begins a process', async () => {
  await publish('order', FRAME + event('receiveTask', 'paid', 'messageRef="m1" qc:correlationKey="= no"', '') + user('pack') + flows('s -> paid\npaid -> pack\npack -> e'))
  await publish('claim', event('startEvent', 's', '', on.message('m2')) + tag('endEvent', 'e') + user('look') + flows('s -> look\nlook -> e'))
  const [a, b] = [await start('order', { no: 'A' }), await start('order', { no: 'B' })]
  assert.deepEqual((await boss.post('/api/messages', { name: 'M1', key: 'B', variables: { sum: 9 } })).body, { delivered: true, to: 'case', caseId: b })
  assert.deepEqual([await shape(a), await shape(b), (await variables(b))['sum']], [['paid waiting'], ['paid done', 'pack waiting'], 9])
  assert.deepEqual((await boss.post('/api/messages', { name: 'M1', key: 'C' })).body, { delivered: false, to: null, caseId: null })
  assert.equal((await boss.post('/api/messages', { name: 'M1', key: 'D', keepMinutes: 60 })).body.to, 'kept')
  const d = await start('order', { no: 'D' })
  assert.deepEqual(await shape(d), ['paid done', 'pack waiting'])
  await boss.post('/api/messages', { name: 'M1', key: 'F', keepMinutes: 60 })
  await pass(61)
  assert.deepEqual(await shape(await start('order', { no: 'F' })), ['paid waiting'])
  const begun = (await boss.post('/api/messages', { name: 'M2', variables: { who: '王' } })).body
  assert.deepEqual([begun.to, await shape(begun.caseId), await variables(begun.caseId)], ['start', ['look waiting'], { who: '王' }])
  assert.equal((await clerk.post('/api/messages', { name: 'M1', key: 'A' })).status, 403)
  assert.equal((await abroad.post('/api/messages', { name: 'M1', key: 'A' })).body.delivered, false)
  assert.deepEqual(await shape(a), ['paid waiting'])
})

test('OP-04 a call keeps the version with which it began', async () => {
  const child = (task: string) => FRAME + user(task) + user('second') + flows(`s -> ${task}\n${task} -> second\nsecond -> e`)
  await publish('inner', child('old'))
  await publish('outer', FRAME + tag('callActivity', 'call', 'calledElement="inner"') + flows('s -> call\ncall -> e'))
  const before = await start('outer')
  await publish('inner', child('new'))
  const after = await start('outer')
  for (const [id, first] of [[before, 'old'], [after, 'new']] as const) {
    const [step] = await steps(id)
    assert.deepEqual([step!.node_id, step!.data['called']], [first, first === 'old' ? 'inner@1' : 'inner@2'])
    assert.equal((await clerk.post(`/api/tasks/${step!.id}/complete`, {})).status, 200)
    assert.deepEqual(await shape(id), [`${first} done`, 'second waiting'])
    await clerk.post(`/api/tasks/${(await steps(id))[1]!.id}/complete`, {})
    assert.equal(await stateOf(id), 'completed')
  }
})

test('OP-05 a process without a record: its task is in the post’s pool, its form fills variables, others see nothing', async () => {
  await publish('free', FRAME + user('ask', '', inside('<qc:field name="amount" label="金额" required="true"/><qc:outcome id="yes" label="同意"/><qc:outcome id="no" label="不同意"/>')) + script('sum', 'amount + 1', 'qc:resultVariable="total"') + flows('s -> ask\nask -> sum\nsum -> e'))
  const id = await start('free', { why: '买纸' })
  const [step] = await steps(id)
  assert.ok((await clerk.get('/api/tasks?box=pool')).body.items.some((t: { id: string }) => t.id === step!.id))
  assert.equal((await other.get(`/api/tasks/${step!.id}`)).status, 404)
  assert.equal((await other.post(`/api/tasks/${step!.id}/complete`, { outcome: 'yes' })).status, 404)
  assert.deepEqual((await clerk.get(`/api/tasks/${step!.id}/candidates`)).body.items.map((p: { name: string }) => p.name), ['clerk'])
  const shown = (await clerk.post(`/api/tasks/${step!.id}/claim`)).body
  assert.deepEqual([shown.state, shown.form[0].label, shown.moves.map((m: { outcome: string }) => m.outcome)], ['active', '金额', ['yes', 'no']])
  const refused = await clerk.post(`/api/tasks/${step!.id}/complete`, { outcome: 'yes' })
  assert.equal((await clerk.post(`/api/tasks/${step!.id}/save`, { fields: { amount: 40 } })).body.form[0].value, 40)
  assert.deepEqual([refused.status, refused.body.code], [409, 'ACTIVITY_UNFINISHED'])
  assert.equal((await clerk.post(`/api/tasks/${step!.id}/complete`, { outcome: 'yes', fields: { amount: 41 } })).status, 200)
  assert.deepEqual([await stateOf(id), await variables(id)], ['completed', { why: '买纸', amount: 41, total: 42 }])
  assert.equal((await clerk.post('/api/processes/free/start', {})).status, 403)
})

test('OP-06 workers outside take different tasks, finish their own and no other’s, and failing ones end as an incident', async () => {
  await publish('print', FRAME + event('serviceTask', 'print', '', inside('<zeebe:taskDefinition type="printer"/>')) + flows('s -> print\nprint -> e'))
  const ids = [await start('print', { n: 1 }), await start('print', { n: 2 }), await start('print', { n: 3 })]
  const [one, two] = await Promise.all([boss.post('/api/service-tasks/claim', { topic: 'printer', worker: 'w1', max: 2 }), boss.post('/api/service-tasks/claim', { topic: 'printer', worker: 'w2', max: 2 })])
  const taken = [...one.body.items, ...two.body.items] as Array<{ id: string; caseId: string; variables: { n: number } }>
  assert.deepEqual([new Set(taken.map(t => t.id)).size, new Set(taken.map(t => t.caseId)).size], [taken.length, taken.length])
  if (taken.length < 3) taken.push(...(await boss.post('/api/service-tasks/claim', { topic: 'printer', worker: 'w1', max: 2 })).body.items)
  assert.deepEqual(new Set(taken.map(t => t.caseId)), new Set(ids))
  const mine = one.body.items[0], theirs = two.body.items[0] ?? taken[1]
  assert.equal((await boss.post('/api/service-tasks/complete', { id: mine.id, worker: 'w9' })).body.code, 'SERVICE_TASK_LOST')
  assert.equal((await boss.post('/api/service-tasks/complete', { id: mine.id, worker: 'w1', variables: { pages: 3 } })).status, 200)
  assert.deepEqual([await stateOf(mine.caseId), (await variables(mine.caseId))['pages']], ['completed', 3])
  const worker = two.body.items[0] ? 'w2' : 'w1'
  assert.deepEqual((await boss.post('/api/service-tasks/fail', { id: theirs.id, worker, message: '缺纸', retries: 1 })).body, { incident: true })
  const [incident] = await incidentsOf(theirs.caseId)
  assert.match(incident.message, /缺纸/)
  app.clock!.advance(10)
  assert.ok(!(await boss.post('/api/service-tasks/claim', { topic: 'printer', worker: 'w3', max: 9 })).body.items.some((t: { id: string }) => t.id === theirs.id))
  await boss.post(`/api/incidents/${incident.id}/retry`, {})
  assert.ok((await boss.post('/api/service-tasks/claim', { topic: 'printer', worker: 'w4', max: 9 })).body.items.some((t: { id: string }) => t.id === theirs.id))
  assert.equal((await clerk.post('/api/service-tasks/claim', { topic: 'printer', worker: 'w5' })).status, 403)
  assert.deepEqual((await abroad.post('/api/service-tasks/claim', { topic: 'printer', worker: 'w1', max: 9 })).body.items, [])
})

const BOUND = '<bpmn:extensionElements><qc:binding entity="parcel" stageField="stage" /></bpmn:extensionElements>'
async function onParcel(key: string, values: Record<string, unknown> = {}): Promise<{ record: string; caseId: string }> {
  return app.system(async (ctx: Ctx) => {
    const [unit] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 limit 1', [ctx.tenant.id])
    const p = await prepareStart(ctx, key)
    const record = await storeNew(ctx, ctx.entities.get('parcel'), { title: key, unitId: unit!.id, stage: p.stage, ...values })
    const { instanceId } = await begin(ctx, p, { entity: 'parcel', record, unitId: unit!.id, label: key })
    return { record: record.id as string, caseId: instanceId }
  })
}

test('OP-07 a condition on the record’s fields happens soon after somebody edits the record by its form', async () => {
  await publish('watch', BOUND + FRAME + user('work') + user('hurry') + event('boundaryEvent', 'c', 'attachedToRef="work" cancelActivity="false"', on.condition('urgent = true')) + flows('s -> work\nwork -> e\nc -> hurry\nhurry -> e'))
  const { record, caseId } = await onParcel('watch')
  await pass(1)
  assert.deepEqual(await shape(caseId), ['work waiting'])
  const was = (await clerk.get(`/api/parcels/${record}`)).body
  const edited = await clerk.patch(`/api/parcels/${record}`, { urgent: true, version: was.version })
  assert.equal(edited.status, 200, JSON.stringify(edited.body))
  await pass(1)
  assert.deepEqual(await shape(caseId), ['work waiting', 'hurry waiting'])
  await pass(5)
  assert.deepEqual(await shape(caseId), ['work waiting', 'hurry waiting'])
})

test('OP-08 one task for each of three people on a record, done by the posts through the same door as any other', async () => {
  await publish('three', BOUND + FRAME + user('sign', '', '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>') + user('after') + flows('s -> sign\nsign -> after\nafter -> e'))
  const { record, caseId } = await onParcel('three')
  const open = await steps(caseId)
  assert.deepEqual(open.map(s => (s.data['local'] as { loopCounter: number }).loopCounter), [1, 2, 3])
  for (const [i, s] of open.entries()) {
    const shown = (await clerk.get(`/api/tasks/${s.id}`)).body
    assert.equal(shown.moves.length, 1, JSON.stringify(shown))
    const r = await clerk.post(`/api/tasks/${s.id}/complete`, {})
    assert.equal(r.status, 200, JSON.stringify(r.body))
    assert.equal((await shape(caseId)).includes('after waiting'), i === 2)
  }
  assert.equal((await clerk.get(`/api/parcels/${record}`)).body.stage, 'after')
  assert.equal((await boss.post(`/api/cases/${caseId}/cancel`, { reason: '客户不要了' })).status, 200)
  assert.deepEqual([await stateOf(caseId), (await shape(caseId)).at(-1)], ['cancelled', 'after cancelled'])
  assert.equal((await boss.post(`/api/cases/${caseId}/cancel`, { reason: '再来' })).body.code, 'CASE_OVER')
})

test('OP-09 an error or escalation that an operator raises goes the model’s way; uncaught, the case has failed and says so', async () => {
  await publish('raise', FRAME + user('work') + user('fix') + user('told') + event('boundaryEvent', 'be', 'attachedToRef="work"', on.error('E1')) + event('boundaryEvent', 'bx', 'attachedToRef="work" cancelActivity="false"', on.escalation('X1')) + flows('s -> work\nwork -> e\nbe -> fix\nfix -> e\nbx -> told\ntold -> e'))
  const id = await start('raise')
  const [work] = await steps(id)
  assert.equal((await clerk.post(`/api/tasks/${work!.id}/error`, { code: 'E1' })).status, 403)
  await boss.post(`/api/tasks/${work!.id}/escalate`, { code: 'X1' })
  assert.deepEqual(await shape(id), ['work waiting', 'told waiting'])
  await boss.post(`/api/tasks/${work!.id}/error`, { code: 'E1', message: '坏了' })
  assert.deepEqual(await shape(id), ['work cancelled', 'told waiting', 'fix waiting'])
  assert.equal((await boss.post(`/api/tasks/${work!.id}/error`, { code: 'E1' })).body.code, 'TASK_DONE')
  const fix = (await steps(id)).find(s => s.node_id === 'fix')!
  assert.deepEqual((await boss.post(`/api/tasks/${fix.id}/error`, { code: 'E7' })).body, { ended: true })
  const [incident] = await incidentsOf(id)
  assert.deepEqual([await stateOf(id), incident.kind, incident.code, incident.retryable], ['failed', 'error', 'E7', false])
  assert.equal((await boss.post(`/api/incidents/${incident.id}/retry`, {})).body.code, 'INCIDENT_FINAL')
  assert.equal((await boss.post(`/api/incidents/${incident.id}/resolve`, { note: '' })).status, 400)
  assert.equal((await boss.post(`/api/incidents/${incident.id}/resolve`, { note: '另开一单' })).status, 200)
  assert.deepEqual(await incidentsOf(id), [])
})

test('OP-10 a new version takes the old one’s timer start off the list', async () => {
  const daily = (hours: number) => event('startEvent', 's', '', on.timer(`R/PT${hours}H`, 'timeCycle')) + tag('endEvent', 'e') + user('look') + flows('s -> look\nlook -> e')
  await publish('daily', daily(24))
  await publish('daily', daily(48))
  const due = async () => (await app.owner.query("select due_at from job where kind = 'process.start' and payload->>'process' = 'daily'")).rows as Array<{ due_at: Date }>
  assert.deepEqual((await due()).map(d => d.due_at.getTime() - app.clock!.now.getTime()), [48 * 3_600_000])
  await pass(48 * 60)
  const count = async () => (await app.owner.query("select count(*)::int as n from process_instance i join process_definition d on d.id = i.definition_id where d.key = 'daily'")).rows[0].n
  assert.deepEqual([await count(), (await due()).length], [1, 1])
  await publish('daily', FRAME + user('look') + flows('s -> look\nlook -> e'))
  assert.deepEqual(await due(), [])
})

test('OP-11 what this store does not do is refused by element when it is published', async () => {
  const refusal = async (elements: string) => app.system(ctx => deploy(ctx, 'refused', model(elements))).then(() => [], (e: { details: { problems: Array<{ elementId: string }> } }) => e.details.problems.map(p => p.elementId))
  assert.deepEqual(await refusal(event('startEvent', 'cond', '', on.condition('a = 1')) + tag('endEvent', 'e') + user('t') + flows('cond -> t\nt -> e')), ['cond'])
  assert.deepEqual(await refusal(BOUND + event('startEvent', 'byMessage', 'qc:correlationKey="nothing"', on.message('m1')) + tag('endEvent', 'e') + user('t') + flows('byMessage -> t\nt -> e')), ['byMessage'])
})

test('OP-12 an answer that leads into a circle is refused, nothing of it is stored, and whoever keeps the processes hears of it', async () => {
  await publish('round', FRAME + user('ask') + tag('exclusiveGateway', 'g', 'default="f4"') + script('again', 'n + 1', 'qc:resultVariable="n"') + flows('s -> ask\nask -> g\ng -> e [out = true]\ng -> again\nagain -> g'))
  const id = await start('round', { n: 0 })
  const [ask] = await steps(id)
  const refused = await clerk.post(`/api/tasks/${ask!.id}/complete`, {})
  assert.deepEqual([refused.body.code, await shape(id), await variables(id)], ['PROCESS_BROKEN', ['ask waiting'], { n: 0 }])
  await clerk.post(`/api/tasks/${ask!.id}/complete`, {})
  const [incident, ...more] = await incidentsOf(id)
  assert.deepEqual([incident.kind, incident.attempts, incident.retryable, more], ['task', 2, false, []])
  await boss.post(`/api/incidents/${incident.id}/resolve`, { note: '改好了', variables: { out: true } })
  assert.equal((await clerk.post(`/api/tasks/${ask!.id}/complete`, {})).status, 200)
  assert.equal(await stateOf(id), 'completed')
})

test('OP-13 an endless cycle does not make up for what it missed while nothing ran, a counted one does', async () => {
  const nudge = (key: string, cycle: string) => publish(key, FRAME + user('work') + event('boundaryEvent', 'n', 'attachedToRef="work" cancelActivity="false"', on.timer(cycle, 'timeCycle')) + user('told') + tag('endEvent', 'e2') + flows('s -> work\nwork -> e\nn -> told\ntold -> e2'))
  await nudge('endless', 'R/PT1H')
  await nudge('counted', 'R5/PT1H')
  const [a, b] = [await start('endless'), await start('counted')]
  await pass(10 * 60 + 1)
  const told = async (id: string) => (await shape(id)).filter(s => s === 'told waiting').length
  assert.deepEqual([await told(a), await told(b)], [1, 5])
  await pass(60)
  assert.deepEqual([await told(a), await told(b)], [2, 5])
})

test('OP-14 a task of a called process is worked on as any other of the record, and the case goes on behind it', async () => {
  await publish('callee', FRAME + user('inside') + flows('s -> inside\ninside -> e'))
  await publish('caller', BOUND + FRAME + user('first') + tag('callActivity', 'call', 'calledElement="callee"') + user('last') + flows('s -> first\nfirst -> call\ncall -> last\nlast -> e'))
  const { record, caseId } = await onParcel('caller')
  for (const node of ['first', 'inside', 'last']) {
    const open = (await steps(caseId)).find(s => s.node_id === node && s.state === 'waiting')!
    await clerk.post(`/api/tasks/${open.id}/claim`)
    const shown = (await clerk.get(`/api/tasks/${open.id}`)).body
    assert.deepEqual([shown.name, shown.moves.length, node === 'inside' ? shown.returnTo : []], [node, 1, []], JSON.stringify(shown))
    assert.equal((await clerk.get(`/api/cases/parcel/${record}`)).status, 200)
    const done = await clerk.post(`/api/tasks/${open.id}/complete`, {})
    assert.equal(done.status, 200, JSON.stringify(done.body))
  }
  assert.deepEqual([await stateOf(caseId), (await clerk.get(`/api/parcels/${record}`)).body.stage], ['completed', 'e'])
  assert.deepEqual((await clerk.get('/api/tasks?box=done')).body.items.filter((t: { recordId: string }) => t.recordId === record).map((t: { name: string }) => t.name).toSorted(), ['first', 'inside', 'last'])
})
