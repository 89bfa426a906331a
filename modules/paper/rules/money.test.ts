import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fenOf, totalOf, yuanText } from './money.ts'

test('amounts are added in fen, exactly', () => {
  const line = (amount: string) => ({ name: 'x', qty: '1', unitPrice: amount, amount })
  assert.equal(yuanText(totalOf([line('200.00'), line('80.5'), line('39.50')])), '¥320.00')
  assert.equal(yuanText(totalOf(Array.from({ length: 10 }, () => line('0.1')))), '¥1.00')
  assert.deepEqual([fenOf('1234567.89'), fenOf('-0.05'), totalOf([])], [123_456_789n, -5n, 0n])
  assert.deepEqual([yuanText(123_456_789n), yuanText(-5n), yuanText(100_000n)], ['¥1,234,567.89', '-¥0.05', '¥1,000.00'])
})

test('what is no amount is refused rather than printed', () => {
  for (const bad of ['', 'abc', '1.234', '1e3', 'NaN', '--1']) assert.throws(() => fenOf(bad), Error, bad)
})
