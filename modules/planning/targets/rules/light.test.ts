import assert from 'node:assert/strict'
import { test } from 'node:test'
import { divide, lightOf } from './light.ts'

const LIMITS = { green: 95, yellow: 80 }

test('SA-09 target 1 000k, done 640k at day 70 % → 64 % 黄', () => {
  assert.deepEqual(lightOf({ target: 1_000_000, done: 640_000, elapsed: 70 }, LIMITS), { percent: 64, light: 'yellow' })
})

test('the light compares what is done with what is due', () => {
  for (const [done, elapsed, light] of [[700, 70, 'green'], [666, 70, 'green'], [664, 70, 'yellow'], [561, 70, 'yellow'], [559, 70, 'red'], [0, 0, 'green'], [0, 1, 'red'], [1200, 100, 'green']] as const) assert.equal(lightOf({ target: 1000, done, elapsed }, LIMITS).light, light, `${done} at ${elapsed}`)
})

test('a target is divided without losing a cent, or a customer', () => {
  assert.deepEqual(divide(10_000n, [1n, 1n, 1n]), [3334n, 3333n, 3333n])
  assert.deepEqual(divide(100_000_00n, [3n, 1n]), [75_000_00n, 25_000_00n])
  assert.deepEqual(divide(10_00n, [1n, 1n, 1n], 100n), [400n, 300n, 300n])
  assert.deepEqual(divide(900n, [0n, 0n, 0n]), [300n, 300n, 300n])
  assert.deepEqual(divide(900n, []), [])
})
