import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseWeighted, plain } from './weighted.ts'

test('weighted values are written as value and weight, with Chinese or plain signs', () => {
  assert.deepEqual(parseWeighted('500:7；9000:3'), [{ value: 500, weight: 7 }, { value: 9000, weight: 3 }])
  assert.deepEqual(parseWeighted('金卡：20%; true'), [{ value: '金卡', weight: 20 }, { value: true, weight: 1 }])
  assert.deepEqual(parseWeighted('  '), [])
})

test('a value that is no JSON is a text', () => {
  assert.deepEqual([plain('[1,2]'), plain('杭州'), plain('"3"'), plain('3')], [[1, 2], '杭州', '3', 3])
})
