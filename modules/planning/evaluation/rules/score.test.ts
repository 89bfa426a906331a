import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pointsOf, totalOf, weightsMakeHundred } from './score.ts'

test('SA-26 4 measures × weights = 86.5', () => {
  assert.equal(totalOf([{ points: 90, weight: 40 }, { points: 85, weight: 30 }, { points: 80, weight: 20 }, { points: 90, weight: 10 }]), 86.5)
})

test('a figure becomes points on its scale, and a scale may run downwards', () => {
  for (const [value, zeroAt, fullAt, points] of [[50, 0, 100, 50], [120, 0, 100, 100], [-5, 0, 100, 0], [70, 60, 80, 50], [3, 10, 0, 70], [null, 0, 100, 0], [5, 5, 5, 0]] as const) assert.equal(pointsOf(value, { zeroAt, fullAt }), points, `${value}`)
  assert.deepEqual([weightsMakeHundred([{ weight: 60 }, { weight: 40 }]), weightsMakeHundred([{ weight: 60 }])], [true, false])
})
