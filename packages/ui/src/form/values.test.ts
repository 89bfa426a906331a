import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldMeta } from '../core/types.ts'
import { canEdit, changes, dayOf, grouped, numberOf, orderProblems, ownUnit, problemOf, startValues } from './values.ts'

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

test('letters in a number are named, and a number may be written as people write it', () => {
  const money = field('a', { type: 'money' }), whole = field('a', { type: 'integer', min: 1 })
  for (const text of ['abc', '12元', '1.2.3', '--1', '1e5', '一百']) assert.equal(problemOf(money, text), 'notNumber', text)
  for (const text of ['1200.50', '¥1,200.5', '１２００', '-3']) assert.equal(problemOf(money, text), null, text)
  assert.equal(problemOf(money, '1.005'), 'decimals')
  assert.equal(problemOf(field('a', { type: 'decimal', scale: 3 }), '1.005'), null)
  for (const text of ['abc', '1.5']) assert.equal(problemOf(whole, text), 'notWhole', text)
  assert.equal(problemOf(whole, 0), 'tooSmall')
  assert.deepEqual(['¥1,200.50', '１２', 'x', ''].map(numberOf), ['1200.50', '12', null, null])
})

test('a day may be written in several ways; what is none, or lies in no year of a business, is named', () => {
  assert.deepEqual(['2026-1-2', '2026/01/02', '20260102', '2026年1月2日', '2026.1.2 9:30'].map(dayOf), [...Array(4).fill({ day: '2026-01-02', time: null }), { day: '2026-01-02', time: '09:30' }])
  for (const text of ['2026-02-30', '明天', '2026-13-01', '26-1-2', '2026-01-02 25:00']) assert.equal(dayOf(text), null, text)
  const day = field('a', { type: 'date' })
  assert.deepEqual(['2026-01-02', '明天', '2026-13-45', '1899-12-31', '1900-01-01', '2200-12-31', '2201-01-01', '0026-01-01'].map(text => problemOf(day, text)), [null, 'notDay', 'notDay', 'year', null, null, 'year', 'year'])
  assert.equal(problemOf(field('a', { type: 'datetime' }), '9999-01-01T00:00:00.000Z'), 'year')
})

test('an end before its start is named at the end', () => {
  const fields = [field('startsOn', { type: 'date', label: '开始' }), field('endsOn', { type: 'date', after: 'startsOn' })]
  const found = (values: Record<string, unknown>) => orderProblems(fields, each => values[each.name]).map(each => [each.field.name, each.start.label])
  assert.deepEqual(found({ startsOn: '2026-02-01', endsOn: '2026-01-31' }), [['endsOn', '开始']])
  for (const values of [{ startsOn: '2026-02-01', endsOn: '2026-02-01' }, { startsOn: '2026-02-01', endsOn: null }, { endsOn: '2026-01-31' }, { startsOn: '昨天', endsOn: '2026-01-31' }]) assert.deepEqual(found(values), [])
})

test('somebody who acts in one unit is not asked for it; somebody of several chooses', () => {
  const fields = [field('unitId', { type: 'ref', ref: 'unit', required: true })]
  assert.deepEqual(ownUnit(fields, 'u1', ['unit']), { unitId: 'u1' })
  assert.deepEqual(ownUnit(fields, 'u1', ['self', 'unitBelow']), { unitId: 'u1' })
  for (const [unit, scopes] of [['u1', ['all']], ['u1', undefined], [null, ['unit']], ['u1', ['unit', 'region']]] as const) assert.deepEqual(ownUnit(fields, unit, scopes), {})
  assert.deepEqual(ownUnit([field('unitId', { type: 'ref', ref: 'unit' })], 'u1', ['unit']), {}, 'one that may stay empty means something when it is')
})
