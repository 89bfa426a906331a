import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templateTable } from '../../templates/index.ts'
import { doubtOf } from './doubt.ts'
import { moved, only, rangeOf, tabbed, type Selection } from './selection.ts'
import { visibleRows } from './geometry.ts'

const ROWS = 6, COLUMNS = 4
const key = (s: Selection, name: string, o: { shift?: boolean, ctrl?: boolean } = {}) => moved(s, { key: name, shift: o.shift ?? false, ctrl: o.ctrl ?? false }, ROWS, COLUMNS)

test('arrows go from cell to cell and stop at the edges; above the first rule are the heads of the columns', () => {
  assert.deepEqual(key(only(0, 0), 'ArrowRight'), only(0, 1))
  assert.deepEqual(key(only(0, 0), 'ArrowUp'), only(-1, 0))
  assert.deepEqual(key(only(5, 3), 'ArrowDown'), only(5, 3))
  assert.deepEqual(key(only(5, 3), 'Home', { ctrl: true }), only(0, 0))
  assert.deepEqual(key(only(2, 1), 'ArrowDown', { ctrl: true }), only(5, 1))
  assert.equal(key(only(2, 1), 'x'), null)
})

test('with Shift a range grows from where it began, and never into the heads', () => {
  const s = key(key(only(1, 1), 'ArrowDown', { shift: true })!, 'ArrowRight', { shift: true })!
  assert.deepEqual(rangeOf(s), { top: 1, bottom: 2, left: 1, right: 2 })
  assert.deepEqual(rangeOf(key(only(0, 1), 'ArrowUp', { shift: true })!), { top: 0, bottom: 0, left: 1, right: 1 })
})

test('Tab goes along the row and on to the next, and ends at the ends', () => {
  assert.deepEqual(tabbed(only(0, 3), false, ROWS, COLUMNS), only(1, 0))
  assert.deepEqual(tabbed(only(1, 0), true, ROWS, COLUMNS), only(0, 3))
  assert.deepEqual([tabbed(only(5, 3), false, ROWS, COLUMNS), tabbed(only(-1, 0), true, ROWS, COLUMNS)], [null, null])
})

test('of thousands of rules only those in view are drawn', () => {
  assert.deepEqual(visibleRows(0, 340, 5000), { from: 0, to: 18 })
  assert.deepEqual(visibleRows(34_000, 340, 5000), { from: 992, to: 1018 })
  assert.deepEqual(visibleRows(34_000, 340, 10), { from: 10, to: 10 })
})

test('while a cell is typed, what is wrong with it is told in Chinese', () => {
  const tier = templateTable('customer-tier')
  assert.equal(doubtOf(tier, 1, 0, '≥10000'), null)
  assert.match(doubtOf(tier, 1, 0, '>= (5')!, /第 \d+ 个字符处/)
  assert.match(doubtOf(tier, 1, 2, '铜卡')!, /不在允许值/)
  assert.match(doubtOf(tier, 1, 0, '五万')!, /加引号/)
})
