import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFeel } from '../feel/index.ts'
import type { FieldSpec, UserTaskSpec } from '../model/index.ts'
import { formDefaults, isShown } from './form.ts'
import { missingForCompletion } from './missing.ts'

const field = (name: string, more: Partial<FieldSpec> = {}): FieldSpec => ({ name, label: null, required: false, readonly: false, outcomes: null, ...more })
const task = (fields: FieldSpec[]): UserTaskSpec => ({ role: null, assign: { rule: 'pool' }, outcomes: [{ id: 'yes', label: '是', flowId: null, danger: false, confirm: null, requiresComment: false, gate: null }, { id: 'no', label: '否', flowId: null, danger: true, confirm: null, requiresComment: false, gate: null }], fields, items: [], script: [], standard: null, guide: null, approval: null })
const feel = compileFeel

test('a field is on the form only where its condition is true: not where a value is missing', () => {
  const big = field('reason', { visibleWhen: feel('amount > 1000') })
  assert.deepEqual([{ amount: 2000 }, { amount: 5 }, {}].map(scope => isShown(big, scope)), [true, false, false])
  assert.equal(isShown(field('x'), {}), true)
})

test('a condition that is too much to work out hides nothing', () => {
  const endless = field('x', { visibleWhen: feel('count(for i in 1..100000, j in 1..100000 return i) = 0') })
  assert.equal(isShown(endless, {}), true)
})

test('a hidden required field is not demanded, a shown one is, for its results only', () => {
  const t = task([field('reason', { required: true, visibleWhen: feel('amount > 1000') }), field('sign', { required: true, outcomes: ['yes'] })])
  const missing = (amount: number, outcome: string) => missingForCompletion(t, { fields: { amount }, ticked: [], outcome })
  assert.deepEqual([missing(5, 'no'), missing(2000, 'no'), missing(5, 'yes'), missing(2000, 'yes')], [[], ['reason'], ['sign'], ['reason', 'sign']])
  assert.deepEqual(missingForCompletion(t, { fields: { amount: 5 }, scope: { amount: 5000 }, ticked: [], outcome: 'no' }), ['reason'], 'what the caller says of the case counts')
})

test('defaults fill what is empty, one after the other, and only what is there', () => {
  const t = task([field('price', { initial: feel('10') }), field('total', { initial: feel('price * quantity') }), field('note', { initial: feel('"赠"'), visibleWhen: feel('total > 100') }), field('seen', { initial: feel('1'), readonly: true })])
  const blank = (scope: Record<string, unknown>) => (name: string) => scope[name] === undefined
  assert.deepEqual(formDefaults(t, { quantity: 3 }, blank({ quantity: 3 })), { price: 10, total: 30 })
  assert.deepEqual(formDefaults(t, { quantity: 30, price: 5 }, blank({ price: 5 })), { total: 150, note: '赠' })
  assert.deepEqual(formDefaults(t, {}, () => false), {})
  assert.deepEqual(formDefaults(task([field('a', { initial: feel('nothing') })]), {}, () => true), {}, 'a default of nothing is none')
})
