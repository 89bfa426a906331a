import assert from 'node:assert/strict'
import { test } from 'node:test'
import { restOf } from './rest.ts'
import { isScan } from './scan.ts'

test('what is still to go of a line, without needless zeros; below zero it is too much', () => {
  assert.deepEqual([restOf('10.000', '2.5'), restOf('10.000', '0.000'), restOf('10', '10.000'), restOf('0.300', '0.1'), restOf('4', '4.001')], ['7.5', '10', '0', '0.2', '-0.001'])
})

test('SA-05 a scan is known by how it begins, not by its name', () => {
  const of = (...bytes: number[]) => isScan(Uint8Array.from(bytes))
  assert.deepEqual([of(0x25, 0x50, 0x44, 0x46, 0x2d), of(0xff, 0xd8, 0xff, 0xe0), of(0x89, 0x50, 0x4e, 0x47), of(0x50, 0x4b, 3, 4), of(), of(0x25)], [true, true, true, false, false, false])
})
