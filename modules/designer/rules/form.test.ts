import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drop, entry, insert, keyOf, move, readForm, relabel, remove, rename, writeForm, type Entry, type FormElement } from './form.ts'
import { lintForm } from './form-lint.ts'

const section = (id: string) => entry('section', { id, label: id.toUpperCase() })
const field = (id: string, more: Partial<Entry> = {}) => entry('field', { id, ...more })
const item = (id: string) => entry('item', { id, label: id })
const said = (form: readonly Entry[]) => form.map(e => e.id).join(' ')
const el = (type: string, values: FormElement['values']): FormElement => ({ type: `qc:${type}`, values })

test('a form from before is read as it is shown and written as it stood, whatever was changed in between', () => {
  const old = [el('Field', { name: 'days', required: true }), el('Item', { id: 'cover', label: '已代班', required: true, outcomes: 'yes, no' }), el('Script', { id: 'hi', text: '您好' })]
  const form = readForm(old)
  assert.equal(said(form), 'hi cover days')
  assert.deepEqual(form[1]!.outcomes, ['yes', 'no'])
  assert.deepEqual(writeForm(form).map(e => [e.type, e.values['name'] ?? e.values['id']]), [['qc:Field', 'days'], ['qc:Item', 'cover'], ['qc:Script', 'hi']])
  assert.deepEqual(readForm(writeForm(form)), form)
})

test('with a section the order of the file is the order of the form, ticks among the fields', () => {
  const elements = [el('Section', { id: 'a', label: '基本' }), el('Field', { name: 'x', width: 'half', default: '1', visibleWhen: 'y > 1', help: '说明' }), el('Item', { id: 'i', label: '打勾' }), el('Section', { id: 'b', label: '其他' }), el('Script', { text: '您好' }), el('Field', { name: 'y', type: 'choice', options: '红|黄 | 蓝' })]
  const form = readForm(elements)
  assert.equal(said(form), 'a x i b script1 y')
  assert.deepEqual([form[1]!.width, form[1]!.initial, form[1]!.visibleWhen, form[1]!.help, form[5]!.options], ['half', '1', 'y > 1', '说明', ['红', '黄', '蓝']])
  assert.deepEqual(readForm(writeForm(form)), form)
  assert.equal(writeForm(form).at(-1)!.values['options'], '红|黄|蓝')
})

test('by keyboard a field goes from section to section, a section takes its fields along, and at the ends nothing moves', () => {
  const form = [section('a'), field('x'), field('y'), section('b'), field('z')]
  assert.equal(said(move(form, 'field:y', 1)), 'a x b y z')
  assert.equal(said(move(form, 'field:z', -1)), 'a x y z b')
  assert.equal(said(move(form, 'section:a', 1)), 'b z a x y')
  assert.equal(said(move(form, 'section:b', -1)), 'b z a x y')
  assert.equal(said(move(form, 'section:b', 1)), said(form))
  assert.equal(said(move(form, 'section:a', -1)), said(form))
  assert.equal(said(move(form, 'field:z', 1)), said(form))
  const plain = [item('i'), field('x'), field('y')]
  assert.equal(said(move(plain, 'field:x', -1)), said(plain), 'without sections ticks stand above the fields')
  assert.equal(said(move(plain, 'field:y', -1)), 'i y x')
})

test('dragging puts a thing before another or at the end; a section does not fall into itself; moving loses nothing', () => {
  const form = [section('a'), field('x'), field('y'), section('b'), field('z')]
  assert.equal(said(drop(form, 'field:z', 'field:x')), 'a z x y b')
  assert.equal(said(drop(form, 'field:x', null)), 'a y b z x')
  assert.equal(said(drop(form, 'field:x', 'section:b')), 'a y x b z')
  assert.equal(said(drop(form, 'section:b', 'section:a')), 'b z a x y')
  assert.equal(said(drop(form, 'section:a', 'field:y')), said(form))
  assert.equal(said(drop(form, 'section:a', null)), 'b z a x y')
  const ids = [...form.map(keyOf), null]
  for (const from of form.map(keyOf)) for (const to of ids) assert.deepEqual(drop(form, from, to).map(keyOf).toSorted(), form.map(keyOf).toSorted(), `${from} → ${to}`)
})

