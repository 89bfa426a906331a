import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftOf, specOf, type FieldSpec } from '../pages/fieldSpec.ts'
import { changed, choose, matrix, widest, type Permission } from '../pages/grants.ts'
import { below, search, treeOf } from '../pages/tree.ts'
import { count, merge, toggle, weekdayOf, weeksOf } from '../pages/year.ts'

const unit = (id: string, parentId: string | null, code = id) => ({ id, parentId, code, name: '单位' + id })
const units = [unit('1', null), unit('2', '1', 'b'), unit('3', '1', 'a'), unit('4', '3'), unit('5', 'unseen')]

test('units form a tree; one whose parent is out of sight stands at the top', () => {
  const tree = treeOf(units)
  assert.deepEqual(tree.map(node => node.row.id), ['1', '5'])
  assert.deepEqual(tree[0]!.children.map(node => node.row.id), ['3', '2'])
})

test('searching keeps the way down to what is found', () => {
  assert.deepEqual(search(treeOf(units), '单位4').map(node => [node.row.id, node.children[0]!.row.id, node.children[0]!.children[0]!.row.id]), [['1', '3', '4']])
})

test('a unit cannot be moved below itself', () => {
  assert.deepEqual([...below(treeOf(units), '3')].sort(), ['3', '4'])
})

const permission = (code: string, scoped = true): Permission => ({ code, label: code, entity: code.split(':')[0]!, group: '', scoped })

test('a choice of scope replaces what was held; none takes the right away', () => {
  const grants = choose({ 'customer:read': ['self', 'unit'] }, permission('customer:read'), 'region')
  assert.deepEqual(grants, { 'customer:read': ['region'] })
  assert.deepEqual(choose(grants, permission('customer:read'), ''), {})
  assert.deepEqual(choose({}, permission('audit:read', false), 'self'), { 'audit:read': ['all'] })
})

test('of several scopes the widest is shown, and looking changes nothing', () => {
  assert.equal(widest({ 'customer:read': ['self', 'unitBelow'] }, 'customer:read'), 'unitBelow')
  assert.deepEqual(changed({ a: ['self', 'unit'] }, { a: ['unit', 'self'] }), [])
})

test('business verbs stand beside the common ones', () => {
  const [row] = matrix([permission('customer:read'), permission('customer:merge')], () => '客户')
  assert.equal(row!.label, '客户')
  assert.deepEqual(row!.cells.map(cell => cell?.code), ['customer:read', undefined, undefined, undefined, undefined, undefined, undefined, undefined])
  assert.deepEqual(row!.others.map(each => each.code), ['customer:merge'])
})

test('the weeks of a month begin on Monday', () => {
  const weeks = weeksOf(2026, 11)
  assert.equal(weeks[0]![6], '2026-11-01')
  assert.equal(weeks.at(-1)![0], '2026-11-30')
  assert.equal(weekdayOf('2026-11-22'), 7)
})

test('a click on a workday makes it free, on a Saturday makes it a workday, and the next click undoes it', () => {
  const workdays = [1, 2, 3, 4, 5]
  const monday = toggle({}, '2026-11-23', workdays)
  assert.deepEqual(monday, { '2026-11-23': 'off' })
  assert.deepEqual(toggle(monday, '2026-11-23', workdays), {})
  assert.deepEqual(toggle({}, '2026-11-21', workdays), { '2026-11-21': 'work' })
})

test('an imported year replaces that year and no other', () => {
  assert.deepEqual(merge({ '2026-01-01': 'off', '2027-05-01': 'off' }, { '2027-01-01': 'off' }), { '2026-01-01': 'off', '2027-01-01': 'off' })
  assert.deepEqual(count({ '2026-01-01': 'off', '2026-01-04': 'work', '2027-01-01': 'off' }, 2026), { off: 1, work: 1 })
})

test('an option that keeps its label keeps its stored value; a new one never takes an old value', () => {
  const before: FieldSpec = { type: 'choice', label: ['来源', 'Source'], options: [{ value: 'o1', label: ['网站', 'Web'] }, { value: 'o2', label: ['门店', 'Shop'] }] }
  const draft = draftOf({ id: 'f', spec: before })
  const after = specOf({ ...draft, options: '门店\n电话' }, before)
  assert.deepEqual(after.options, [{ value: 'o2', label: ['门店', 'Shop'] }, { value: 'o3', label: ['电话', ''] }])
})
