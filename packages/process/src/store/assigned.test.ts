import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineEntity, defineModule, f, storeNew } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, tag } from '../engine/testing.ts'
import { begin, prepareStart } from './begin.ts'
import { deploy } from './definitions.ts'
import { settled } from '../testing/settled.ts'
import { processModule } from './module.ts'

/* Whose a task is and when it is due, as models of other products say it. */

const Parcel = defineEntity('parcel', {
  label: ['包裹', 'Parcel'],
  fields: { title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }), unitId: f.ref(['单位', 'Unit'], () => 'unit'), ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true }) },
  scope: { unit: 'unitId', owner: 'ownerId' }, display: ['title'], list: ['title', 'stage'],
})
const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const parcels = defineModule({ name: 'parcels', label: ['包裹', 'Parcels'], entities: [Parcel], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, parcels], clock: '2026-11-23T01:00:00Z', worker: true })
const boss = await app.person({ username: 'boss', roles: [{ code: 'operator', grants: { 'process:operate': ['all'], 'process:start': ['all'], 'alarm:read': ['all'] } }] })
const on = Object.fromEntries(['read', 'move'].map(v => [`parcel:${v}`, ['all']]))
const anna = await app.person({ username: 'anna', roles: [{ code: 'sales', grants: on }] })
const bert = await app.person({ username: 'bert', roles: [{ code: 'finance', grants: on }] })
const carl = await app.person({ username: 'carl', roles: [{ code: 'visitor', grants: {} }] })
const dora = await app.person({ username: 'dora', roles: [{ code: 'other', grants: on }] })

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const one = (attributes: string, inner = '') => FRAME + event('userTask', 'a', attributes, inner) + flows('s -> a\na -> e')
const publish = (key: string, elements: string) => app.system(ctx => deploy(ctx, key, model(elements, `id="p-${key}" name="${key}" isExecutable="true"`)))
const start = async (key: string, variables: Record<string, unknown> = {}): Promise<string> => { const r = await boss.post(`/api/processes/${key}/start`, { variables }); assert.equal(r.status, 201, JSON.stringify(r.body)); await settled(app); return r.body.caseId }
interface Row { id: string; role: string | null; assignee_id: string | null; due_at: Date | null; warn_at: Date | null; state: string }
const stepOf = async (caseId: string): Promise<Row> => (await app.owner.query("select * from process_step where instance_id = $1 and kind = 'user' order by seq desc limit 1", [caseId])).rows[0]
const poolOf = async (who: typeof anna): Promise<string[]> => (await who.get('/api/tasks?box=pool')).body.items.map((t: { id: string }) => t.id)
const pass = async (minutes: number) => { app.clock!.advance(minutes); await settled(app) }
/** A parcel, on its way through the process. */
const parcel = (key: string): Promise<string> => app.system(async ctx => {
  const row = await storeNew(ctx, ctx.entities.get('parcel'), { title: '箱子' })
  return (await begin(ctx, await prepareStart(ctx, key), { entity: 'parcel', record: row, unitId: null, label: '箱子' })).instanceId
})

test('AS-01 a task for two posts lies in the pools of both, whoever takes it has it, and nobody else may', async () => {
  await publish('two-posts', one('camunda:candidateGroups="sales, finance"'))
  const id = await start('two-posts')
  const { id: step, role } = await stepOf(id)
  assert.equal(role, 'sales')
  assert.deepEqual([(await poolOf(anna)).includes(step), (await poolOf(bert)).includes(step), (await poolOf(carl)).includes(step)], [true, true, false])
  assert.deepEqual((await anna.get(`/api/tasks/${step}/candidates`)).body.items.map((u: { name: string }) => u.name).toSorted(), ['anna', 'bert'])
  assert.equal((await carl.post(`/api/tasks/${step}/claim`, {})).status, 404)
  assert.equal((await bert.post(`/api/tasks/${step}/claim`, {})).status, 200)
  assert.deepEqual([await poolOf(anna), (await anna.post(`/api/tasks/${step}/complete`, {})).body.code], [[], 'TASK_TAKEN'])
  assert.equal((await bert.post(`/api/tasks/${step}/release`, {})).status, 200)
  assert.equal((await anna.post(`/api/tasks/${step}/complete`, {})).status, 200)
  const left = await app.owner.query('select 1 from process_candidate where step_id = $1', [step])
  assert.equal(left.rowCount, 0, 'nothing is kept of candidates when the task is done')
})

test('AS-02 candidates by name are found by name, from a text or from a list that a variable holds', async () => {
  await publish('two-people', one('camunda:candidateUsers="carl,dora"'))
  await publish('listed', one('camunda:candidateUsers="${reviewers}"'))
  for (const id of [await start('two-people'), await start('listed', { reviewers: ['carl', 'dora'] })]) {
    const { id: step, role, assignee_id } = await stepOf(id)
    assert.deepEqual([role, assignee_id, (await poolOf(carl)).includes(step), (await poolOf(anna)).includes(step)], [null, null, true, false])
    assert.equal((await anna.post(`/api/tasks/${step}/complete`, {})).status, 404)
    assert.equal((await carl.post(`/api/tasks/${step}/complete`, {})).status, 200)
  }
  const alone = await start('listed', { reviewers: ['carl'] })
  assert.equal((await stepOf(alone)).assignee_id, carl.userId, 'a single candidate has it')
})

