import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { askFirst, deploy, gatedService, startFor, type GatedAct } from '@quancheng/process'
import { station } from './station.ts'

/** 拒修 needs the station manager's and the region's word first; the process runs on the request and leaves its stage alone. */
const APPROVAL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="urn:test">
<bpmn:process id="p" name="拒修审批" isExecutable="true"><bpmn:extensionElements><qc:binding entity="serviceRequest" /></bpmn:extensionElements>
<bpmn:startEvent id="s" /><bpmn:endEvent id="yes" name="同意拒修" /><bpmn:endEvent id="no" name="不同意" />
<bpmn:userTask id="check" name="审批"><bpmn:extensionElements><qc:approval mode="all" who="role:stationManager, user:sunqu" /><qc:outcome id="approve" label="同意" target="yes" /><qc:outcome id="reject" label="不同意" target="no" requiresComment="true" /></bpmn:extensionElements></bpmn:userTask>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="check" /><bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="yes" /><bpmn:sequenceFlow id="f3" sourceRef="check" targetRef="no" /></bpmn:process></bpmn:definitions>`

const s = await station()
await s.app.system(async ctx => {
  await deploy(ctx, 'refusal', APPROVAL)
  const repair = readFileSync(new URL('../processes/repair.bpmn', import.meta.url), 'utf8')
  await deploy(ctx, 'repair', repair.replace('id="refuse" label="拒修"', 'id="refuse" label="拒修" gate="refusal"'))
})

async function inReception(): Promise<{ id: string; step: string }> {
  const { id } = (await s.lijie.post('/api/service-requests/take-number', { unitId: s.units.HZ01, phone: '13900000077' })).body
  const first = (await s.lijie.post(`/api/service-requests/${id}/move`, { to: '接待' })).body
  const customer = (await s.lijie.post('/api/customers', { name: '测试客户', kind: 'person', phone: `139${String(Date.now()).slice(-8)}`, unitId: s.units.HZ01 })).body
  const saved = await s.lijie.post(`/api/tasks/${first.next[0].id}/save`, { fields: { customerId: customer.id, faultDescription: '进液' } })
  assert.equal(saved.status, 200, saved.raw.toString())
  return { id, step: first.next[0].id }
}
const stage = async (id: string): Promise<string> => (await s.zhouzhan.get(`/api/service-requests/${id}`)).body.stage
const refuse = (id: string) => s.lijie.post(`/api/service-requests/${id}/move`, { to: '拒修', comment: '进液太重', ticked: ['greeting'] })
const taskOf = async (who: typeof s.lijie, caseId: string): Promise<string> => (await who.get('/api/tasks')).body.items.find((t: { instanceId: string }) => t.instanceId === caseId).id

test('a gated outcome waits until the other process has agreed, and is then carried out as the act of whoever wanted it', async () => {
  const { id, step } = await inReception()
  const asked = (await refuse(id)).body
  assert.ok(asked.pending?.gate, JSON.stringify(asked))
  assert.equal(await stage(id), 'reception')
  const again = await refuse(id)
  assert.deepEqual([again.status, again.body.code], [409, 'GATE_PENDING'])
  const waiting = (await s.lijie.get(`/api/tasks/${step}`)).body
  assert.deepEqual([waiting.gated, waiting.can.complete], [true, false])
  // the case of the request is still the one on its page; the approval stands beside it
  const course = (await s.lijie.get(`/api/cases/serviceRequest/${id}`)).body
  assert.deepEqual([course.process.key, course.current, course.others.map((x: { process: string }) => x.process)], ['repair', ['reception'], ['拒修审批']])
  const owner = (await s.zhouzhan.get(`/api/service-requests/${id}`)).body.ownerId
  assert.equal((await s.zhouzhan.post(`/api/tasks/${await taskOf(s.zhouzhan, asked.pending.gate)}/complete`, { outcome: 'approve' })).status, 200)
  assert.equal(await stage(id), 'reception')
  assert.equal((await s.zhouzhan.get(`/api/service-requests/${id}`)).body.ownerId, owner, 'an approval beside it does not take the request from its owner')
  assert.equal((await s.sunqu.post(`/api/tasks/${await taskOf(s.sunqu, asked.pending.gate)}/complete`, { outcome: 'approve' })).status, 200)
  assert.equal(await stage(id), 'refused')
  const done = (await s.app.system(ctx => ctx.query<{ finished_by: string; outcome: string }>('select finished_by, outcome from process_step where id = $1', [step])))[0]!
  assert.deepEqual(done, { finished_by: s.lijie.userId, outcome: 'refuse' })
})

test('a gated outcome that is not agreed to is dropped with a note, and another one is free again', async () => {
  const { id, step } = await inReception()
  const asked = (await refuse(id)).body
  const no = await s.sunqu.post(`/api/tasks/${await taskOf(s.sunqu, asked.pending.gate)}/complete`, { outcome: 'reject', comment: '能修' })
  assert.equal(no.status, 200, no.raw.toString())
  assert.equal(await stage(id), 'reception')
  assert.equal((await s.lijie.get(`/api/tasks/${step}`)).body.can.complete, true)
  const comments = (await s.lijie.get(`/api/service-requests/${id}/comments`)).body.items.map((c: { text: string }) => c.text)
  assert.ok(comments.includes('拒修审批没有通过，“接待”没有办理。'), comments.join('|'))
  assert.ok((await refuse(id)).body.pending.gate)
})

test('an approval on a request is started by whoever may, on records within their reach, and not by everybody', async () => {
  const { id } = await inReception()
  assert.equal((await s.zhouzhan.post('/api/cases', { key: 'refusal', entity: 'serviceRequest', recordId: id })).status, 201)
  assert.equal((await s.lijie.post('/api/cases', { key: 'refusal', entity: 'serviceRequest', recordId: id })).status, 409, 'her own request, but one is running')
  assert.equal((await s.wangjian.post('/api/cases', { key: 'refusal', entity: 'serviceRequest', recordId: id })).status, 403)
  const moved = await s.zhouzhan.post(`/api/service-requests/${id}/move`, { to: '拒修' })
  assert.equal(moved.status === 403 || moved.status === 409, true, 'the approval is not moved by the road of the request')
  await assert.rejects(s.app.system(ctx => startFor(ctx, 'refusal', 'serviceRequest', id)), { code: 'CASE_RUNNING' })
})

test('AP-05 the deputy of a clerk does her stage with her rights, as long as the delegation is in force, and the history names both', async () => {
  const { id, step } = await inReception()
  assert.equal((await s.wangjian.post(`/api/tasks/${step}/tick`, { item: 'greeting' })).status, 403)
  const made = await s.lijie.post('/api/delegations/start', { toId: s.wangjian.userId, startsOn: '2026-11-23', endsOn: '2026-11-23', reason: '开会' })
  assert.equal(made.status, 201, made.raw.toString())
  assert.ok((await s.wangjian.get('/api/tasks')).body.items.some((t: { id: string }) => t.id === step))
  const detail = (await s.wangjian.get(`/api/tasks/${step}`)).body
  assert.deepEqual([detail.can.complete, detail.forName], [true, '李接'])
  const ticked = ['appearance', 'serialChecked', 'backupNotice', 'greeting', 'backup', 'duration']
  const done = await s.wangjian.post(`/api/tasks/${step}/complete`, { outcome: 'inspect', ticked, fields: { faultDescription: '进液' } })
  assert.deepEqual([done.status, done.body.code], [409, 'ACTIVITY_UNFINISHED'], 'the guards are the same for a deputy')
  const asked = await s.wangjian.post(`/api/tasks/${step}/complete`, { outcome: 'refuse', comment: '进液太重', ticked: ['greeting'] })
  assert.ok(asked.body.pending?.gate, asked.raw.toString())
  await s.lijie.post(`/api/delegations/${made.body.id}/end`)
  assert.equal((await s.wangjian.post(`/api/tasks/${step}/tick`, { item: 'greeting' })).status, 403)
  const entry = (await s.app.system(ctx => ctx.query<{ note: { by?: string } }>("select payload->'note' as note from audit where record_id = $1 and act = 'askApproval'", [id])))[0]!
  assert.equal(entry.note.by, '王检 代 李接')
})

test('an act of a module waits for an approval, is carried out when that agrees, and dropped when it does not', async () => {
  const carried: unknown[] = []
  s.app.runtime.services.set(gatedService('giveDiscount'), (async (_ctx, o) => { carried.push([o.recordId, o.payload, o.by]) }) satisfies GatedAct)
  const ask = async (): Promise<{ id: string; caseId: string }> => {
    const { id } = await inReception()
    const caseId = await s.app.system(async ctx => askFirst({ ...ctx, user: { id: s.lijie.userId, username: 'lijie', name: '李接', unitId: s.units.HZ01, locale: 'zh-CN' } }, { key: 'refusal', entity: 'serviceRequest', record: { id, number: 'x' }, unitId: s.units.HZ01, act: 'giveDiscount', payload: { percent: 80 } }))
    return { id, caseId }
  }
  const yes = await ask()
  for (const who of [s.zhouzhan, s.sunqu]) assert.equal((await who.post(`/api/tasks/${await taskOf(who, yes.caseId)}/complete`, { outcome: 'approve' })).status, 200)
  assert.deepEqual(carried, [[yes.id, { percent: 80 }, s.lijie.userId]])
  const no = await ask()
  await s.sunqu.post(`/api/tasks/${await taskOf(s.sunqu, no.caseId)}/complete`, { outcome: 'reject', comment: '不行' })
  assert.equal(carried.length, 1)
})
