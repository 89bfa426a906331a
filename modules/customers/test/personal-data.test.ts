import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyAudit } from '@quancheng/kernel'
import { fixture } from './fixture.ts'

const { app, units, as, make } = await fixture()
const zuoxi = await as('zuoxi', 'agent', 'HQ')
const lijie = await as('lijie', 'receptionist', 'HZ01')
const admin = await as('admin', 'admin', 'HQ')
const id = await make('customer', { name: '张三', phone: '13800000001', mail: 'zhangsan@example.com', address: '杭州市文一路 1 号', unitId: units.HZ01 })

test('CU-22 坐席 sees 138****0001, shows it only with a reason, and the history says who did and why', async () => {
  const row = (await zuoxi.get(`/api/customers/${id}`)).body
  assert.deepEqual([row.phone, row.$masked], ['138****0001', ['phone', 'mail']])
  assert.equal((await zuoxi.get('/api/customers?q=zs')).body.items[0].phone, '138****0001')
  assert.equal(String((await zuoxi.get('/api/customers/export?format=csv')).body.code), 'FORBIDDEN')
  assert.equal((await zuoxi.post(`/api/customers/${id}/reveal`, { field: 'phone' })).status, 400)
  assert.equal((await lijie.post(`/api/customers/${id}/reveal`, { field: 'phone', reason: '回访客户' })).body.code, 'FORBIDDEN')
  const shown = await zuoxi.post(`/api/customers/${id}/reveal`, { field: 'phone', reason: '客户来电，回拨' })
  assert.deepEqual([shown.status, shown.body.value], [200, '13800000001'], JSON.stringify(shown.body))
  const [entry] = (await admin.get(`/api/customers/${id}/history`)).body
  assert.deepEqual([entry.act, entry.actorName, entry.reason, entry.note], ['reveal', 'zuoxi', '客户来电，回拨', { field: 'phone' }])
  assert.equal((await zuoxi.patch(`/api/customers/${id}`, { phone: '13800000002' })).body.code, 'FORBIDDEN')
})

test('CU-22 erase removes the person and nothing else: totals, links and the chain of the history stay', async () => {
  const line = await make('productLine', { code: 'NB', name: '笔记本' })
  const device = await make('device', { customerId: id, productLineId: line, model: '笔记本 X1', serialNo: 'PF1ABCD' })
  const total = async () => (await admin.get('/api/customers/aggregate?group=unitId&measure=count')).body.rows[0].count
  const before = await total()
  assert.equal((await lijie.post(`/api/customers/${id}/erase`, { reason: '客户要求删除' })).body.code, 'FORBIDDEN')
  const erased = await admin.post(`/api/customers/${id}/erase`, { reason: '客户要求删除' })
  assert.equal(erased.status, 200, JSON.stringify(erased.body))
  assert.deepEqual([erased.body.name, erased.body.phone, erased.body.mail, erased.body.address], ['已删除', null, null, null])
  assert.equal(await total(), before)
  assert.equal((await admin.get(`/api/devices/${device}`)).body.$labels.customerId, '已删除')
  for (const q of ['张三', 'zs', '13800000001', 'zhangsan', '文一路']) assert.equal((await admin.get(`/api/customers?q=${encodeURIComponent(q)}`)).body.items.length, 0, q)
  const text = JSON.stringify((await admin.get(`/api/customers/${id}/history`)).body)
  for (const word of ['张三', '13800000001', 'zhangsan', '文一路']) assert.ok(!text.includes(word), `${word} is still in the history`)
  const left = await app.owner.query(`select 1 from audit where payload::text like '%13800000001%' or payload::text like '%张三%'`)
  assert.equal(left.rowCount, 0)
  assert.equal((await app.system(ctx => verifyAudit(ctx))).ok, true)
})
