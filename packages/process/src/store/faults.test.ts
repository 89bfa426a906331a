import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineEntity, defineModule, f, storeNew } from '@quancheng/kernel'
import { runDue, testApp, type Answered } from '@quancheng/kernel/testing'
import { event, flows, model, on, script, tag } from '../engine/testing.ts'
import { breakable } from '../testing/faults.ts'
import { rowsOf, withoutIds } from '../testing/rows.ts'
import { begin, prepareStart } from './begin.ts'
import { deploy } from './definitions.ts'
import { processModule } from './module.ts'

/*
 * The connection breaks at every single statement of an act, from BEGIN to COMMIT, and once more when the commit is done but its answer is
 * lost. Nothing may be left half done; the same act again, with the same key, ends like one that was never disturbed.
 */

const Parcel = defineEntity('parcel', {
  label: ['包裹', 'Parcel'],
  fields: { title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }), weight: f.integer(['重量', 'Weight']), unitId: f.ref(['单位', 'Unit'], () => 'unit'), ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true }) },
  scope: { unit: 'unitId', owner: 'ownerId' }, display: ['title'], list: ['title', 'stage'],
})
const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const parcels = defineModule({ name: 'parcels', label: ['包裹', 'Parcels'], entities: [Parcel], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, parcels], clock: '2026-11-23T01:00:00Z' })
const boss = await app.person({ username: 'boss', roles: [{ code: 'clerk', grants: { 'process:operate': ['all'], 'process:start': ['all'], ...Object.fromEntries(['read', 'move', 'update'].map(v => [`parcel:${v}`, ['all']])) } }] })
const faults = breakable(app)

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const user = (id: string, attributes = '', inner = '') => event('userTask', id, `qc:role="clerk" ${attributes}`, inner)
const publish = (key: string, elements: string) => app.system(ctx => deploy(ctx, key, model(elements, `id="p-${key}" name="${key}" isExecutable="true"`)))
const start = async (key: string, variables: Record<string, unknown> = {}): Promise<string> => { const r = await boss.post(`/api/processes/${key}/start`, { variables }); assert.equal(r.status, 201, JSON.stringify(r.body)); return r.body.caseId }
const stepOf = async (caseId: string, node: string): Promise<string> => (await app.owner.query("select id from process_step where instance_id = $1 and node_id = $2 and state in ('waiting','active')", [caseId, node])).rows[0]?.id

interface Attack<S> {
  /** a new subject of the act, ready for it */
  ready: () => Promise<S>
  act: (subject: S, key: string) => Promise<Pick<Answered, 'status' | 'body'>>
  /** everything stored that the act may touch */
  look: (subject: S) => Promise<string>
  /** what is to be done between two tries */
  between?: (subject: S) => Promise<void>
  least: number
}

async function everyFault<S>({ ready, act, look, between, least }: Attack<S>): Promise<void> {
  const calm = await ready(), untouched = await look(calm)
  const answer = await act(calm, 'calm')
  const expected = await look(calm)
  assert.ok(answer.status < 300 && expected !== untouched, `the act does something: ${JSON.stringify(answer.body)}`)
  const same = async (subject: S, got: Pick<Answered, 'status' | 'body'>, when: string) => {
    assert.deepEqual([got.status, withoutIds(got.body)], [answer.status, withoutIds(answer.body)], when)
    assert.equal(await look(subject), expected, when)
  }

  const hit = await ready(), before = await look(hit)
  let at = 1
  for (; at < 200; at += 1) {
    faults.next = { how: 'before', left: at }
    const got = await act(hit, 'hit')
    const undisturbed = faults.next !== null
    faults.next = null
    if (undisturbed) { await same(hit, got, 'done in the end'); break }
    assert.deepEqual([got.status, got.body.code], [503, 'DATABASE_DOWN'], `broken at statement ${at}`)
    assert.equal(await look(hit), before, `broken at statement ${at}: nothing is left of it`)
    await between?.(hit)
  }
  assert.ok(at > least, `only ${at} statements`)
  await same(hit, await act(hit, 'hit'), 'the same key once more')

  const lost = await ready()
  faults.next = { how: 'answer', left: 0 }
  assert.equal((await act(lost, 'lost')).status, 503)
  assert.equal(faults.next, null)
  assert.equal(await look(lost), expected, 'it was done, though nobody heard of it')
  await between?.(lost)
  await same(lost, await act(lost, 'lost'), 'the same key after the answer was lost')
}

await publish('rich', FRAME + event('subProcess', 'sub', '', tag('startEvent', 'is') + user('x', '', '<bpmn:extensionElements><qc:field name="no" label="编号"/></bpmn:extensionElements>') + tag('endEvent', 'ie') + flows('is -> x\nx -> ie', 'i')) + event('boundaryEvent', 'late', 'attachedToRef="sub"', on.timer('PT9H')) + event('boundaryEvent', 'stop', 'attachedToRef="sub"', on.message('m2'))
  + '<bpmn:sendTask id="send" messageRef="m1"/>' + tag('parallelGateway', 'fork') + user('many', '', '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>') + event('receiveTask', 'answer', 'messageRef="m2" qc:correlationKey="= no"', '') + event('serviceTask', 'outside', 'qc:handler="nobody"', '')
  + tag('endEvent', 'e2 e3 e4') + flows('s -> sub\nsub -> send\nsend -> fork\nfork -> many\nfork -> answer\nfork -> outside\nmany -> e\nanswer -> e2\noutside -> e3\nlate -> e4\nstop -> e4'))

