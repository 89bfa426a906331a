import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY, problemOfLines, proposed } from './proposal.ts'

const part = { kind: 'part' as const, name: '主板', quantity: 2, unitPrice: '260.00', state: 'reserved' }
const work = { kind: 'labour' as const, name: '工时', quantity: 1, unitPrice: '80.00', state: 'agreed' }

test('SP-32 the estimate begins with the lines of the request; what was cancelled or given back is not offered', () => {
  assert.deepEqual(proposed([part, work, { ...part, name: '屏', state: 'released' }, { ...part, name: '键盘', state: 'returned' }], { repeat: false, labour: '工时' }), [{ name: '主板', quantity: '2', price: '260.00' }, { name: '工时', quantity: '1', price: '80.00' }])
  assert.deepEqual(proposed([], { repeat: false, labour: '工时' }), [EMPTY])
})

test('SP-28 for a repeat repair labour at 0 is proposed, unless labour is written already', () => {
  assert.deepEqual(proposed([part], { repeat: true, labour: '工时' }).at(-1), { name: '工时', quantity: '1', price: '0.00' })
  assert.deepEqual(proposed([], { repeat: true, labour: '工时' }), [{ name: '工时', quantity: '1', price: '0.00' }])
  assert.equal(proposed([work], { repeat: true, labour: '工时' }).length, 1)
})

test('the form says which line is wrong, and where; a line left empty is no mistake', () => {
  const good = { name: '主板', quantity: '1', price: '260' }
  assert.equal(problemOfLines([good, EMPTY]), null)
  assert.deepEqual(problemOfLines([good, { ...good, price: '1.005' }]), { at: 1, field: 'price' })
  for (const quantity of ['0', '-1', '1.5', '', '1000', 'x']) assert.deepEqual(problemOfLines([{ ...good, quantity }]), { at: 0, field: 'quantity' })
  for (const price of ['', 'abc', '-3', '￥5']) assert.deepEqual(problemOfLines([{ ...good, price }]), { at: 0, field: 'price' })
  assert.deepEqual(problemOfLines([{ ...good, name: ' ' }]), { at: 0, field: 'name' })
})
