import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concentration, fewThatMatter, savingOf } from './analysis.ts'
import { alarming, declineOf } from './decline.ts'
import { endedSpan, yearBefore } from './period.ts'

test('SA-17 100, 102, 98, then 79 is −21 % of its own base, beyond −15 %; −15 % itself is no alarm', () => {
  assert.deepEqual(declineOf([100, 102, 98], 79), { base: 100, change: -21 })
  assert.deepEqual([alarming(-21, 15), alarming(-15, 15), alarming(-15.1, 15)], [true, false, true])
  assert.equal(declineOf([0, 0, 0], 5), null)
})

test('SA-19 12 000 km for ¥9 000 is 0.75 a km; against a list of 10 500 saved 1 500 (14.3 %); group mean 0.70 is a gap of +7.1 %', () => {
  const s = savingOf({ quantity: 12_000, amount: 9_000, list: 10_500, mean: 0.7 })!
  assert.deepEqual([s.unitPrice, s.saved, s.savedPercent, s.gapPercent], [0.75, 1500, 14.3, 7.1])
  assert.deepEqual(s.hints, ['单价高于集团平均 7.1 %：按平均价可少花 600 元，建议并入集团协议或提前预订'])
  assert.equal(savingOf({ quantity: 0, amount: 5, list: null, mean: null }), null)
})

test('SA-20 of 50 routes 45 are flown at most twice a year: the 5 that carry at least 90 % are proposed', () => {
  const items = [...Array.from({ length: 5 }, (_, i) => ({ item: `干线${i}`, count: 100 + i, quantity: 1, amount: 1 })), ...Array.from({ length: 45 }, (_, i) => ({ item: `支线${i}`, count: 1, quantity: 1, amount: 1 }))]
  const t = fewThatMatter(items)
  assert.deepEqual([t.carriers.map(i => i.item), t.rareCount], [['干线4', '干线3', '干线2', '干线1', '干线0'], 45])
  assert.ok(t.carriedPercent >= 90)
})

test('TP-09 杭州–西安 is 68 % of the trips of three key accounts: a row of the proposal list with its volume', () => {
  const rows = ['a', 'b', 'c'].flatMap((customerId, i) => [{ item: '杭州–西安', customerId, count: [30, 20, 18][i]!, quantity: 1000 }, { item: `别处${i}`, customerId, count: [10, 12, 10][i]!, quantity: 1 }])
  const [p, ...rest] = concentration(rows)
  assert.deepEqual([p!.item, p!.percent, p!.count, p!.quantity, p!.customers.length, rest.length], ['杭州–西安', 68, 68, 3000, 3, 0])
})

test('SA-18 the 1st of January ends a month, a quarter and a year; a year before 29 February is the 28th', () => {
  assert.deepEqual(['month', 'quarter', 'year'].map(k => endedSpan(k as 'month', '2027-01-01')?.name), ['2026-12', '2026Q4', '2026'])
  assert.deepEqual([endedSpan('quarter', '2026-12-01'), endedSpan('year', '2026-04-01')], [null, null])
  assert.deepEqual(endedSpan('quarter', '2026-04-01'), { from: '2026-01-01', until: '2026-03-31', name: '2026Q1' })
  assert.equal(yearBefore('2028-02-29'), '2027-02-28')
})