test('AS-03 candidates that nobody is leave the task to nobody, and an operator hears of it and hands it over', async () => {
  const id = await start('listed', { reviewers: ['nobody', 'noone'] })
  const { id: step } = await stepOf(id)
  for (const who of [anna, carl]) assert.deepEqual([await poolOf(who), (await who.post(`/api/tasks/${step}/complete`, {})).status], [[], 404])
  const [incident] = (await boss.get('/api/incidents')).body.items.filter((i: { caseId: string }) => i.caseId === id)
  assert.deepEqual([incident.code, incident.step], ['NO_CANDIDATE', 'a'])
  assert.equal((await boss.post(`/api/tasks/${step}/reassign`, { assigneeId: dora.userId, reason: '没有人' })).status, 200)
  assert.equal((await dora.post(`/api/tasks/${step}/complete`, {})).status, 200)
})

test('AS-04 on a record too: either post acts, a person who is named sees this one record, and others do not', async () => {
  await publish('bound', '<bpmn:extensionElements><qc:binding entity="parcel" stageField="stage"/></bpmn:extensionElements>' + one('camunda:candidateGroups="sales,finance" camunda:candidateUsers="carl"'))
  const { id: step } = await stepOf(await parcel('bound'))
  assert.deepEqual(await Promise.all([anna, bert, carl, dora].map(async w => (await poolOf(w)).includes(step))), [true, true, true, false])
  assert.equal((await dora.post(`/api/tasks/${step}/claim`, {})).body.code, 'POST_NOT_ALLOWED')
  assert.deepEqual((await dora.get(`/api/tasks/${step}`)).body.can.claim, false)
  assert.equal((await carl.get(`/api/tasks/${step}`)).body.can.claim, true)
  assert.equal((await carl.post(`/api/tasks/${step}/claim`, {})).status, 200)
  assert.equal((await carl.post(`/api/tasks/${step}/complete`, {})).status, 200)
})

test('AS-05 a due date from a variable is shown with the task, warns before it and alarms at it', async () => {
  await publish('dated', one('qc:role="sales" camunda:dueDate="${by}" camunda:followUpDate="PT30M"'))
  const id = await start('dated', { by: '2026-11-23T03:00:00Z' })
  const { id: step, due_at, warn_at } = await stepOf(id)
  assert.deepEqual([due_at?.toISOString(), warn_at?.toISOString()], ['2026-11-23T03:00:00.000Z', '2026-11-23T02:36:00.000Z'])
  const shown = async () => (await anna.get(`/api/tasks/${step}`)).body
  assert.deepEqual([(await shown()).dueAt, (await shown()).lateness, (await shown()).minutesLeft], ['2026-11-23T03:00:00.000Z', 'ok', 120])
  const alarms = async () => (await app.owner.query('select kind, level from alarm where step_key = $1 and closed_at is null order by kind', [step])).rows
  await pass(31)
  assert.deepEqual((await alarms()).map(a => a.kind), ['remind'])
  await pass(70)
  assert.equal((await shown()).lateness, 'warn')
  await pass(20)
  assert.deepEqual([(await shown()).lateness, (await alarms()).map(a => a.kind)], ['late', ['late', 'remind']])
  assert.equal((await anna.post(`/api/tasks/${step}/complete`, {})).body.late, true)
  assert.deepEqual(await alarms(), [])
})

test('AS-06 a day lasts until its end, a duration counts from now, without a value there is no due time, and a text that is no time is told', async () => {
  const due = async (by: unknown) => { const id = await start('dated', by === undefined ? {} : { by }); return { id, at: (await stepOf(id)).due_at?.toISOString() ?? null } }
  const now = app.clock!.now.getTime()
  assert.equal((await due('2026-11-30')).at, '2026-11-30T16:00:00.000Z', 'midnight in Shanghai')
  assert.equal((await due('P2D')).at, new Date(now + 2 * 86_400_000).toISOString())
  assert.equal((await due(undefined)).at, null)
  const odd = await due('下周')
  assert.equal(odd.at, null)
  const [incident] = (await boss.get('/api/incidents')).body.items.filter((i: { caseId: string }) => i.caseId === odd.id)
  assert.deepEqual([incident.code, /下周/.test(incident.message)], ['DUE_DATE_VALUE', true])
  await assert.rejects(publish('wrong', one('qc:role="sales" camunda:dueDate="2026-02-30"')), { code: 'PROCESS_INVALID' })
})

test('AS-07 what the model calls its initiator is whoever started it', async () => {
  await publish('own', FRAME.replace('id="s"', 'id="s" camunda:initiator="applicant"') + event('userTask', 'a', 'camunda:assignee="${applicant}"', '') + flows('s -> a\na -> e'))
  const id = await start('own')
  assert.equal((await stepOf(id)).assignee_id, boss.userId)
})
