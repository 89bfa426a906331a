import assert from 'node:assert/strict'
import { test } from 'node:test'
import { longestFirst } from './test-times.ts'

test('test files run the longest first, and one that has never run before all of them', () => {
  assert.deepEqual(longestFirst(['a', 'b', 'new', 'c'], { a: 10, b: 300, c: 20 }), ['new', 'b', 'c', 'a'])
})

test('without a record of an earlier run the order is by name', () => {
  assert.deepEqual(longestFirst(['b', 'a'], {}), ['a', 'b'])
})
