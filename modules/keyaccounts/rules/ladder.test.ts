import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileDecisionTable, decide, type DecisionTable } from '@quancheng/process'
import { firstTable } from './first-table.ts'
import { ladderOf, thousands, upgradeText } from './ladder.ts'

const decider = (table: DecisionTable) => {
  const compiled = compileDecisionTable(table).decisions!, [id] = compiled.decisions.keys()
  return (variables: { total: number; share: number }) => decide(compiled, id!, { ...variables })
}
const level = (value: unknown): unknown => (value as { level: number }).level

test('SA-12 the ladder says what the decision engine says, on every limit and beside it', () => {
  const ask = decider(firstTable()), ladder = ladderOf(firstTable(), ask)
  for (const total of [0, 1, 19_999.99, 20_000, 99_999.99, 100_000, 500_000, 999_999.99, 1_000_000, 2_000_000, 4_999_999.99, 5_000_000, 10_000_000, 9e12]) {
    for (const share of [0, 0.01, 29.99, 30, 39.99, 40, 59.99, 60, 79.99, 80, 100]) assert.equal(ladder.at(total, share).level, level(ask({ total, share }).value), `${total} / ${share}`)
  }
})

test('SA-12 the least that leads up: 3 800k with a share of 52 % is 1 200k or 8 % away from level 4', () => {
  const ladder = ladderOf(firstTable(), decider(firstTable()))
  const up = ladder.upgrade(3_800_000, 52)
  assert.deepEqual(up, { total: { to: 5_000_000, level: 4 }, share: { to: 60, level: 4 }, both: null })
  assert.equal(upgradeText(up, 3_800_000, 52), '升到 4 级还需 +1 200k 或 +8 % 份额')
  assert.deepEqual(ladder.upgrade(10_000_000, 95), { total: null, share: null, both: null }, 'nothing is above the first')
  assert.equal(upgradeText(ladder.upgrade(0, 0), 0, 0), '升到 9 级还需 +20k')
})

test('SA-12 a strict limit asks for a little more; where one alone does not lead up, both together do; a table that computes is asked every time', () => {
  const table = { ...firstTable(), rules: [{ id: 'a', tests: ['> 1000', '> 50'], outputs: ['1', ''], note: '' }, { id: 'b', tests: ['-', '-'], outputs: ['5', ''], note: '' }] }
  const ladder = ladderOf(table, decider(table))
  assert.deepEqual(ladder.upgrade(1000, 60).total, { to: 1000.01, level: 1 })
  assert.equal(upgradeText(ladder.upgrade(500, 20), 500, 20), '升到 1 级还需 +500.01 并且 +30.01 % 份额')
  const computed = { ...table, rules: [{ id: 'a', tests: ['> share * 10', '-'], outputs: ['2', ''], note: '' }, ...table.rules.slice(1)] }
  const asked = ladderOf(computed, decider(computed))
  assert.deepEqual([asked.at(301, 30).level, asked.at(301, 31).level], [2, 5])
})

test('thousands are written as people write them', () => {
  assert.deepEqual([1_200_000, 48_212_000, 999, 1500, 12_345_678].map(thousands), ['1 200k', '48 212k', '999', '1.5k', '12 345.68k'])
})
