import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beyond, cents, lineAmount, lineRate, share, totals, under, yuan } from './amount.ts'

test('SA-04 a line is quantity × price less its discount, rounded half-up to the cent', () => {
  for (const [quantity, unitPrice, discount, amount] of [
    ['1', '100000', '8', '92000.00'], ['3', '0.05', '10', '0.14'], ['0.333', '1', '0', '0.33'], ['1', '0.01', '50', '0.01'], ['1', '0.01', '50.01', '0.00'],
    ['10', '1.005', '0', ''], ['999999999999999', '99999999999999.99', '0', '99999999999999890000000000000.01'], ['2.5', '19.99', '12.5', '43.73'],
  ] as const) {
    if (amount) assert.equal(lineAmount({ quantity, unitPrice, discount }), amount, `${quantity} × ${unitPrice}`)
    else assert.throws(() => lineAmount({ quantity, unitPrice, discount }), RangeError)
  }
})

test('SA-04 0.1 + 0.2 is 0.30: sums are of cents, and the discount on the whole comes after those of the lines', () => {
  assert.equal(totals([{ quantity: '1', unitPrice: '0.1' }, { quantity: '1', unitPrice: '0.2' }]).amount, '0.30')
  assert.deepEqual(totals([{ quantity: '2', unitPrice: '50000', listPrice: '50000', discount: '0' }], '8'), { listAmount: '100000.00', subtotal: '100000.00', amount: '92000.00', rate: '8.00' })
  assert.deepEqual(totals([{ quantity: '1', unitPrice: '90', listPrice: '100', discount: '10' }, { quantity: '1', unitPrice: '50' }], '10'), { listAmount: '150.00', subtotal: '131.00', amount: '117.90', rate: '21.40' })
  assert.deepEqual(totals([]), { listAmount: '0.00', subtotal: '0.00', amount: '0.00', rate: '0.00' })
})

test('SA-04 a limit is kept exactly: 5 % is within 5 %, a hundredth more is not, and price, line and whole discount count together', () => {
  const line = { quantity: '1', unitPrice: '100', listPrice: '100', discount: '5' }
  assert.equal(beyond(line, '0', '5'), false)
  assert.equal(beyond({ ...line, discount: '5.01' }, '0', '5'), true)
  assert.equal(beyond({ ...line, unitPrice: '99.99' }, '0', '5'), true)
  assert.equal(beyond({ ...line, discount: '0' }, '8', '5'), true)
  assert.equal(lineRate({ ...line, discount: '3' }, '2'), '4.94')
  assert.equal(under({ ...line, discount: '0' }, '20', '80'), false)
  assert.equal(under({ ...line, discount: '0.01' }, '20', '80'), true)
})

test('Shares of an amount are rounded half-up too, and below zero away from it', () => {
  assert.equal(share('150000', '2.5'), '3750.00')
  assert.equal(share('-0.25', '2'), '-0.01')
  assert.equal(share('0.25', '2'), '0.01')
  assert.equal(yuan(cents('-12.3')), '-12.30')
})
