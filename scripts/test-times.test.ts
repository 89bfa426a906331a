import assert from 'node:assert/strict'
import { test } from 'node:test'
import { longestFirst } from './test-times.ts'

const named = (...names: string[]): Array<{ name: string }> => names.map((name) => ({ name }))
const order = (tests: Array<{ name: string }>, times: Record<string, number>, sizes: Record<string, number> = {}): string[] => longestFirst(tests, times, ({ name }) => sizes[name] ?? 0).map(({ name }) => name)

test('tests run the longest first, and one that has never run before all of them', () => {
  assert.deepEqual(order(named('a', 'b', 'new', 'c'), { a: 10, b: 300, c: 20 }), ['new', 'b', 'c', 'a'])
})

test('without a record of an earlier run the larger goes first, and among equals the name decides', () => {
  assert.deepEqual(order(named('b', 'a', 'large'), {}, { large: 9 }), ['large', 'a', 'b'])
})
