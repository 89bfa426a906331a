import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, ruleFor, type Judged, type Rule } from './discount.ts'

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({ id, name: id, userId: null, roleId: null, productLineId: null, free: '5.00', most: '20.00', approverId: null, approverRoleId: 'lead', ...more })
const line = (more: Partial<Judged> = {}): Judged => ({ item: '笔记本', quantity: '10', unitPrice: '10000', listPrice: '10000', discount: '0', productLineId: 'laptop', floorPrice: '7000', ...more })
const who = { userId: 'me', roleIds: ['sales'] }

test('SA-04 8 % off where 5 % is free needs a yes; 5 % does not; 21 % nobody may give; below the lowest price never', () => {
  assert.deepEqual(judge([line()], '8', [rule('a')], who).ask.map(x => [x.item, x.rate, x.limit]), [['笔记本', '8.00', '5.00']])
  assert.deepEqual(judge([line()], '5', [rule('a')], who), { floor: [], most: [], ask: [] })
  assert.deepEqual(judge([line({ discount: '21' })], '0', [rule('a')], who).most.map(x => x.limit), ['20.00'])
  assert.deepEqual(judge([line({ discount: '31' })], '0', [rule('a', { most: null })], who).floor, [{ item: '笔记本', floorPrice: '7000' }])
})

test('SA-04 the rule of the person comes before that of the role, and the product line\'s before the general one', () => {
  const all = [rule('everybody'), rule('line', { productLineId: 'laptop' }), rule('role', { roleId: 'sales' }), rule('both', { roleId: 'sales', productLineId: 'laptop' }), rule('me', { userId: 'me' }), rule('other', { userId: 'you' }), rule('theirs', { roleId: 'boss' })]
  let left = all
  for (const id of ['me', 'both', 'role', 'line', 'everybody']) { assert.equal(ruleFor(left, who, 'laptop')?.id, id); left = left.filter(r => r.id !== id) }
  assert.equal(ruleFor(left, who, 'laptop'), null)
  assert.equal(ruleFor([rule('a', { free: '3' }), rule('b', { free: '10' })], who, null)?.id, 'b')
})

test('SA-04 without any rule every discount needs a yes, and a price cut by hand is one', () => {
  assert.equal(judge([line({ unitPrice: '9999.99' })], '0', [], who).ask.length, 1)
  assert.equal(judge([line({ unitPrice: '10001' })], '0', [], who).ask.length, 0)
})
