import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choicesOf } from './results.ts'

const x1 = { id: 'd1', customerId: 'c1' }, x2 = { id: 'd2', customerId: 'c1' }
const found = { customers: [{ id: 'c1', name: '张三', devices: [x1, x2] }], devices: [x1], requests: [{ id: 'r1' }] }

test('a device that is found by itself and by its customer is offered once, with its customer', () => {
  const devices = choicesOf(found, '张三', false).find(group => group.name === 'devices')!.choices
  assert.deepEqual(devices.map(each => each.kind === 'device' && [each.device.id, each.customer?.id]), [['d1', 'c1'], ['d2', 'c1']])
})

test('a running request comes first; while a number is being registered, the customer does', () => {
  assert.deepEqual(choicesOf(found, 'x', false).map(group => group.name), ['requests', 'devices', 'customers', 'new'])
  assert.deepEqual(choicesOf(found, 'x', true).map(group => group.name), ['devices', 'customers', 'requests', 'new'])
})

test('somebody new can always be registered', () => {
  assert.deepEqual(choicesOf({ customers: [], devices: [], requests: [] }, '13800000009', false), [{ name: 'new', choices: [{ kind: 'new', q: '13800000009' }] }])
  assert.deepEqual(choicesOf(undefined, '', false), [])
})
