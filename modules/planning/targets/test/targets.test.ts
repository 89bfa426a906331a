import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house, ok } from '../../test/house.ts'

const h = await house('2026-09-11T02:00:00Z')
const tree = async (who: typeof h.sun, query = 'year=2026') => ok(await who.get(`/api/targets/tree?${query}`)).items
const target = async (values: Record<string, unknown>, who = h.market) => ok(await who.post('/api/targets', { measure: 'signed', ...values }), 201)

test('SA-09 target 1 000k, done 640k at day 70 % → 64 % 黄', async () => {
  await target({ period: '2026', unitId: h.north, amount: '1000000' })
  await h.put('contract', { number: 'H1', title: '甲', kind: 'single', customer_id: h.customer, unit_id: h.north, owner_id: h.sun.userId, state: 'active', amount: '400000', over_volume: 'warn', signed_on: '2026-03-01' })
  await h.put('contract', { number: 'H2', title: '乙', kind: 'single', customer_id: h.customer, unit_id: h.north, owner_id: h.li.userId, state: 'done', amount: '240000', over_volume: 'warn', signed_on: '2026-08-01' })
  await h.put('contract', { number: 'H3', title: '去年', kind: 'single', customer_id: h.customer, unit_id: h.north, owner_id: h.sun.userId, state: 'done', amount: '300000', over_volume: 'warn', signed_on: '2025-12-31' })
  await h.put('contract', { number: 'H4', title: '别的板块', kind: 'single', customer_id: h.customer, unit_id: h.south, owner_id: h.other.userId, state: 'active', amount: '990000', over_volume: 'warn', signed_on: '2026-03-01' })
  const [t] = await tree(h.lead)
  assert.equal(Math.round(t.elapsed), 70, `${t.elapsed} % of the working days`)
  assert.deepEqual([t.done, t.percent, t.light], ['640000.00', 64, 'yellow'])
  assert.equal((await tree(h.other)).length, 0)
})

test('SA-09 the light\'s limits are the company\'s', async () => {
  const [rule] = ok(await h.market.get('/api/target-rules')).items
  ok(await h.market.patch(`/api/target-rules/${rule.id}`, { green: 90 }))
  assert.equal((await tree(h.lead))[0].light, 'green')
  ok(await h.market.patch(`/api/target-rules/${rule.id}`, { green: 98, yellow: 95 }))
  assert.equal((await tree(h.lead))[0].light, 'red')
  ok(await h.market.patch(`/api/target-rules/${rule.id}`, { green: 95, yellow: 80 }))
})

test('SA-09 year → quarters → months, block → people; by last year\'s share or evenly; parts that differ from the whole are a hint, not a refusal', async () => {
  const [year] = await tree(h.lead)
  const quarters = ok(await h.lead.get(`/api/targets/${year.id}/parts?over=periods&by=lastYear`)).parts
  assert.deepEqual(quarters.map((p: any) => [p.period, p.amount]), [['2026-Q1', '0.00'], ['2026-Q2', '0.00'], ['2026-Q3', '0.00'], ['2026-Q4', '1000000.00']], 'all of last year came in its last quarter')
  ok(await h.lead.post(`/api/targets/${year.id}/distribute`, { over: 'periods', by: 'even' }))
  const again = await h.lead.post(`/api/targets/${year.id}/distribute`, { over: 'periods', by: 'even' })
  assert.deepEqual([again.status, again.body.code], [409, 'TARGET_DIVIDED'])
  const q4 = (await tree(h.lead)).find((t: any) => t.period === '2026-Q4')
  assert.equal(q4.amount, '250000.00')
  ok(await h.lead.post(`/api/targets/${q4.id}/distribute`, { over: 'periods', by: 'even' }))
  assert.deepEqual((await tree(h.lead)).filter((t: any) => t.parentId === q4.id).map((t: any) => t.amount), ['83333.34', '83333.33', '83333.33'])
  ok(await h.lead.post(`/api/targets/${year.id}/distribute`, { over: 'people', by: 'lastYear' }))
  const mine = await tree(h.sun)
  assert.deepEqual(mine.map((t: any) => [t.person, t.period, t.amount, t.done]), [['孙销售', '2026', '1000000.00', '400000.00']], 'one sees one\'s own')
  ok(await h.lead.patch(`/api/targets/${q4.id}`, { amount: '300000' }))
  const after = await tree(h.lead)
  assert.deepEqual([after[0].overPeriods, after[0].overPeople, after.find((t: any) => t.id === q4.id).overPeriods], ['50000.00', '0.00', '-50000.00'])
})

test('SA-09 what cannot be a target is refused at its place', async () => {
  const [year] = await tree(h.lead)
  for (const [values, code] of [
    [{ period: '2026', unitId: h.north, amount: '5' }, 'TARGET_TWICE'], [{ period: '2027-01', unitId: h.north, amount: '5', parentId: year.id }, 'TARGET_PARENT'], [{ period: '2026-11', measure: 'visits', unitId: h.north, amount: '5', parentId: year.id }, 'TARGET_PARENT'],
  ] as const) { const r = await h.lead.post('/api/targets', { measure: 'signed', ...values }); assert.equal(r.body.code, code) }
  assert.equal((await h.lead.post('/api/targets', { period: '2026-13', measure: 'signed', unitId: h.north, amount: '5' })).status, 400)
  assert.equal((await h.lead.post('/api/targets', { period: '2026', measure: 'signed', unitId: h.south, amount: '5' })).status >= 400, true, 'not for another block')
  assert.equal((await h.sun.post('/api/targets', { period: '2026-11', measure: 'signed', unitId: h.north, userId: h.sun.userId, amount: '5' })).status, 403)
})

test('SA-09 money received, quantities, new customers and visits are counted where they are written', async () => {
  await h.put('receipt', { number: 'R1', customer_id: h.customer, unit_id: h.north, owner_id: h.sun.userId, received_on: '2026-09-01', amount: '5000', method: 'transfer' })
  await h.put('engagement', { kind: 'visit', state: 'done', unit_id: h.north, owner_id: h.sun.userId, at: new Date('2026-09-02T01:00:00Z'), subject: '拜访' })
  await h.put('engagement', { kind: 'call', state: 'done', unit_id: h.north, owner_id: h.sun.userId, at: new Date('2026-09-02T01:00:00Z'), subject: '电话' })
  const order = await h.put('sales_order', { number: 'O1', customer_id: h.customer, channel: 'sales', unit_id: h.north, owner_id: h.sun.userId, state: 'confirmed', ordered_on: '2026-09-03' })
  await h.put('order_line', { order_id: order, position: 1, item: '电脑', unit: '台', quantity: '12', unit_price: '1' })
  for (const measure of ['received', 'visits', 'orders', 'newCustomers']) await target({ period: '2026-09', measure, unitId: h.north, userId: h.sun.userId, amount: '20' })
  const done = Object.fromEntries((await tree(h.sun)).map((t: any) => [t.measure, Number(t.done)]))
  assert.deepEqual(done, { signed: 400000, received: 5000, visits: 1, orders: 12, newCustomers: 1 })
})
