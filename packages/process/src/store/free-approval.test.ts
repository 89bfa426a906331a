import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineModule } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, tag } from '../engine/testing.ts'
import { deploy } from './definitions.ts'
import { settled } from '../testing/settled.ts'
import { processModule } from './module.ts'

/* Approvals and gates in processes that run on no record. */

const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const frame = defineModule({ name: 'frame', label: ['框架', 'Frame'], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, frame], clock: '2026-11-23T01:00:00Z', worker: true })
const boss = await app.person({ username: 'boss', roles: [{ code: 'operator', grants: { 'process:operate': ['all'], 'process:start': ['all'] } }] })
const person = (username: string) => app.person({ username, roles: [{ code: `p${username}`, grants: {} }] })
const anna = await person('anna'), bert = await person('bert'), carl = await person('carl'), dora = await person('dora')

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e no')
const task = (id: string, inner: string, attributes = '') => event('userTask', id, attributes, `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`)
const approval = (id: string, spec: string) => task(id, `<qc:approval ${spec}/><qc:outcome id="approve" label="同意"/><qc:outcome id="reject" label="驳回"/>`)
const publish = (key: string, elements: string) => app.system(ctx => deploy(ctx, key, model(elements, `id="p-${key}" name="${key}" isExecutable="true"`)))
const start = async (key: string, variables: Record<string, unknown> = {}, who = boss): Promise<string> => { const r = await who.post(`/api/processes/${key}/start`, { variables }); assert.equal(r.status, 201, JSON.stringify(r.body)); await settled(app); return r.body.caseId }
interface Row { id: string; node_id: string; kind: string; state: string; outcome: string | null; assignee_id: string | null; data: Record<string, unknown> }
const steps = async (caseId: string): Promise<Row[]> => (await app.owner.query('select id, node_id, kind, state, outcome, assignee_id, data from process_step where instance_id = $1 order by seq', [caseId])).rows
const voteOf = async (caseId: string, who: typeof boss): Promise<Row> => (await steps(caseId)).findLast(s => s.kind === 'vote' && s.assignee_id === who.userId)!
const stateOf = async (caseId: string) => (await app.owner.query('select state, end_node from process_instance where id = $1', [caseId])).rows[0]
const mine = async (who: typeof boss): Promise<string[]> => (await who.get('/api/tasks?box=mine')).body.items.map((t: { id: string }) => t.id)
const SPLIT = flows('s -> write\nwrite -> ask\nask -> e [outcome = "approve"]\nask -> no [outcome = "reject"]')

test('FA-01 several people approve a case without a record: each finds a vote, and what they decide moves the case on', async () => {
  await publish('two', FRAME + task('write', '', 'qc:assign="completer"') + approval('ask', 'mode="all" who="user:anna,field:second"') + SPLIT)
  const id = await start('two', { second: 'bert', price: 5 })
  const [write] = await steps(id)
  assert.equal((await boss.post(`/api/tasks/${write!.id}/complete`, {})).status, 200)
  const a = await voteOf(id, anna), b = await voteOf(id, bert)
  assert.deepEqual([(await mine(anna)).includes(a.id), (await mine(bert)).includes(b.id), await mine(carl)], [true, true, []])
  const seen = (await anna.get(`/api/tasks/${a.id}`)).body
  assert.deepEqual([seen.kind, seen.approval.mode, seen.can.complete, seen.can.claim, seen.moves.map((m: { outcome: string }) => m.outcome)], ['vote', 'all', true, false, ['approve', 'reject']])
  const parent = (await steps(id)).find(s => s.node_id === 'ask' && s.kind === 'user')!
  assert.equal((await boss.post(`/api/tasks/${parent.id}/complete`, { outcome: 'approve' })).body.code, 'TASK_VOTES')
  assert.equal((await carl.post(`/api/tasks/${a.id}/complete`, { outcome: 'approve' })).status, 404)
  assert.equal((await bert.post(`/api/tasks/${a.id}/complete`, { outcome: 'approve' })).status, 404)
  const first = await anna.post(`/api/tasks/${a.id}/complete`, { outcome: 'approve' })
  assert.deepEqual([first.status, first.body.ended, first.body.pending.votes], [200, false, [b.id]])
  assert.equal((await bert.post(`/api/tasks/${b.id}/complete`, { outcome: 'approve' })).body.ended, true)
  assert.deepEqual(await stateOf(id), { state: 'completed', end_node: 'e' })
})

