import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldMeta } from '../core/types.ts'
import { canEdit, changes, grouped, problemOf, startValues } from './values.ts'

const field = (name: string, patch: Partial<FieldMeta> = {}): FieldMeta => ({ name, type: 'text', label: name, required: false, readOnly: false, immutable: false, custom: false, access: 'edit', filter: [], sortable: true, ...patch })

test('a change sends only what differs, so two people may change different fields', () => {
  const fields = [field('name'), field('phone'), field('tags', { type: 'choices' })]
  assert.deepEqual(changes(fields, { id: '1', name: '甲', phone: '138', tags: ['a'] }, { name: '乙', phone: '138', tags: ['a'] }), { name: '乙' })
})

test('an emptied box is sent as null, blanks around a text are not sent', () => {
  assert.deepEqual(changes([field('name'), field('note')], { id: '1', name: '甲', note: 'x' }, { name: ' 乙 ', note: '' }), { name: '乙', note: null })
})

test('a new record leaves out what was not filled in', () => {
  assert.deepEqual(changes([field('name'), field('note')], undefined, { name: '甲', note: '' }), { name: '甲' })
})

test('immutable fields are open at creation only, masked and read-only ones never', () => {
  assert.equal(canEdit(field('a', { immutable: true }), true), true)
  assert.equal(canEdit(field('a', { immutable: true }), false), false)
  assert.equal(canEdit(field('a', { access: 'mask' }), true), false)
  assert.equal(canEdit(field('a', { readOnly: true }), true), false)
  assert.equal(canEdit(field('a', { type: 'serial' }), true), false)
})

test('required, length, bounds and pattern are told before the server is asked', () => {
  assert.equal(problemOf(field('a', { required: true }), '  '), 'required')
  assert.equal(problemOf(field('a', { max: 3 }), '一二三四'), 'tooLong')
  assert.equal(problemOf(field('a', { type: 'money', min: 0 }), '-1'), 'tooSmall')
  assert.equal(problemOf(field('a', { type: 'integer', max: 5 }), 6), 'tooLarge')
  assert.equal(problemOf(field('a', { pattern: '1\\d{10}' }), '12345'), 'pattern')
  assert.equal(problemOf(field('a', { pattern: '1\\d{10}' }), '13800000001'), null)
  assert.equal(problemOf(field('a', { pattern: '(' }), 'x'), null)
  assert.equal(problemOf(field('a', { type: 'phone' }), '一三八0000'), 'pattern')
  assert.equal(problemOf(field('a', { type: 'phone' }), '１３８ 0000-0001'), null)
  assert.equal(problemOf(field('a', { type: 'boolean', required: true }), false), null)
})

test('values from an address take the type of their field', () => {
  assert.deepEqual(startValues([field('a', { type: 'integer' }), field('b', { type: 'boolean' }), field('c', { default: 'x' })], { a: '3', b: 'true' }), { a: 3, b: true, c: 'x' })
})

test('groups keep the order in which they first appear', () => {
  assert.deepEqual(grouped([field('a', { group: '甲' }), field('b'), field('c', { group: '甲' })]).map(each => [each.group, each.fields.map(one => one.name)]), [['甲', ['a', 'c']], ['', ['b']]])
})
