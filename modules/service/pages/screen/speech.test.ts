import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spokenDigits } from './speech.ts'

test('SP-26 a number is called digit by digit: 0012 is 零零一二', () => {
  assert.deepEqual(['0012', '0907', 'A1'].map(spokenDigits), ['零零一二', '零九零七', 'A一'])
})
