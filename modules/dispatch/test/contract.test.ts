import assert from 'node:assert/strict'
import { test } from 'node:test'
import { register } from '@quancheng/service/testing'
import { shop } from './shop.ts'

const s = await shop()

test('CE-03 at the counter the serial number shows the contract and 保修至 2027-03-01, 在保; the proposed price follows; the request carries its contract', async () => {
  const customerId = await s.make('customer', { name: '澄湖能源', phone: '13800000055', unitId: s.units.HZ01 })
  const device = await s.make('device', { customerId, productLineId: s.lineId, model: 'X1', serialNo: 'CH00001', warrantyUntil: '2027-03-01' })
  const see = async () => (await s.lijie.get('/api/coverage?serialNo=ch00001')).body
  const bare = await see()
  assert.deepEqual([bare.warranty.text, bare.contract, bare.proposal], ['保修至 2027-03-01，在保', null, { labour: 'free', parts: 'free', onSite: 'charged', reason: '在保' }])
  const made = await s.zhouzhan.post('/api/service-contracts', { customerId, title: '年度维保', validFrom: '2026-01-01', validUntil: '2026-12-31', covers: ['labour', 'onSite'], responseMinutes: 240, deviceIds: [device] })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const now = await see()
  assert.deepEqual([now.contract.number, now.contract.state, now.contract.responseMinutes, now.proposal.onSite, now.proposal.reason], [made.body.number, 'in', 240, 'free', '在保，服务合同'])
  const r = await s.lijie.post('/api/service/desk/register', { customer: { id: customerId }, device: { id: device }, request: { faultDescription: '开不了机' } })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  assert.deepEqual([r.body.request.contractId, r.body.request.$labels.contractId], [made.body.id, `${made.body.number} 年度维保`])
  const related = (await s.lijie.get(`/api/service-contracts/${made.body.id}/related`)).body
  assert.equal(related.find((x: { entity: string }) => x.entity === 'serviceRequest').count, 1)
})

test('CE-03 expired shows so: 已过保, the contract over, everything charged; a longer warranty card counts', async () => {
  s.app.clock!.set('2027-03-02T02:00:00Z')
  const lapsed = (await s.zhouzhan.get('/api/coverage?serialNo=CH00001')).body
  assert.deepEqual([lapsed.warranty.text, lapsed.contract.state, lapsed.proposal], ['保修至 2027-03-01，已过保', 'over', { labour: 'charged', parts: 'charged', onSite: 'charged', reason: '不在保，没有有效的服务合同' }])
  const { customerId, id } = (await s.lijie.get('/api/devices?q=CH00001')).body.items[0]
  await s.make('warrantyCard', { customerId, deviceId: id, kind: 'extended', validFrom: '2027-03-02', validUntil: '2028-03-01' })
  assert.equal((await s.lijie.get(`/api/coverage?deviceId=${id}`)).body.warranty.text, '保修至 2028-03-01，在保')
  const r = await s.lijie.post('/api/service/desk/register', { customer: { id: customerId }, device: { id }, request: { faultDescription: '又坏了' } })
  assert.deepEqual([r.status, r.body.request.contractId], [201, null])
})

test('CE-03 a contract names only its customer’s devices, ends after it begins, and is written by the manager', async () => {
  const { deviceId } = (await s.zhouzhan.get(`/api/service-requests/${(await register(s)).id}`)).body
  const customerId = await s.make('customer', { name: '另一家', unitId: s.units.HZ01 })
  const write = (o: Record<string, unknown>, who = s.zhouzhan) => who.post('/api/service-contracts', { customerId, title: '维保', validFrom: '2027-01-01', validUntil: '2027-12-31', ...o })
  const other = await write({ deviceIds: [deviceId] })
  assert.deepEqual([other.status, other.body.details.fields[0].field], [400, 'deviceIds'])
  assert.equal((await write({ validUntil: '2026-01-01' })).body.details.fields[0].field, 'validUntil')
  assert.equal((await write({}, s.lijie)).status, 403)
  assert.equal((await s.lijie.get('/api/coverage?serialNo=NOSUCH')).status, 404)
})
