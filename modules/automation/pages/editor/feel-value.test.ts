import assert from 'node:assert/strict'
import { test } from 'node:test'
import { feelOf, plainOf } from './feel-value.ts'

test('what a control yields is written as FEEL and read back as the same', () => {
  for (const [type, value, feel] of [['text', '他说"好"', '"他说\\"好\\""'], ['money', '12.50', '12.50'], ['integer', 3, '3'], ['boolean', false, 'false'], ['choices', ['a', 'b'], '["a", "b"]'], ['date', '2026-11-22', '"2026-11-22"'], ['choice', null, 'null']] as const) {
    assert.equal(feelOf(type, value), feel)
    assert.deepEqual(plainOf(type, feel), value)
  }
})

test('a formula is not a plain value', () => {
  for (const [type, feel] of [['integer', 'rounds + 1'], ['text', 'name'], ['text', '3'], ['money', '"3"'], ['text', '']] as const) assert.equal(plainOf(type, feel), undefined)
})
