import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commission, difference, split, sumsToHundred, tierProblem, type Tier } from './commission.ts'

const TIERS: Tier[] = [{ from: '0', to: '100000', percent: '2' }, { from: '100000', to: null, percent: '5' }]

test('SA-10 0–100k 2 %, above 5 %: 150k → ¥4 500; split 60/40 → 2 700/1 800; refund 50k → −2 500', () => {
  assert.equal(commission(TIERS, '150000'), '4500.00')
  assert.deepEqual(split('4500.00', [{ userId: 'a', percent: '60' }, { userId: 'b', percent: '40' }]).map(p => p.amount), ['2700.00', '1800.00'])
  assert.equal(difference(TIERS, '150000', '-50000'), '-2500.00')
})

test('SA-10 payments one by one bring what all of them bring together, and money given back takes all of it away', () => {
  assert.deepEqual([difference(TIERS, '0', '60000'), difference(TIERS, '60000', '90000'), difference(TIERS, '150000', '-150000')], ['1200.00', '3300.00', '-4500.00'])
  for (const [amount, expected] of [['0', '0.00'], ['-5', '0.00'], ['0.25', '0.01'], ['100000', '2000.00'], ['100000.01', '2000.00'], ['100000.10', '2000.01']] as const) assert.equal(commission(TIERS, amount), expected, amount)
})

test('SA-10 shares make exactly 100, and their parts the whole', () => {
  const three = [{ userId: 'a', percent: '33.33' }, { userId: 'b', percent: '33.33' }, { userId: 'c', percent: '33.34' }]
  assert.equal(sumsToHundred(three), true)
  assert.deepEqual(split('0.01', three).map(p => p.amount), ['0.00', '0.00', '0.01'])
  assert.equal(sumsToHundred([{ userId: 'a', percent: '60' }, { userId: 'b', percent: '39.99' }]), false)
  assert.equal(sumsToHundred([]), false)
})

test('SA-10 tiers follow one another from zero', () => {
  assert.equal(tierProblem(TIERS), null)
  for (const wrong of [[], [{ from: '1', to: null, percent: '2' }], [{ from: '0', to: '10', percent: '2' }, { from: '20', to: null, percent: '3' }], [{ from: '0', to: null, percent: '2' }, { from: '10', to: null, percent: '3' }], [{ from: '0', to: '0', percent: '1' }]]) assert.equal(typeof tierProblem(wrong), 'string')
})
