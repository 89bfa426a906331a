import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '@quancheng/kernel/testing'
import customers from '../index.ts'

const app = await testApp({ modules: [customers], clock: '2026-11-23T01:00:00Z' })
const seller = await app.person({ username: 'xiaoshou', name: '肖售', roles: [{ code: 'seller', grants: { 'customer:read': ['all'], 'customer:create': ['all'], 'customerVisit:read': ['all'], 'customerVisit:create': ['all'], 'customerVisit:update': ['all'] } }] })
const stranger = await app.person({ username: 'luren', roles: [{ code: 'nobody', grants: { 'customer:read': ['all'] } }] })
const made = async (name: string): Promise<string> => (await seller.post('/api/customers', { name, kind: 'company' })).body.id
const plan = (customerId: string, plannedAt: string) => seller.post('/api/customer-visits', { customerId, plannedAt, purpose: '了解明年的送修量' })

test('TP-07 a visit without feedback keeps the next visit of the same customer from being planned', async () => {
  const id = await made('恒远物业'), other = await made('东港物流')
  const first = await plan(id, '2026-11-24T02:00:00Z')
  assert.equal(first.status, 201)
  assert.equal(first.body.ownerId, seller.userId, 'whoever plans it visits')
  const refused = await plan(id, '2026-11-30T02:00:00Z')
  assert.deepEqual([refused.status, refused.body.code], [409, 'VISIT_FEEDBACK_MISSING'])
  assert.match(refused.body.message, /2026-11-24.*BF202611-0001/)
  assert.equal((await plan(other, '2026-11-30T02:00:00Z')).status, 201, 'another customer is not kept waiting')

  assert.equal((await seller.patch(`/api/customer-visits/${first.body.id}`, { state: 'done' })).body.code, 'VISIT_NOT_YET')
  assert.equal((await seller.patch(`/api/customer-visits/${first.body.id}`, { state: 'done', visitedAt: '2026-11-24T02:10:00Z' })).status, 200)
  assert.equal((await plan(id, '2026-11-30T02:00:00Z')).body.code, 'VISIT_FEEDBACK_MISSING', 'visited is not fed back')
  assert.equal((await seller.patch(`/api/customer-visits/${first.body.id}`, { feedback: '  ' })).status, 200)
  assert.equal((await plan(id, '2026-11-30T02:00:00Z')).status, 409, 'blanks are no feedback')
  await seller.patch(`/api/customer-visits/${first.body.id}`, { feedback: '明年约 300 台，想签年度合同' })
  assert.equal((await plan(id, '2026-11-30T02:00:00Z')).status, 201)
})

test('TP-07 a cancelled visit needs no feedback, and comes back only when nothing is owed', async () => {
  const id = await made('启明学校')
  const first = (await plan(id, '2026-11-24T02:00:00Z')).body
  assert.equal((await seller.patch(`/api/customer-visits/${first.id}`, { state: 'cancelled' })).status, 200)
  assert.equal((await plan(id, '2026-11-25T02:00:00Z')).status, 201)
  assert.equal((await seller.patch(`/api/customer-visits/${first.id}`, { state: 'planned' })).body.code, 'VISIT_FEEDBACK_MISSING')
})

test('TP-07 two who plan at the same moment are told so: one of them is first', async () => {
  const id = await made('滨江酒店')
  const both = await Promise.all([plan(id, '2026-11-24T02:00:00Z'), plan(id, '2026-11-25T02:00:00Z')])
  assert.deepEqual(both.map(r => r.status).toSorted(), [201, 409])
})

test('whoever has no right on visits plans none', async () => {
  assert.equal((await stranger.post('/api/customer-visits', { customerId: await made('甲'), plannedAt: '2026-11-24T02:00:00Z', purpose: '拜访' })).status, 403)
})