test('FA-02 where all must agree, one who refuses ends it, and the rest need not answer', async () => {
  const id = await start('two', { second: 'bert' })
  await boss.post(`/api/tasks/${(await steps(id))[0]!.id}/complete`, {})
  assert.equal((await anna.post(`/api/tasks/${(await voteOf(id, anna)).id}/complete`, { outcome: 'reject', comment: '太贵' })).body.ended, true)
  assert.deepEqual([await stateOf(id), (await voteOf(id, bert)).state], [{ state: 'completed', end_node: 'no' }, 'cancelled'])
})

test('FA-03 nobody to ask is told, and the step before stays', async () => {
  const id = await start('two', { second: 'nobody' })
  assert.equal((await stateOf(id)).state, 'active')
  await publish('none', FRAME + task('write', '', 'qc:assign="completer"') + approval('ask', 'mode="all" who="field:second"') + SPLIT)
  const none = await start('none', { second: 'nobody' })
  const [write] = await steps(none)
  assert.equal((await boss.post(`/api/tasks/${write!.id}/complete`, {})).body.code, 'NO_APPROVER')
  assert.equal((await steps(none)).length, 1)
})

test('FA-04 a vote is handed over, another signer is added, and the whole is sent back to where it came from', async () => {
  const id = await start('two', { second: 'bert' })
  await boss.post(`/api/tasks/${(await steps(id))[0]!.id}/complete`, {})
  const a = await voteOf(id, anna), b = await voteOf(id, bert)
  assert.equal((await bert.post(`/api/tasks/${b.id}/reassign`, { assigneeId: anna.userId, reason: '出差' })).body.code, 'ALREADY_ASKED')
  assert.equal((await bert.post(`/api/tasks/${b.id}/reassign`, { assigneeId: carl.userId, reason: '出差' })).status, 200)
  assert.deepEqual([await mine(bert), (await mine(carl)).includes(b.id)], [[], true])
  assert.equal((await anna.post(`/api/tasks/${a.id}/add-signer`, { userId: dora.userId, how: 'before', reason: '请先看' })).status, 200)
  assert.equal((await voteOf(id, dora)).state, 'active')
  const back = (await dora.get(`/api/tasks/${(await voteOf(id, dora)).id}`)).body.returnTo
  assert.deepEqual(back.map((x: { nodeId: string }) => x.nodeId), ['write'])
  assert.equal((await dora.post(`/api/tasks/${(await voteOf(id, dora)).id}/return`, { to: 'write', comment: '请补材料' })).status, 200)
  const open = (await steps(id)).filter(s => ['waiting', 'active', 'queued'].includes(s.state))
  assert.deepEqual(open.map(s => [s.node_id, s.assignee_id]), [['write', boss.userId]])
})

test('FA-05 an outcome that needs another process’s yes waits for it, and is carried out or dropped', async () => {
  await publish('agree', FRAME + approval('ask', 'mode="any" who="user:anna"') + flows('s -> ask\nask -> e [outcome = "approve"]\nask -> no [outcome = "reject"]'))
  await publish('spend', FRAME + task('pay', '<qc:field name="sum" required="true"/><qc:outcome id="big" label="付款" gate="agree"/><qc:outcome id="stop" label="不付"/>', 'qc:role="pbert"') + flows('s -> pay\npay -> e [outcome = "big"]\npay -> no [outcome = "stop"]'))
  for (const [answer, state] of [['reject', 'active'], ['approve', 'completed']] as const) {
    const id = await start('spend', { sum: 0 })
    const [pay] = await steps(id)
    const asked = await bert.post(`/api/tasks/${pay!.id}/complete`, { outcome: 'big', fields: { sum: 700 } })
    assert.deepEqual([asked.status, asked.body.ended, (await stateOf(id)).state], [200, false, 'active'])
    assert.equal((await bert.post(`/api/tasks/${pay!.id}/complete`, { outcome: 'stop' })).body.code, 'GATE_PENDING')
    const gate = asked.body.pending.gate as string
    assert.equal((await anna.post(`/api/tasks/${(await voteOf(gate, anna)).id}/complete`, { outcome: answer })).status, 200)
    assert.equal((await stateOf(id)).state, state)
    const [after] = await steps(id)
    assert.equal('gate' in after!.data && after!.state !== 'done', false, 'the step waits no more')
    if (answer === 'approve') assert.deepEqual([(await app.owner.query('select variables from process_instance where id = $1', [id])).rows[0].variables.sum, (await app.owner.query('select finished_by from process_step where id = $1', [pay!.id])).rows[0].finished_by], [700, bert.userId])
  }
})
