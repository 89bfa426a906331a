import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tokens } from '../tokens.ts'
import { classOf, heatClasses, heatColor } from './heat.ts'

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255).map(x => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test('the scale darkens at every step, so that it reads without colour, and carries dark text throughout', () => {
  const steps = Array.from({ length: 11 }, (_, i) => luminance(heatColor(i / 10)))
  for (const [i, at] of steps.entries()) {
    if (i > 0) assert.ok(at < steps[i - 1]!, `step ${i}`)
    assert.ok((at + 0.05) / (luminance(tokens.text) + 0.05) >= 4.5, `contrast at ${i}`)
  }
})

test('classes leave no gap from nothing to the highest, which lies in the last', () => {
  for (const [values, whole] of [[[0.5, 3, 700], false], [[1, 2, 40], true], [[1], true]] as const) {
    const classes = heatClasses(values, whole)
    for (const [i, c] of classes.entries()) if (i > 0) assert.equal(c.from, classes[i - 1]!.to)
    for (const v of values) assert.ok(classOf(classes, v), String(v))
    assert.equal(classOf(classes, Math.max(...values)), classes.at(-1))
  }
})

test('nothing is not a little: zero has no colour', () => {
  assert.equal(classOf(heatClasses([0, 4]), 0), null)
  assert.deepEqual(heatClasses([0, 0]), [])
})
