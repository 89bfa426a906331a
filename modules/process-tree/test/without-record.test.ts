import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deploy } from '@quancheng/process'
import { company } from './company.ts'

const WALK = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <bpmn:process id="round-process" name="巡店" isExecutable="true">
    <bpmn:startEvent id="begin" /><bpmn:userTask id="walk" name="巡查" /><bpmn:endEvent id="over" />
    <bpmn:sequenceFlow id="a" sourceRef="begin" targetRef="walk" /><bpmn:sequenceFlow id="b" sourceRef="walk" targetRef="over" />
  </bpmn:process>
</bpmn:definitions>`

test('SP-20 a task of a process without a record meets a rule as well: it shows the item, and is refused without its tick', async () => {
  const s = await company()
  await s.app.system(ctx => deploy(ctx, 'round', WALK))
  assert.equal((await s.yeqing.post('/api/rule-book', { code: 'ZB-XD', text: '看消防通道', processKey: 'round', nodeId: 'walk', kind: 'item' })).status, 201)
  assert.equal((await s.yeqing.post('/api/rule-book', { code: 'ZB-XP', text: '拍照', processKey: 'round', nodeId: 'walk', kind: 'photo' })).body.code, 'RULE_INCOMPLETE', 'there is nowhere to put a photo')
  const started = await s.admin.post('/api/processes/round/start', { variables: {} })
  assert.equal(started.status, 201, JSON.stringify(started.body))
  const id = started.body.next[0].id
  const task = (await s.admin.get(`/api/tasks/${id}`)).body
  assert.deepEqual(task.items.map((i: { label: string }) => i.label), ['看消防通道'])
  const refused = await s.admin.post(`/api/tasks/${id}/complete`, {})
  assert.deepEqual([refused.status, refused.body.details?.missing], [409, ['看消防通道']], JSON.stringify(refused.body))
  assert.equal((await s.admin.post(`/api/tasks/${id}/tick`, { item: 'rule:ZB-XD', ticked: true })).status, 200)
  assert.equal((await s.admin.post(`/api/tasks/${id}/complete`, {})).status, 200)
})
