import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { testApp } from '@quancheng/kernel/testing'
import { bpmn, flows, tag } from '../engine/testing.ts'
import { deploy } from './definitions.ts'
import { processModule } from './module.ts'

const app = await testApp({ modules: [processModule], clock: '2026-11-23T01:00:00Z' })
const analyst = await app.person({ username: 'analyst', roles: [{ code: 'analyst', grants: { 'process:read': ['all'], 'eventLog:import': ['all'] } }] })
const other = await app.person({ username: 'other', roles: [{ code: 'other', grants: {} }] })
const boundary = 'qc-test-boundary'
const content = await readFile(new URL('../../test/fixtures/orders.csv', import.meta.url))
const payload = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="orders.csv"\r\ncontent-type: text/csv\r\n\r\n`), content, Buffer.from(`\r\n--${boundary}--\r\n`)])
const log: string = (await app.server.inject({ method: 'POST', url: '/api/event-logs?name=orders', payload, headers: { authorization: `Bearer ${analyst.token}`, 'content-type': `multipart/form-data; boundary=${boundary}` } })).json().process.key
// 受理, then 维修 and 回访; the log knows 受理 and 上门维修
const named = (id: string, name: string): string => `<bpmn:userTask id="${id}" name="${name}"/>`
await app.system(ctx => deploy(ctx, 'orders-model', bpmn(tag('startEvent', 'start') + named('take', '受理') + named('mend', '维修') + named('call', '回访') + tag('endEvent', 'end') + flows('start -> take\ntake -> mend\nmend -> call\ncall -> end'), 'id="orders-model" name="维修" isExecutable="true"')))
const replay = (body: Record<string, unknown>, who = analyst) => who.post(`/api/processes/${encodeURIComponent(log)}/replay`, body)

test('an imported log on a model that somebody chooses: what is known by name, what is not, what of the model the log lacks, and the fitness', async () => {
  const r = await replay({ model: 'orders-model' })
  assert.equal(r.status, 200, JSON.stringify(r.body))
  assert.deepEqual(r.body.mapped.map((m: { activity: string; times: number; node: string | null; how: string | null }) => [m.activity, m.times, m.node, m.how]), [['受理', 2, 'take', 'name'], ['上门维修', 1, null, null]])
  assert.deepEqual([r.body.model, r.body.missing.map((p: { name: string }) => p.name), r.body.cases, r.body.fitting], [{ key: 'orders-model', name: '维修', version: 1 }, ['维修', '回访'], 2, 0])
  assert.deepEqual(r.body.deviations.map((d: { kind: string; nodeId: string; name: string; cases: number }) => [d.kind, d.nodeId, d.name, d.cases]), [['skipped', 'call', '回访', 2], ['skipped', 'mend', '维修', 2], ['unknown', '', '上门维修', 1]])
  const mapped = await replay({ model: 'orders-model', map: { 上门维修: 'mend' } })
  assert.deepEqual(mapped.body.deviations.map((d: { kind: string; nodeId: string; cases: number }) => [d.kind, d.nodeId, d.cases]), [['skipped', 'call', 2], ['skipped', 'mend', 1]])
  assert.ok(mapped.body.fitness > r.body.fitness)
  assert.equal((await replay({ model: 'orders-model' })).body.fitness, r.body.fitness, 'a mapping is nobody else’s')
})

test('what cannot be replayed is refused: a node that is not there, a log as a model, an unknown process, somebody without the right', async () => {
  assert.deepEqual([(await replay({ model: 'orders-model', map: { 上门维修: 'nowhere' } })).body.code, (await replay({ model: log })).body.code, (await replay({ model: 'nothing' })).body.code, (await replay({ model: 'orders-model' }, other)).status], ['REPLAY_NODE', 'NO_MODEL', 'PROCESS_UNKNOWN', 403])
})
