import assert from 'node:assert/strict'
import { test } from 'node:test'
import { receiver } from './receiver.ts'
import { world } from './world.ts'

const one = await receiver()

test('API-W18 another company’s webhook hears nothing and is not seen; with several companies only the operator lists hosts', async () => {
  process.env.QUANCHENG_NOTICE_HOSTS = one.host
  const w = await world({ tenants: 2 })
  const other = await w.app.person({ username: 'boss', roles: [{ code: 'boss', grants: Object.fromEntries(['webhook:read', 'webhook:edit', 'lead:read', 'lead:create'].map(p => [p, ['all']])) }] }, w.app.tenantIds[1])
  const { id } = await w.kept({ url: one.url }, other)
  await w.lead()
  await w.settled()
  assert.equal(one.got.length, 0)
  assert.deepEqual((await w.admin.get('/api/webhooks/endpoints')).body.items, [])
  assert.equal((await w.admin.get(`/api/webhooks/endpoints/${id}`)).status, 404)
  assert.equal((await w.admin.post(`/api/webhooks/endpoints/${id}/test`)).status, 404)
  assert.equal((await other.post('/api/leads', { name: '它的' })).status, 201)
  await w.settled()
  assert.equal(one.got.length, 1)
  const [row] = (await other.get('/api/webhooks/deliveries')).body.items
  assert.equal((await w.admin.get(`/api/webhooks/deliveries/${row.id}`)).status, 404)
  assert.equal((await w.admin.post('/api/webhooks/deliveries/again', { ids: [row.id] })).status, 404)
  assert.equal((await w.admin.call('PUT', '/api/webhooks/settings', { hosts: '10.0.0.1' })).body.code, 'WEBHOOK_HOSTS_OPERATOR')
})
