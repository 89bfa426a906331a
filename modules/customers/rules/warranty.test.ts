import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastWarrantyDay, longestWarranty, warrantyOn } from './warranty.ts'

test('CE-03 a year of warranty ends on the day before the anniversary, leap year or not', () => {
  const table: Array<[bought: string, days: number, until: string]> = [
    ['2025-11-23', 365, '2026-11-22'], ['2024-02-29', 366, '2025-02-28'], ['2023-03-01', 365, '2024-02-28'], ['2026-12-31', 1, '2026-12-31'], ['2026-12-31', 0, '2026-12-31'],
  ]
  for (const [bought, days, until] of table) assert.equal(lastWarrantyDay(bought, days), until, bought)
})

test('CE-03 the last day is under warranty, the next is not, and without a date nobody knows', () => {
  assert.deepEqual(warrantyOn('2026-11-22', '2027-03-01'), { state: 'in', daysLeft: 100 })
  assert.deepEqual(warrantyOn('2027-03-01', '2027-03-01'), { state: 'in', daysLeft: 1 })
  assert.deepEqual(warrantyOn('2027-03-02', '2027-03-01'), { state: 'out', daysLeft: -1 })
  assert.deepEqual(warrantyOn('2027-03-02', null), { state: 'unknown', daysLeft: null })
})

test('CE-03 of a factory and an extended warranty the longer one counts', () => {
  assert.equal(longestWarranty(['2026-05-01', null, '2028-05-01', undefined]), '2028-05-01')
  assert.equal(longestWarranty([null]), null)
})
