import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missingOf, totalOf, type LineView } from './lines.ts'
import { fen, sum, times, yuan } from './money.ts'
import { afterMove, served } from './stock.ts'

test('SP-31 money is exact where a float is not: 0.10 + 0.20, 3 × 19.99, a sum of nothing', () => {
  assert.deepEqual([sum(['0.10', '0.20']), times('19.99', 3), times('0.07', 999), sum([]), yuan(-5n), yuan(fen('12.5'))], ['0.30', '59.97', '69.93', '0.00', '-0.05', '12.50'])
})

test('SP-31 no move promises or takes pieces that are not there', () => {
  assert.deepEqual(afterMove({ onHand: 1, reserved: 0 }, 'reserve', 1), { onHand: 1, reserved: 1 })
  assert.equal(afterMove({ onHand: 1, reserved: 1 }, 'reserve', 1), null)
  assert.equal(afterMove({ onHand: 1, reserved: 0 }, 'use', 1), null, 'what was not reserved is not used')
  assert.deepEqual(afterMove({ onHand: 1, reserved: 1 }, 'use', 1), { onHand: 0, reserved: 0 })
  assert.deepEqual(afterMove({ onHand: 5, reserved: 3 }, 'adjust', -2), { onHand: 3, reserved: 3 })
  assert.equal(afterMove({ onHand: 5, reserved: 3 }, 'adjust', -3), null)
  assert.equal(afterMove({ onHand: 5, reserved: 0 }, 'receive', -1), null)
  assert.equal(afterMove({ onHand: 5, reserved: 0 }, 'release', 1), null)
})

test('SP-31 who asked first is served first, and nobody overtakes somebody whose pieces are not all there', () => {
  const q = [{ id: 'a', quantity: 2 }, { id: 'b', quantity: 1 }]
  assert.deepEqual([1, 2, 3].map(n => served(q, n).map(l => l.id).join('')), ['', 'a', 'ab'])
})

test('SP-31 修好 names the parts that are neither put in nor given back, and a sum above the agreed quote', () => {
  const line = (name: string, state: LineView['state'], amount = '100.00'): LineView => ({ kind: 'part', name, quantity: 1, amount, state })
  const lines = [line('屏幕', 'reserved'), line('电池', 'waiting'), line('键盘', 'used'), line('风扇', 'released')]
  assert.equal(totalOf(lines), '300.00')
  assert.deepEqual(missingOf(lines, { nodeId: 'repair', outcome: 'fixed', quoted: '300.00' }), ['配件“屏幕”用上或退回', '配件“电池”缺货，到货后用上或取消'])
  assert.deepEqual(missingOf([line('键盘', 'used')], { nodeId: 'repair', outcome: 'fixed', quoted: '99.99' }), ['明细合计 100.00 元超过报价 99.99 元，请重新报价'])
  assert.deepEqual(missingOf(lines, { nodeId: 'repair', outcome: 'return', quoted: '300.00' }), [], 'a device that goes back unrepaired gives its parts back by itself')
  assert.deepEqual(missingOf(lines, { nodeId: 'quote', outcome: 'agree', quoted: '300.01' }), ['报价金额与明细合计 300.00 元一致'])
})
