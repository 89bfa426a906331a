import assert from 'node:assert/strict'
import { test } from 'node:test'
import { priceFor, type Book, type BookPrice, type PriceAsked } from './price-for.ts'

const book = (id: string, more: Partial<Book> = {}): Book => ({ id, customerId: null, level: null, accountType: null, standard: false, validFrom: '2026-01-01', validUntil: null, ...more })
const price = (priceBookId: string, unitPrice: string, fromQuantity = '0'): BookPrice => ({ priceBookId, productId: 'x', unit: '台', unitPrice, floorPrice: null, fromQuantity })
const asked: PriceAsked = { productId: 'x', quantity: '1', day: '2026-11-22', customers: ['branch', 'group'], level: 2, accountType: 'enterprise' }
const books = [book('own', { customerId: 'branch' }), book('group', { customerId: 'group' }), book('other', { customerId: 'somebody' }), book('level', { level: 2 }), book('level3', { level: 3 }), book('kind', { accountType: 'enterprise' }), book('std', { standard: true }), book('loose')]

test('SA-04 the nearest book counts: the own one, the group\'s, the level\'s, the kind\'s, everybody\'s', () => {
  let left = books
  for (const [id, by] of [['own', 'customer'], ['group', 'customer'], ['level', 'level'], ['kind', 'accountType'], ['std', 'standard']] as const) {
    const found = priceFor(left, books.map(b => price(b.id, '10')), asked)
    assert.deepEqual([found?.priceBookId, found?.by], [id, by])
    left = left.filter(b => b.id !== id)
  }
  assert.equal(priceFor(left, books.map(b => price(b.id, '10')), asked), null)
})

test('SA-04 of two books of a kind the newest in force counts; the last day is included, the next is not', () => {
  const two = [book('old', { standard: true }), book('new', { standard: true, validFrom: '2026-06-01', validUntil: '2026-11-22' }), book('soon', { standard: true, validFrom: '2026-12-01' })]
  const prices = two.map(b => price(b.id, '10'))
  assert.equal(priceFor(two, prices, asked)?.priceBookId, 'new')
  assert.equal(priceFor(two, prices, { ...asked, day: '2026-11-23' })?.priceBookId, 'old')
  assert.equal(priceFor(two, prices, { ...asked, day: '2025-12-31' }), null)
})

test('SA-04 start quantities are steps, and a book that begins at ten says nothing about nine', () => {
  const prices = [price('own', '90', '10'), price('own', '80', '100'), price('std', '100')]
  for (const [quantity, expected] of [['9', '100'], ['9.999', '100'], ['10', '90'], ['99', '90'], ['100', '80'], ['2000', '80']] as const) assert.equal(priceFor(books, prices, { ...asked, quantity })?.unitPrice, expected, quantity)
})
