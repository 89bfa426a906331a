import assert from 'node:assert/strict'
import { test } from 'node:test'
import { between } from './range.ts'

test('choosing a range takes both ends and what is between, in either direction; an end that has left the list is left out', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  assert.deepEqual(between(ids, 'b', 'd'), ['b', 'c', 'd'])
  assert.deepEqual(between(ids, 'd', 'b'), ['b', 'c', 'd'])
  assert.deepEqual(between(ids, 'c', 'c'), ['c'])
  assert.deepEqual(between(ids, 'gone', 'b'), ['b'])
})
