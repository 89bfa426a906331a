import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextMonday, partsOfPeriod, quarterOf, shiftPeriod, spanOfPeriod, weekOf, within } from './period.ts'

test('a year, a quarter and a month are days from and to', () => {
  assert.deepEqual(spanOfPeriod('2026'), { from: '2026-01-01', to: '2026-12-31' })
  assert.deepEqual(spanOfPeriod('2026-Q1'), { from: '2026-01-01', to: '2026-03-31' })
  assert.deepEqual(spanOfPeriod('2028-02'), { from: '2028-02-01', to: '2028-02-29' })
  for (const wrong of ['2026-13', '2026-Q5', '26-01', '']) assert.throws(() => spanOfPeriod(wrong), RangeError)
  assert.deepEqual([shiftPeriod('2026-01', -1), shiftPeriod('2026-Q4', 1), shiftPeriod('2026', -1)], ['2025-12', '2027-Q1', '2025'])
  assert.deepEqual(partsOfPeriod('2026-Q4'), ['2026-10', '2026-11', '2026-12'])
  assert.deepEqual([partsOfPeriod('2026').length, partsOfPeriod('2026-11')], [4, []])
  assert.deepEqual([within('2026-11', '2026-Q4'), within('2026-09', '2026-Q4'), quarterOf('2026-11-22')], [true, false, '2026-Q4'])
})

test('weeks begin on Monday and belong to the year of their Thursday', () => {
  for (const [day, week] of [['2026-11-22', '2026-W47'], ['2026-11-23', '2026-W48'], ['2026-01-01', '2026-W01'], ['2025-12-29', '2026-W01'], ['2027-01-03', '2026-W53'], ['2027-01-04', '2027-W01']] as const) assert.equal(weekOf(day), week, day)
  assert.deepEqual([nextMonday('2026-11-22'), nextMonday('2026-11-23')], ['2026-11-23', '2026-11-30'])
})
