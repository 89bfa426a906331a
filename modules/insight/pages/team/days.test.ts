import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyDay } from './days.ts'

test('SP-18 days without work stand between the others as zeros, across the end of a month', () => {
  const found = everyDay([{ day: '2026-11-30', done: 4, late: 1, minutes: 90 }], '2026-12-01', 3)
  assert.deepEqual(found.map(d => [d.day, d.done]), [['2026-11-29', 0], ['2026-11-30', 4], ['2026-12-01', 0]])
})
