import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp, type Caller } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import designer from '../index.ts'

test('DB-06 常规产品, made from its template, goes through 客户…售后 in their order, each step done by its own post', async () => {
  const app = await testApp({ modules: [org, processModule, designer], clock: '2026-11-23T01:00:00Z' })
  const all = (...codes: string[]) => Object.fromEntries(codes.map(c => [c, ['all']]))
  const author = await app.person({ username: 'yeqing', roles: [{ code: 'author', grants: all('process:read', 'process:deploy', 'process:start') }] })
  const people: Record<string, Caller> = {}
  for (const role of ['sales', 'purchaser', 'production', 'storekeeper', 'engineer']) people[role] = await app.person({ username: role, roles: [{ code: role, grants: {} }] })
  const made = await author.post('/api/process-designs', { key: 'product', name: '常规产品', template: 'standard-product' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal((await author.post('/api/process-designs/product/publish', { seen: made.body.version, over: 0 })).status, 200)
  const started = await author.post('/api/processes/product/start', { variables: {}, label: '澄湖能源 20 台' })
  assert.ok([200, 201].includes(started.status), JSON.stringify(started.body))

  const walked: string[] = []
  for (let next: { id: string; role: string } | undefined = started.body.next?.[0]; next;) {
    const doer = people[next.role]!
    const task = (await doer.get(`/api/tasks/${next.id}`)).body
    walked.push(task.name)
    const done = await doer.post(`/api/tasks/${next.id}/complete`, {
      outcome: task.moves[0].outcome, fields: Object.fromEntries(task.form.filter((f: { required: boolean }) => f.required).map((f: { name: string }) => [f.name, '一项'])),
      ticked: [...task.items, ...task.script].filter((i: { required: boolean }) => i.required).map((i: { id: string }) => i.id),
    })
    assert.equal(done.status, 200, `${task.name}: ${JSON.stringify(done.body)}`)
    next = done.body.next[0]
    assert.ok(walked.length <= 8, 'it comes to an end')
  }
  assert.deepEqual(walked, ['客户', '销售', '订单', '采购', '生产', '物流', '交付', '售后'])
})
