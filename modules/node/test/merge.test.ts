import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogFor } from '@quancheng/kernel'
import { register, station } from '@quancheng/service/testing'
import node from '../index.ts'

test('CU-07 a customer whose request a station with a node of its own keeps is not merged away: nothing moves, and the person is told which records stand in the way', async () => {
  const s = await station({ modules: [node] }), { schema } = await catalogFor(s.app.runtime)
  const kept = (await s.admin.post('/api/customers', { name: '张三', kind: 'person', phone: '13800000009', unitId: s.units.NB02 })).body.id as string
  const request = await register(s), there = (await s.zhouzhan.get(`/api/service-requests/${request.id}`)).body.customerId as string
  const contact = (await s.admin.post('/api/preferences', { customerId: there, topic: '座位', value: '靠窗' })).body.id as string
  const made = await s.admin.post('/api/nodes', { unitId: s.units.HZ01 })
  const joined = await s.app.anonymous.call('POST', '/api/sync/join', { version: s.app.runtime.version, schema, now: s.app.clock!.now.toISOString(), code: made.body.code })
  assert.equal(joined.status, 200, JSON.stringify(joined.body))

  const refused = await s.admin.post(`/api/customers/${kept}/merge`, { mergedId: there })
  assert.deepEqual([refused.status, refused.body.code], [409, 'MERGE_ELSEWHERE'])
  assert.match(refused.body.message, /^“[^”]+”有记录由自带节点的服务站管理/)
  // not half of it
  const { rows } = await s.app.owner.query('select merged_into_id from customer where id = any($1)', [[kept, there]])
  assert.deepEqual(rows.map(r => r.merged_into_id), [null, null])
  assert.equal((await s.admin.get(`/api/preferences/${contact}`)).body.customerId, there)
  assert.equal((await s.admin.get(`/api/service-requests/${request.id}`)).body.customerId, there)
  assert.equal((await s.app.owner.query('select 1 from customer_merge')).rowCount, 0)
  // the other way round nothing of the station's moves
  const turned = await s.admin.post(`/api/customers/${there}/merge`, { mergedId: kept })
  assert.equal(turned.status, 200, JSON.stringify(turned.body))
})
