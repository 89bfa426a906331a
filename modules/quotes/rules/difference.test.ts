import assert from 'node:assert/strict'
import { test } from 'node:test'
import { difference, type DiffLine } from './difference.ts'

const line = (item: string, quantity: string, amount: string, more: Partial<DiffLine> = {}): DiffLine => ({ productId: null, item, quantity, unitPrice: '10', discount: '0', amount, ...more })

test('SA-04 two versions: what came, what went, what changed, and by how much the whole', () => {
  const d = difference({ amount: '100000.00', lines: [line('A', '1', '10', { productId: 'p' }), line('B', '1', '10'), line('C', '2', '20')] }, { amount: '92000.00', lines: [line('A neu', '1.000', '10.00', { productId: 'p' }), line('C', '3', '30'), line('D', '1', '10')] })
  assert.deepEqual(d.added.map(l => l.item), ['D'])
  assert.deepEqual(d.removed.map(l => l.item), ['B'])
  assert.deepEqual(d.changed.map(c => [c.item, c.fields]), [['C', ['quantity', 'amount']]])
  assert.deepEqual(d.amount, { before: '100000.00', after: '92000.00', difference: '-8000.00' })
})

test('SA-04 of two lines for one product the first goes with the first', () => {
  const d = difference({ amount: '0', lines: [line('A', '1', '10'), line('A', '2', '20')] }, { amount: '0', lines: [line('A', '1', '10'), line('A', '2', '20'), line('A', '3', '30')] })
  assert.deepEqual([d.added.length, d.removed.length, d.changed.length], [1, 0, 0])
})
