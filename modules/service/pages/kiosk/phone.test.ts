import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneProblem, press } from './phone.ts'

test('a customer may leave no number; a wrong one is told', () => {
  assert.equal(phoneProblem(''), false)
  assert.equal(phoneProblem('13800000001'), false)
  for (const wrong of ['1380000000', '12800000001', '23800000001', '138000000011']) assert.equal(phoneProblem(wrong), true, wrong)
})

test('the pad takes eleven digits, takes one back, and clears', () => {
  const typed = [...'138000000019'].reduce(press, '')
  assert.equal(typed, '13800000001')
  assert.equal(press(typed, 'back'), '1380000000')
  assert.equal(press(typed, 'clear'), '')
  assert.equal(press('1', 'x'), '1')
})
