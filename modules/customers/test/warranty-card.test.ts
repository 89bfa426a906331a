import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixture } from './fixture.ts'

test('CE-03 a warranty card is given, found by its number, listed at its device, and reaches no further than its customer', async () => {
  const { units, as, make } = await fixture()
  const lijie = await as('lijie', 'receptionist', 'HZ01'), sunqu = await as('sunqu', 'regionManager', 'SOUTH'), zhouzhan = await as('zhouzhan', 'stationManager', 'HZ01')
  const customerId = await make('customer', { name: '张三', unitId: units.HZ01 })
  const productLineId = await make('productLine', { code: 'NB', name: '笔记本' })
  const deviceId = await make('device', { customerId, productLineId, model: '笔记本 X1', serialNo: 'PF1ABCD' })
  const made = await lijie.post('/api/warranty-cards', { customerId, deviceId, kind: '厂家保修', validFrom: '2026-03-01', validUntil: '2027-02-28' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual([made.body.number, made.body.kind, made.body.$labels.deviceId], ['BX202611-00001', 'factory', '笔记本 X1 PF1ABCD'])
  assert.equal((await lijie.get('/api/warranty-cards?q=00001')).body.items.length, 1)
  assert.equal((await lijie.get(`/api/devices/${deviceId}/related`)).body.find((t: { entity: string }) => t.entity === 'warrantyCard').count, 1)
  assert.equal((await zhouzhan.patch(`/api/warranty-cards/${made.body.id}`, { validUntil: '2028-02-28' })).body.validUntil, '2028-02-28')
  assert.match(String((await zhouzhan.get('/api/warranty-cards/export?format=csv')).body), /BX202611-00001/)
  assert.equal((await lijie.patch(`/api/warranty-cards/${made.body.id}`, { validUntil: '2030-01-01' })).body.code, 'FORBIDDEN')
  assert.equal((await sunqu.patch(`/api/warranty-cards/${made.body.id}`, { number: 'X' })).body.code, 'FORBIDDEN')
})
