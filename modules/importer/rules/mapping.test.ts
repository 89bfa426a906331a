import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellOf, nameOf, reorder } from './mapping.ts'

const at = new Map([['First Name', 0], ['Last Name', 1], ['Stage', 2], ['Close Date', 3], ['Amount', 4]])

test('a name of two columns is written as its language writes it', () => {
  assert.equal(nameOf('三', '张'), '张三')
  assert.equal(nameOf('Ada', 'Lovelace'), 'Ada Lovelace')
  assert.equal(nameOf('', '王'), '王')
  assert.equal(cellOf({ from: ['First Name', 'Last Name'], join: 'name' }, at, ['三', '张']), '张三')
  assert.equal(cellOf({ from: ['First Name', 'Last Name'], join: 'name' }, at, [null, null]), null)
})

test('what the other system calls it becomes what we call it, anything else stays', () => {
  const rule = { from: ['Stage'], values: { 'Closed Won': 'won', Unknown: '' } }
  assert.equal(cellOf(rule, at, ['', '', 'Closed Won']), 'won')
  assert.equal(cellOf(rule, at, ['', '', '报价']), '报价')
  assert.equal(cellOf(rule, at, ['', '', 'Unknown']), null, 'mapped to nothing on purpose')
})

test('an empty cell takes what it is said to mean; a constant needs no column', () => {
  assert.equal(cellOf({ from: ['Stage'], otherwise: 'qualify' }, at, ['', '', null]), 'qualify')
  assert.equal(cellOf({ from: [], otherwise: 'list' }, at, []), 'list')
  assert.equal(cellOf({ from: ['没有这一列'] }, at, ['a']), null)
})

test('dates of other countries are put in order, with their time; what is no date is left for its field to refuse', () => {
  assert.equal(reorder('12/31/2026', 'mdy'), '2026-12-31')
  assert.equal(reorder('31.12.2026 09:30', 'dmy'), '2026-12-31 09:30')
  assert.equal(reorder('2026-12-31', 'mdy'), '2026-12-31')
  assert.equal(cellOf({ from: ['Close Date'], order: 'dmy' }, at, ['', '', '', '1/2/2027']), '2027-02-01')
})

test('numbers stay numbers', () => {
  assert.equal(cellOf({ from: ['Amount'] }, at, ['', '', '', '', 1200.5]), 1200.5)
  assert.equal(cellOf({ from: ['Amount'], values: { 0: '' } }, at, ['', '', '', '', 0]), null)
})
