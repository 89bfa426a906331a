import assert from 'node:assert/strict'
import { test } from 'node:test'
import { overCredit, standingOf } from './credit.ts'

const TODAY = '2026-11-22'
const due = (dueOn: string, settledOn: string | null, amount = '12000.00', received = settledOn ? amount : '0.00') => ({ dueOn, settledOn, amount, received })

test('CU-08 limit 100 000, open 95 000, an order of 10 000 is 5 000 over; one of 5 000 just fits; without a limit nothing is over', () => {
  assert.deepEqual(overCredit('100000.00', '95000.00', '10000.00'), { limit: '100000.00', open: '95000.00', over: '5000.00' })
  assert.equal(overCredit('100000.00', '95000.00', '5000.00').over, '0.00')
  assert.equal(overCredit(null, '95000.00', '10000.00').over, '0.00')
})

test('CU-08 who always paid by the day is A, who half the time was late is C, who owes for more than 90 days is D', () => {
  const good = standingOf([due('2026-01-10', '2026-01-10'), due('2026-06-10', '2026-06-01')], TODAY)
  assert.deepEqual([good.grade, good.score, good.onTime, good.overdue, good.proposed], ['A', 100, 1, '0.00', '6000.00'])
  const half = standingOf([due('2026-01-10', '2026-01-10'), due('2026-06-10', '2026-06-20')], TODAY)
  assert.deepEqual([half.grade, half.score, half.onTime, half.proposed], ['C', 65, 0.5, '2000.00'])
  const owes = standingOf([due('2026-01-10', '2026-01-10', '90000.00'), due('2026-08-01', null, '1000.00')], TODAY)
  assert.deepEqual([owes.grade, owes.oldestDays, owes.overdue, owes.proposed], ['D', 113, '1000.00', '0.00'])
  assert.deepEqual(standingOf([due('2026-12-01', null)], TODAY).grade, null, 'nothing fell due yet')
  assert.equal(standingOf([due(TODAY, null)], TODAY).oldestDays, 0, 'the day itself is in time')
})