test('what is added stands behind what is selected, and is taken away alone: the fields of a section that goes stay', () => {
  const form = [section('a'), field('x')]
  assert.equal(said(insert(form, field('y'), { after: 'section:a' })), 'a y x')
  assert.equal(said(insert(form, field('y'), { before: 'field:x' })), 'a y x')
  assert.equal(said(insert(form, field('y'))), 'a x y')
  assert.equal(said(insert([field('x')], item('i'), { after: 'field:x' })), 'i x', 'without sections in the order of the page')
  assert.equal(said(remove(form, 'section:a')), 'x')
  assert.equal(said(remove([field('x'), field('y'), field('x')], 'field:x')), 'x y', 'of two with one name the later one goes')
})

test('a new variable takes its name from its label once; afterwards the name stays', () => {
  const form = [field('field1', { type: 'number' }), field('days', { type: 'number' })]
  const named = relabel(form, 'field:field1', '请假天数')
  assert.deepEqual([named.key, named.form[0]!.id, named.form[0]!.label], ['field:请假天数', '请假天数', '请假天数'])
  assert.equal(relabel(named.form, named.key, '天数').key, 'field:请假天数')
  assert.equal(relabel(form, 'field:field1', 'days').key, 'field:field1', 'that name is taken')
  assert.equal(rename(form, 'field:field1', 'days'), null, 'two of one name could not be told apart any more')
  assert.equal(rename(form, 'field:field1', 'weeks')!.key, 'field:weeks')
  assert.equal(relabel(form, 'field:field1', '第 1 天').key, 'field:field1', 'no name of a variable')
})

test('what is wrong is told at the entry and its setting: names, options, expressions, results, what cannot be written', () => {
  const codes = (form: Entry[], fields: Map<string, { fixed: boolean }> | null = null) => lintForm(form, { fields, outcomes: new Set(['yes']) }).map(l => `${l.key} ${l.on} ${l.code}`)
  assert.deepEqual(codes([field('天数', { type: 'number', visibleWhen: '金额 > 1', outcomes: ['yes'] })]), [])
  assert.deepEqual(codes([field('1x', { type: 'text' }), field('outcome', { type: 'text' })]), ['field:1x id NAME_BAD', 'field:outcome id NAME_BAD'])
  assert.deepEqual(codes([field('x'), field('x')]), ['field:x id NAME_TWICE', 'field:x id NAME_TWICE'])
  assert.deepEqual(codes([field('c', { type: 'choice' }), field('d', { type: 'choice', options: ['红', '红'] })]), ['field:c options OPTIONS_MISSING', 'field:d options OPTIONS_TWICE'])
  assert.deepEqual(codes([field('x', { visibleWhen: 'y >', initial: 'nope(1)' })]), ['field:x initial FEEL', 'field:x visibleWhen FEEL'])
  assert.deepEqual(codes([field('x', { visibleWhen: 'x > 1' })]), ['field:x visibleWhen SELF'])
  assert.deepEqual(codes([field('x', { outcomes: ['maybe'] }), section('s'), entry('item', { id: 'i' })]), ['field:x outcomes OUTCOME_UNKNOWN', 'item:i label LABEL_MISSING'])
  assert.deepEqual(codes([field('number'), field('gone'), field('title', { type: 'text' }), field('number2', { readonly: true, initial: '1' })], new Map([['number', { fixed: true }], ['title', { fixed: false }], ['number2', { fixed: true }]])), ['field:number readonly NOT_WRITABLE', 'field:gone id NAME_UNKNOWN', 'field:title id TYPE_OF_RECORD', 'field:number2 initial READONLY_INITIAL'])
})
