import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entitySizes, median } from './entity-sizes.ts'

const sizes = entitySizes()

test('an entity is one declaration: one file each, and the one in the middle has fewer than 70 lines', () => {
  assert.ok(sizes.length > 100, String(sizes.length))
  assert.ok(median(sizes.map(s => s.lines)) < 70, String(median(sizes.map(s => s.lines))))
})

test('the value in the middle', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 3, 2]), 2)
  assert.equal(median([]), 0)
})