test('FI-01 a person completes a task: broken at any statement, it is done once and wholly, or not at all', async () => {
  const task = async () => { const id = await start('rich'); return { id, step: await stepOf(id, 'x') } }
  await everyFault({ ready: task, act: (s, key) => boss.post(`/api/tasks/${s.step}/complete`, { fields: { no: 7 } }, { 'idempotency-key': `${s.id}-${key}` }), look: s => rowsOf(app, [s.id]), least: 15 })
})

test('FI-02 a task on a record: the record, its history, the case and what is due stay together', async () => {
  await publish('ship', '<bpmn:extensionElements><qc:binding entity="parcel" stageField="stage" /></bpmn:extensionElements>' + FRAME + user('pack', '', '<bpmn:extensionElements><qc:field name="weight"/><qc:standard minutes="60"/></bpmn:extensionElements>') + script('fee', 'weight * 2', 'qc:resultVariable="fee"') + user('send', '', '<bpmn:extensionElements><qc:standard minutes="30"/></bpmn:extensionElements>') + flows('s -> pack\npack -> fee\nfee -> send\nsend -> e'))
  const ready = async () => { const made = await make(); return { ...made, step: await stepOf(made.id, 'pack') } }
  const make = () => app.system(async ctx => {
    const [unit] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 limit 1', [ctx.tenant.id])
    const p = await prepareStart(ctx, 'ship')
    const record = await storeNew(ctx, ctx.entities.get('parcel'), { title: '书', unitId: unit!.id, stage: p.stage })
    const { instanceId } = await begin(ctx, p, { entity: 'parcel', record, unitId: unit!.id, label: '书' })
    return { id: instanceId, record: record.id as string }
  })
  const look = async (s: { id: string; record: string }) => rowsOf(app, [s.id]) + JSON.stringify((await app.owner.query('select stage, weight, version from parcel where id = $1', [s.record])).rows)
  await everyFault({ ready, look, act: (s, key) => boss.post(`/api/tasks/${s.step}/complete`, { fields: { weight: 3 } }, { 'idempotency-key': `${s.id}-${key}` }), least: 12 })
})

test('FI-03 a case is started: broken at any statement, there is one or none, never half of one and never two', async () => {
  let n = 0
  const casesOf = async (tag_: number) => (await app.owner.query("select id from process_instance where (variables->>'n')::int = $1 order by id", [tag_])).rows.map(r => r.id as string)
  const look = async (of: number) => `${(await casesOf(of)).length} ${(await rowsOf(app, await casesOf(of))).replaceAll(`"n":${of}`, '"n":0')}`
  await everyFault({ ready: () => Promise.resolve((n += 1)), look, act: (of, key) => boss.post('/api/processes/rich/start', { variables: { n: of } }, { 'idempotency-key': `start-${of}-${key}` }), least: 8 })
})

test('FI-04 a message for a case: taken once or not at all', async () => {
  let n = 0
  await publish('order', FRAME + event('receiveTask', 'paid', 'messageRef="m1" qc:correlationKey="= no"', '') + user('pack') + event('boundaryEvent', 'slow', 'attachedToRef="pack" cancelActivity="false"', on.timer('PT1H')) + tag('endEvent', 'e2') + flows('s -> paid\npaid -> pack\npack -> e\nslow -> e2'))
  const ready = async () => { n += 1; return { no: `no-${n}`, id: await start('order', { no: `no-${n}` }) } }
  const look = async (s: { no: string; id: string }) => (await rowsOf(app, [s.id])).replaceAll(s.no, 'no')
  await everyFault({ ready, look, act: (s, key) => boss.post('/api/messages', { name: 'M1', key: s.no, variables: { sum: 9 } }, { 'idempotency-key': `${s.id}-${key}` }), least: 8 })
})

test('FI-05 a timer falls due: broken at any statement, its job is tried again, and it happens once', async () => {
  await publish('timed', FRAME + user('wait') + event('boundaryEvent', 'due', 'attachedToRef="wait" cancelActivity="false"', on.timer('PT1H')) + user('chase') + tag('endEvent', 'e2') + flows('s -> wait\nwait -> e\ndue -> chase\nchase -> e2'))
  const ready = async () => {
    const id = await start('timed')
    // nothing else is due
    await app.owner.query("delete from job where kind <> 'process.timer' or payload->>'instanceId' <> $1", [id])
    app.clock!.advance(61)
    return id
  }
  // the list of due things puts what failed back for later; a crash each time is no failure of the timer
  const soon = async () => { await app.owner.query("update job set due_at = $1, attempts = 0, dead = false where kind = 'process.timer'", [new Date(app.clock!.now.getTime() - 60_000)]) }
  const act = async (): Promise<Pick<Answered, 'status' | 'body'>> => {
    const armed = faults.next !== null
    // the worker tells nobody; whoever asks again finds the case
    await runDue(app.runtime, 1).catch((error: { code?: string }) => assert.equal(error.code, 'DATABASE_DOWN'))
    return armed && faults.next === null ? { status: 503, body: { code: 'DATABASE_DOWN' } } : { status: 200, body: null }
  }
  await everyFault({ ready, act, look: id => rowsOf(app, [id]), between: soon, least: 10 })
})
