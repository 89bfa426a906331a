import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from './fixture.ts'

const w = await world()
const order = (customerId: string, on: string, lines: Array<Record<string, unknown>>) => w.orders([{ customerId, on, amount: lines.reduce((n, l) => n + Number(l.amount), 0), lines }])
const ask = async (query = '') => { const r = await w.admin.get(`/api/key-accounts/analysis?from=2026-01-01&until=2026-12-31${query}`); assert.equal(r.status, 200, JSON.stringify(r.body)); return r.body }

test('SA-19 12 000 km for ¥9 000 is 0.75 a km; list 10 500 → saved 1 500 (14.3 %); the group’s mean is 0.70: a gap of +7.1 %', async () => {
  const group = await w.customer({ name: '节省集团', kind: 'group' }), one = await w.customer({ name: '子公司一', parentId: group }), two = await w.customer({ name: '子公司二', parentId: group })
  // a list price has whole cents: half of the way at 0.87, half at 0.88
  await order(one, '2026-05-01', ['0.87', '0.88'].map(listPrice => ({ item: '杭州–西安', quantity: '6000', listPrice, unitPrice: '0.75', amount: '4500.00' })))
  await order(two, '2026-05-02', [{ item: '杭州–北京', quantity: '12000', listPrice: '0.70', unitPrice: '0.65', amount: '7800.00' }])
  const [s] = (await ask(`&customerId=${one}`)).savings
  assert.deepEqual([s.unitPrice, s.saved, s.savedPercent, s.mean, s.gapPercent], [0.75, 1500, 14.3, 0.7, 7.1])
  assert.equal(s.hints.length, 1)
})

test('SA-20 of 50 routes 45 have at most 2 a year: the 5 that carry at least 90 % are proposed', async () => {
  const id = await w.customer({ name: '航线客户' })
  const lines = [...Array.from({ length: 5 }, (_, i) => Array.from({ length: 120 }, () => `干线${i}`)).flat(), ...Array.from({ length: 45 }, (_, i) => `支线${i}`)].map(item => ({ item, quantity: '1', amount: '1.00' }))
  await order(id, '2026-03-01', lines)
  const { few } = await ask(`&customerId=${id}`)
  assert.deepEqual([few.carriers.length, few.rareCount, few.carriers.every((c: { item: string }) => c.item.startsWith('干线'))], [5, 45, true])
  assert.ok(few.carriedPercent >= 90)
})

test('TP-09 three key accounts with 68 % of their trips on 杭州–西安 make a row of the proposal list, with the volume', async () => {
  for (const [i, n] of [30, 20, 18].entries()) {
    const id = await w.customer({ name: `重点${i}`, annualPurchase: '20000000' })
    await w.orders([{ customerId: id, amount: 19_000_000, on: '2026-02-01' }])
    assert.equal((await w.admin.post(`/api/customers/${id}/join-programme`)).body.level, 1)
    await order(id, '2026-04-01', [...Array.from({ length: n }, () => ({ item: '杭州—西安', quantity: '1000', amount: '1.00' })), ...Array.from({ length: [10, 12, 10][i]! }, () => ({ item: `别处${i}`, quantity: '5', amount: '1.00' }))])
  }
  const { proposals } = await ask()
  assert.deepEqual([proposals.length, proposals[0].item, proposals[0].percent, proposals[0].count, proposals[0].quantity, proposals[0].names.length], [1, '杭州—西安', 68, 68, 68_000, 3])
})
