import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesOf, marksOf, spanOf, type Dots } from './dots.ts'

const dots: Dots = { total: 3, shown: 3, activities: ['a', 'b'], ids: ['x', 'y', 'z'], starts: [0, 100, 200], lasts: [500, 50, null], first: [0, 2, 5, 6], at: [10, 500, 0, 20, 50, 30], activity: [0, 1, 0, 0, 1, 0] }

test('the lines of the dotted chart are sorted by start, end, duration or number of events; what is open comes last', () => {
  assert.deepEqual([...linesOf(dots, 'start')], [0, 1, 2])
  assert.deepEqual([...linesOf(dots, 'end')], [1, 0, 2])
  assert.deepEqual([...linesOf(dots, 'duration')], [1, 0, 2])
  assert.deepEqual([...linesOf(dots, 'events')], [2, 0, 1])
})

test('its width is that of all dots, on the calendar or since the begin of each case', () => {
  assert.deepEqual([spanOf(dots, 'absolute'), spanOf(dots, 'relative')], [[0, 500], [0, 500]])
  assert.deepEqual(spanOf({ ...dots, starts: [], first: [0], at: [] }, 'absolute'), [0, 1])
})

test('the axis has round marks', () => {
  assert.deepEqual(marksOf([0, 7200], 4), [0, 3600, 7200])
  assert.equal(marksOf([0, 365 * 86_400], 6).length, 5)
})
