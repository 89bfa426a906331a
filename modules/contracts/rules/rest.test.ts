import assert from 'node:assert/strict'
import { test } from 'node:test'
import { restOf } from './rest.ts'

test('what is still to go of a line, without needless zeros; below zero it is too much', () => {
  assert.deepEqual([restOf('10.000', '2.5'), restOf('10.000', '0.000'), restOf('10', '10.000'), restOf('0.300', '0.1'), restOf('4', '4.001')], ['7.5', '10', '0', '0.2', '-0.001'])
})
