import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountText, emptyLine, pasted, placeOf, problemOf, sums, toSend } from './lines.ts'

const line = (more: Record<string, string>) => ({ ...emptyLine(), item: '安装', unitPrice: '100', ...more })

test('SA-04 the editor adds up while one types, with full-width digits and thousands, by the same rule as the server', () => {
  assert.equal(amountText(line({ quantity: '１０', unitPrice: '1,000', discount: '8%' })), '9200.00')
  assert.equal(amountText(line({ quantity: '-' })), '')
  assert.deepEqual([sums([line({}), emptyLine()], '8')?.amount, sums([line({ quantity: 'x' })], '')], ['92.00', null])
})

test('SA-04 what is wrong is told at its field; an empty line is none', () => {
  for (const [more, field] of [[{ quantity: '0' }, 'quantity'], [{ quantity: '1.2345' }, 'quantity'], [{ unitPrice: 'abc' }, 'unitPrice'], [{ discount: '101' }, 'discount'], [{ item: ' ', unitPrice: '5' }, 'item']] as const) assert.deepEqual(problemOf([emptyLine(), line(more)]), { row: 1, field, code: field === 'unitPrice' ? 'price' : field })
  assert.equal(problemOf([line({}), emptyLine()]), null)
  assert.deepEqual(problemOf([line({ quantity: '999999999999', unitPrice: '999', discount: '100' })]), { row: 0, field: 'quantity', code: 'tooMuch' })
  assert.equal(problemOf([line({ quantity: '100000000', unitPrice: '99.99' })]), null)
  // what the server refuses stands at its line, though empty ones were not sent
  assert.deepEqual([placeOf([line({}), emptyLine(), line({})], 'lines.1.discount'), placeOf([line({})], 'discount'), placeOf([line({})], 'lines.7.quantity')], [{ row: 2, field: 'discount' }, null, null])
  assert.deepEqual(toSend([line({ discount: '8%' }), emptyLine()]), [{ productId: null, item: '安装', unit: null, quantity: '1', unitPrice: '100', discount: '8' }])
})

test('SA-04 rows of a spreadsheet become lines, the row of headings does not, one word stays a word', () => {
  assert.deepEqual(pasted('编码\t数量\t单价\nX1\t10\t1,000\nC1\n'), [{ code: 'X1', quantity: '10', unitPrice: '1000', discount: '' }, { code: 'C1', quantity: '1', unitPrice: '', discount: '' }])
  assert.equal(pasted('笔记本 X1\n'), null)
})
