import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntityMeta, FieldMeta } from '../core/types.ts'
import { both, filterable, isEmptyCondition, numbersOf, operatorsOf, pinned, splitFilter, withCondition } from './filter.ts'
import { changeState, emptyState, formatState, listHref, parseState } from './state.ts'

const field = (name: string, type: FieldMeta['type'], filter = ['eq']): FieldMeta => ({ name, type, label: name, required: false, readOnly: false, immutable: false, custom: false, access: 'edit', filter, sortable: true })
const entity: EntityMeta = {
  name: 'customer', plural: 'customers', label: '客户', module: 'customers', display: ['name'], list: ['name', 'tier'], search: true,
  actions: { create: true, update: true, remove: true, import: true, export: true, reveal: true },
  fields: [field('note', 'text'), field('name', 'text'), field('tier', 'choice'), field('kind', 'choice'), field('raw', 'json'), field('hidden', 'text', [])], related: [], tenantFields: true,
}

test('a link to a list opens it as it was', () => {
  const state = { ...emptyState, q: '腾讯', filter: { tier: { in: ['gold'] } }, sort: '-createdAt', after: 'x', columns: ['name', 'tier'], view: 'v1' }
  assert.deepEqual(parseState(formatState(state)), state)
})

test('a broken filter in a hand-made link still opens the list', () => {
  assert.deepEqual(parseState('?f=%7Bbroken').filter, {})
  assert.deepEqual(parseState('?f=[1]').filter, {})
})

test('parameters of others in the address stay', () => {
  assert.equal(formatState({ ...emptyState, q: 'a' }, '?tab=x&q=old'), '?tab=x&q=a')
})

test('what changes the rows begins at the first page, a change of columns does not', () => {
  const later = { ...emptyState, after: 'p3' }
  assert.equal(changeState(later, { q: 'x' }).after, '')
  assert.equal(changeState(later, { sort: 'name' }).after, '')
  assert.equal(changeState(later, { columns: ['name'] }).after, 'p3')
})

test('a drill-down link carries its filter', () => {
  assert.deepEqual(parseState(listHref('customers', { tier: 'gold' }).split('?')[1]!).filter, { tier: 'gold' })
})

test('conditions of known fields can be edited, the rest is carried along', () => {
  const { conditions, rest } = splitFilter({ tier: 'gold', or: [{ name: 'a' }], 'ownerId.unitId': 'u' }, entity)
  assert.deepEqual(conditions.map(each => each.field.name), ['tier'])
  assert.deepEqual(rest, { or: [{ name: 'a' }], 'ownerId.unitId': 'u' })
})

test('taking a condition away leaves the others', () => {
  assert.deepEqual(withCondition({ tier: 'gold', name: 'a' }, 'tier', undefined), { name: 'a' })
  assert.deepEqual(withCondition({}, 'tier', { in: [] }), {})
})

test('false and "is empty" are conditions, empty texts and lists are not', () => {
  assert.equal(isEmptyCondition(false), false)
  assert.equal(isEmptyCondition({ isNull: true }), false)
  assert.equal(isEmptyCondition({ gte: '', lte: '' }), true)
})

test('the fixed filter of a page and the own filter must both hold', () => {
  assert.deepEqual(both({ a: 1 }, { b: 2 }), { and: [{ a: 1 }, { b: 2 }] })
  assert.deepEqual(both({ a: 1 }, {}), { a: 1 })
  assert.equal(both(undefined, {}), undefined)
})

test('a plain value means equality', () => {
  assert.deepEqual(operatorsOf('x'), { eq: 'x' })
  assert.deepEqual(operatorsOf({ in: ['x'] }), { in: ['x'] })
})

test('fields of the list come first in the filter, those without operators not at all', () => {
  assert.deepEqual(filterable(entity).map(each => each.name), ['name', 'tier', 'note', 'kind'])
  assert.deepEqual(pinned(entity).map(each => each.name), ['tier'])
})

test('letters in a number are named before the list is asked, and a number may be written as people write it', () => {
  const money = field('amount', 'money')
  assert.equal(numbersOf(money, { gte: 'abc' }), 'badNumber')
  assert.equal(numbersOf(field('n', 'integer'), { gte: '1.5' }), 'badNumber')
  assert.equal(numbersOf(money, { gte: '10', lte: '9' }), 'badRange')
  assert.deepEqual(numbersOf(money, { gte: '1,200', lte: '' }), { gte: '1200', lte: '' })
  assert.deepEqual(numbersOf(field('name', 'text'), { contains: 'abc' }), { contains: 'abc' })
})
