import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storeNew } from '@quancheng/kernel'
import contracts from '@quancheng/contracts'
import hotline from '@quancheng/hotline'
import quotes from '@quancheng/quotes'
import sales from '@quancheng/sales'
import { station } from '@quancheng/service/testing'

const s = await station({ modules: [sales, quotes, contracts, hotline] })
const admin = s.admin
const store = (entity: string, draft: Record<string, unknown>): Promise<string> => s.app.system(async ctx => String((await storeNew(ctx, ctx.entities.get(entity), draft)).id))
interface Event { id: string; at: string; entity: string; label: string; title: string; who: string | null; amount: string | null; channel: string | null; state: { label: string } | null }
const line = async (id: string, query = '', who = admin): Promise<{ items: Event[]; next: string | null; kinds: { key: string }[] }> => (await who.get(`/api/customers/${id}/timeline${query}`)).body
let calls = 0
const call = (phone: string, minute: string): Promise<string> => store('phoneCall', { callKey: `c${++calls}`, direction: 'in', phone, state: 'ended', ringAt: new Date(`2026-11-23T01:${minute}:00Z`) })
const customer = async (input: Record<string, unknown>): Promise<string> => (await admin.post('/api/customers', { unitId: s.units.HZ01, ...input })).body.id

test('CU-06 an order by web, a repair at HZ01 and a call are three rows on one time line, newest first', async () => {
  const id = await customer({ name: '张三', phone: '13800000001' })
  await store('salesOrder', { customerId: id, channel: 'web', state: 'confirmed', orderedOn: '2026-11-20', unitId: s.units.HZ01, amount: '5999.00' })
  await store('serviceRequest', { customerId: id, phone: '13800000001', unitId: s.units.HZ01, productLineId: s.lineId, stage: 'repair', startedAt: new Date('2026-11-23T01:00:00Z'), faultDescription: '开不了机' })
  await call('13800000001', '02')
  const { items, next, kinds } = await line(id)
  assert.deepEqual(items.map(e => [e.entity, e.channel]), [['phoneCall', '电话'], ['serviceRequest', '前台'], ['salesOrder', '网上']])
  assert.deepEqual([items[2]!.amount, items[2]!.state?.label, items[2]!.label, next], ['5999.00', '已确认', '订单', null])
  assert.ok(kinds.length >= 4)
  assert.deepEqual((await line(id, '?kinds=service')).items.map(e => e.entity), ['serviceRequest'])
  assert.deepEqual((await line(id, `?q=${encodeURIComponent('开不了机')}`)).items.map(e => e.entity), ['serviceRequest'])
  const figures = (await admin.get(`/api/customers/${id}/head`)).body.figures as { key: string; value: string; plural: string; filter: unknown }[]
  for (const [key, value] of [['openOrders', '5999.00'], ['openRequests', '1']]) assert.equal(figures.find(f => f.key === key)?.value, value, key)
  for (const f of figures) assert.equal((await admin.get(`/api/${f.plural}?filter=${encodeURIComponent(JSON.stringify(f.filter))}`)).status, 200, f.key)
})

test('CU-06 a page of the line ends where the next begins, with many events of one moment too', async () => {
  const id = await customer({ name: '同刻', phone: '13800000002' })
  for (let i = 0; i < 7; i++) await store('salesOrder', { customerId: id, state: 'confirmed', orderedOn: '2026-10-01', unitId: s.units.HZ01 })
  for (let i = 0; i < 3; i++) await call('13800000002', `1${i}`)
  const seen: string[] = []
  let before = ''
  for (;;) {
    const page = await line(id, `?limit=3${before}`)
    seen.push(...page.items.map(e => e.id))
    if (!page.next) break
    before = `&before=${page.next}`
  }
  assert.deepEqual([seen.length, new Set(seen).size], [10, 10])
  assert.equal((await admin.get(`/api/customers/${id}/timeline?before=abc`)).body.code, 'BAD_CURSOR')
})

test('TP-05 who buys for a company and calls is seen at the company, as long as they are there', async () => {
  const id = await customer({ name: '远帆公司', kind: 'company' })
  await admin.post('/api/contacts', { customerId: id, name: '王总', phone: '13800000003', role: '采购', until: '2026-11-22' })
  await admin.post('/api/contacts', { customerId: id, name: '李总', phone: '13800000004', role: '采购' })
  await call('13800000003', '20')
  const mine = await call('13800000004', '21')
  const { items } = await line(id)
  assert.deepEqual(items.map(e => e.id), [mine], '王总 left yesterday: today’s call is not the company’s')
})

test('TP-05 two records of one person are one line once they are merged', async () => {
  const web = await customer({ name: '赵一', phone: '13800000005' }), desk = await customer({ name: '赵一', phone: '13800000005' })
  await store('salesOrder', { customerId: web, channel: 'web', state: 'confirmed', orderedOn: '2026-11-20', unitId: s.units.HZ01 })
  await store('receipt', { customerId: desk, unitId: s.units.HZ01, receivedOn: '2026-11-21', amount: '100.00', method: 'cash' })
  assert.equal((await admin.post(`/api/customers/${web}/merge`, { mergedId: desk })).status, 200)
  for (const id of [web, desk]) assert.deepEqual((await line(id)).items.map(e => e.entity), ['receipt', 'salesOrder'])
})

test('CU-06 nobody sees on the line what they may not read: the engineer no orders and no calls, another station nothing', async () => {
  const id = await customer({ name: '权限', phone: '13800000006' })
  await store('salesOrder', { customerId: id, state: 'confirmed', orderedOn: '2026-11-20', unitId: s.units.HZ01 })
  await store('serviceRequest', { customerId: id, unitId: s.units.NB02, productLineId: s.lineId, stage: 'repair', startedAt: new Date('2026-11-23T01:00:00Z') })
  await store('serviceRequest', { customerId: id, unitId: s.units.HZ01, productLineId: s.lineId, stage: 'repair', startedAt: new Date('2026-11-23T01:01:00Z') })
  assert.equal((await line(id, '', s.zhaoxiu)).items.length, 1, 'the request of the own station')
  assert.equal((await line(id)).items.length, 3)
  const foreign = await customer({ name: '外站', unitId: s.units.GZ05 })
  assert.equal((await s.zhaoxiu.get(`/api/customers/${foreign}/timeline`)).status, 404)
})
