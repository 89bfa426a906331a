import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from '@quancheng/kernel/testing'
import { fixture } from './fixture.ts'

const { units, as, make } = await fixture()
const lijie = await as('lijie', 'receptionist', 'HZ01')
const wangjian = await as('wangjian', 'inspector', 'HZ01')
const sunqu = await as('sunqu', 'regionManager', 'EAST')
const admin = await as('admin', 'admin', 'HQ')
const names = async (who: Caller, url: string): Promise<string[]> => (await who.get(url)).body.items.map((r: { name?: string; model?: string }) => r.name ?? r.model)

test('CU-01 a group registered at the desk is found by its characters, its pinyin and its initials', async () => {
  const made = await lijie.post('/api/customers', { name: '华能集团', kind: '集团', tier: 'gold', phone: '0571-88000000' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual([made.body.kind, made.body.unitId, made.body.$labels.unitId], ['group', units.HZ01, 'HZ01 杭州一站'])
  await lijie.post('/api/customers', { name: '深圳市远帆计算机系统有限公司', kind: 'company' })
  for (const q of ['hnjt', '华能', 'huaneng', '能集', '88000000']) assert.deepEqual(await names(lijie, `/api/customers?q=${encodeURIComponent(q)}`), ['华能集团'], q)
  for (const q of ['远帆', 'yfjsj', '计算机系统']) assert.deepEqual(await names(lijie, `/api/customers?q=${encodeURIComponent(q)}`), ['深圳市远帆计算机系统有限公司'], q)
  assert.deepEqual(await names(lijie, `/api/customers?filter=${encodeURIComponent('{"kind":"group"}')}`), ['华能集团'])
})

test('SP-27 a device brings its model, line and warranty from its product, and is found by serial number', async () => {
  const customerId = (await lijie.post('/api/customers', { name: '张三', phone: '138 0000 0001' })).body.id
  const line = await make('productLine', { code: 'NB', name: '笔记本', warrantyDays: 365 })
  const product = await make('product', { code: 'X1', name: '笔记本 X1', productLineId: line })
  const made = await lijie.post('/api/devices', { customerId, productId: product, serialNo: 'pf 1abcd', purchasedOn: '2026-03-01' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual([made.body.model, made.body.productLineId, made.body.serialNo, made.body.warrantyUntil], ['笔记本 X1', line, 'PF1ABCD', '2027-02-28'])
  for (const q of ['PF1ABCD', 'pf1', 'abcd', 'bijiben']) assert.deepEqual(await names(lijie, `/api/devices?q=${q}`), ['笔记本 X1'], q)
  assert.equal((await lijie.post('/api/devices', { customerId, productId: product, serialNo: 'PF1ABCD' })).body.code, 'UNIQUE')
  assert.equal((await lijie.post('/api/devices', { customerId, productId: '0190a0a0-0000-7000-8000-000000000000' })).body.code, 'INVALID', 'an unknown product brings no line, so line and model are missing')
  const kept = await lijie.patch(`/api/devices/${made.body.id}`, { purchasedOn: '2026-04-01' })
  assert.equal(kept.body.warrantyUntil, '2027-02-28', 'a warranty date that is there is not moved by itself')
  const found = (await lijie.get('/api/search?q=13800000001')).body.items
  assert.deepEqual(found.map((h: { entity: string; title: string }) => [h.entity, h.title]), [['customer', '张三']])
})

test('SP-19 a clerk sees every customer, an inspector those of the station, a region its own; phones behind the counter are masked', async () => {
  const far = await make('customer', { name: '广州客户', phone: '13900000009', unitId: units.GZ05 })
  const near = await make('customer', { name: '宁波客户', phone: '13900000008', unitId: units.NB02 })
  assert.equal((await lijie.get(`/api/customers/${far}`)).status, 200)
  assert.equal((await wangjian.get(`/api/customers/${far}`)).body.code, 'NOT_FOUND')
  assert.equal((await sunqu.get(`/api/customers/${far}`)).body.code, 'NOT_FOUND')
  assert.equal((await sunqu.get(`/api/customers/${near}`)).body.phone, '13900000008')
  const own = (await wangjian.get(`/api/customers?q=${encodeURIComponent('张三')}`)).body.items[0]
  assert.deepEqual([own.phone, own.$masked], ['138****0001', ['phone']])
  assert.equal((await wangjian.post('/api/customers', { name: '某人' })).body.code, 'FORBIDDEN')
})

test('CU-02 who moves from one company to another stays there as 前任 and is here now', async () => {
  const a = await make('customer', { name: '甲公司', kind: 'company', unitId: units.HZ01 }), b = await make('customer', { name: '乙公司', kind: 'company', unitId: units.HZ01 })
  const was = (await lijie.post('/api/contacts', { customerId: a, name: '王总', role: '决策人', since: '2024-01-08' })).body
  assert.equal((await lijie.patch(`/api/contacts/${was.id}`, { until: '2023-11-20' })).body.code, 'INVALID')
  assert.equal((await lijie.patch(`/api/contacts/${was.id}`, { until: '2026-11-20' })).status, 200)
  await lijie.post('/api/contacts', { customerId: b, name: '王总', role: 'decider', since: '2026-11-21' })
  const at = async (id: string) => (await lijie.get(`/api/contacts?filter=${encodeURIComponent(JSON.stringify({ customerId: id }))}`)).body.items.map((c: { until: string | null }) => c.until)
  assert.deepEqual([await at(a), await at(b)], [['2026-11-20'], [null]])
  assert.equal((await lijie.get('/api/contacts?q=wz')).body.items.length, 2)
})

test('KB-08 the page of a customer has a tab with a count for everything that belongs to it', async () => {
  const customerId = await make('customer', { name: '计数公司', kind: 'company', unitId: units.HZ01 })
  const line = await make('productLine', { code: 'PAD', name: '平板' })
  for (const n of [1, 2, 3]) await make('contact', { customerId, name: `联系人${n}` })
  for (const n of [1, 2]) await make('device', { customerId, productLineId: line, model: '平板 T1', serialNo: `T1-${n}` })
  await lijie.post(`/api/customers/${customerId}/comments`, { text: '要求上门取机' })
  const tabs = (await lijie.get(`/api/customers/${customerId}/related`)).body
  const counts = Object.fromEntries((tabs.items ?? tabs).map((t: { entity: string; count: number }) => [t.entity, t.count]))
  assert.deepEqual(counts, { consent: 0, contact: 3, customer: 0, device: 2, preference: 0, serviceContract: 0, warrantyCard: 0, $comments: 1, $attachments: 0, $history: 1 })
})

test('KB-07 a field that the company adds is in the form, the list and the filter of its customers at once', async () => {
  const added = await admin.post('/api/fields', { entity: 'customer', spec: { type: 'text', label: ['会员号', 'Member number'] } })
  assert.equal(added.status, 201, JSON.stringify(added.body))
  assert.equal(added.body.key, 'x_huiyuanhao')
  const made = await lijie.post('/api/customers', { name: '会员甲', x_huiyuanhao: 'M-77' })
  assert.equal(made.body.x_huiyuanhao, 'M-77')
  assert.deepEqual(await names(lijie, `/api/customers?filter=${encodeURIComponent('{"x_huiyuanhao":"M-77"}')}`), ['会员甲'])
})
