import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DecisionTable } from '@quancheng/process'
import { difference } from './difference.ts'
import { cellAt, columnsOf, copy, duplicateRules, fill, insertInput, insertOutput, insertRules, moveColumn, moveRules, paste, removeColumn, removeRules, setCell } from './edit.ts'
import { fromTsv, toTsv } from './tsv.ts'
import { TEMPLATES, templateTable } from '../templates/index.ts'

const tier = templateTable('customer-tier')
const shape = (table: DecisionTable) => table.rules.every(rule => rule.tests.length === table.inputs.length && rule.outputs.length === table.outputs.length)
const ids = (table: DecisionTable) => table.rules.map(rule => rule.id)
const told = (from: DecisionTable, to: DecisionTable) => difference(from, to).map(c => [c.what, c.name, ...c.details.map(d => [d.text, d.before, d.after].filter(x => x !== null).join(' | '))])

test('cells of a spreadsheet are pasted: text gets quotes, rules that are missing are made, what is too wide is left out', () => {
  const { table, range } = paste(tier, { top: 5, bottom: 5, left: 0, right: 0 }, fromTsv('<10,000\t-\t普通\t备注\t多余\r\n>=1\t任意\t银卡\t"两行\n备注"\r\n'))
  assert.deepEqual(table.rules.slice(5).map(rule => [...rule.tests, ...rule.outputs, rule.note]), [['< 10000', '-', '"普通"', '备注'], ['>= 1', '-', '"银卡"', '两行\n备注']])
  assert.deepEqual(range, { top: 5, bottom: 6, left: 0, right: 3 })
  assert.equal(new Set(ids(table)).size, 7)
  assert.equal(tier.rules.length, 6, 'the old table is as it was')
})

test('one copied value fills a whole selection', () => {
  const { table } = paste(tier, { top: 0, bottom: 5, left: 2, right: 2 }, [['普通']])
  assert.deepEqual(table.rules.map(rule => rule.outputs[0]), Array.from({ length: 6 }, () => '"普通"'))
})

test('what is copied comes back the same, quotes, tabs and line ends included', () => {
  const cells = [...copy(tier, { top: 0, bottom: 5, left: 0, right: 3 }), ['"a", "b"', 'x\ty', '"', 'zwei\nZeilen']]
  assert.deepEqual(fromTsv(toTsv(cells)), cells)
  assert.deepEqual(fromTsv('"a", "b"\t1'), [['"a", "b"', '1']], 'FEEL typed into a plain text editor')
})

test('rules and columns are added, moved and removed, and every rule keeps a cell for every column', () => {
  const wide = insertOutput(insertInput(tier, 1, '渠道'), 1, '折扣')
  assert.ok(shape(wide))
  assert.deepEqual(wide.outputs.map(o => o.name), ['tier', 'result2'])
  const swapped = moveColumn(wide, columnsOf(wide)[0]!, 1)
  assert.deepEqual([swapped.inputs.map(i => i.label), swapped.rules[0]!.tests], [['渠道', '年消费额', '合作年数'], ['-', '>= 200000', '-']])
  assert.equal(moveColumn(wide, columnsOf(wide)[2]!, 1), wide, 'inputs stay before outputs')
  assert.ok(shape(removeColumn(wide, columnsOf(wide)[1]!)))
  assert.equal(removeColumn(tier, columnsOf(tier)[2]!), tier, 'the last result stays')
  assert.deepEqual(ids(moveRules(tier, 1, 2, -1)), ['rule-2', 'rule-3', 'rule-1', 'rule-4', 'rule-5', 'rule-6'])
  assert.deepEqual(ids(moveRules(tier, 1, 2, 1)), ['rule-1', 'rule-4', 'rule-2', 'rule-3', 'rule-5', 'rule-6'])
  assert.equal(moveRules(tier, 0, 0, -1), tier)
  assert.equal(moveRules(tier, 5, 5, 1), tier)
  assert.deepEqual(ids(removeRules(tier, 1, 4)), ['rule-1', 'rule-6'])
  assert.deepEqual([insertRules(tier, 1, 2).rules[1]!.tests, duplicateRules(tier, 0, 0).rules[1]!.tests], [['-', '-'], ['>= 200000', '-']])
  assert.equal(cellAt(fill(tier, 0, 3, [['见公告']]), 0, 3), '见公告')
  assert.equal(setCell(tier, 0, 2, '钻石'), tier, 'typing the same changes nothing')
})

test('the difference of two tables is told rule by rule in Chinese', () => {
  const changed = removeRules(insertRules(setCell(setCell(tier, 2, 0, '60000~200000'), 2, 3, '放宽'), 6), 0, 0)
  assert.deepEqual(told(tier, changed), [
    ['removed', '规则 1', '年消费额 ≥ 200000 → 钻石'],
    ['changed', '规则 2', '年消费额 | 50000 ~ 200000（不含） | 60000 ~ 200000', '备注 | 放宽'],
    ['added', '规则 6', '任何情况 → 空'],
  ])
  assert.deepEqual(told(tier, moveRules(tier, 5, 5, -1)).map(([what, name]) => [what, name]), [['moved', '规则 5']])
  assert.deepEqual(told(tier, insertInput({ ...tier, hitPolicy: 'FIRST' }, 0, '渠道')), [['changed', '客户分级', '命中规则 | 唯一 | 首条'], ['added', '渠道']])
  assert.deepEqual(told(tier, { ...tier, rules: tier.rules.map((rule, i) => ({ ...rule, id: `other-${i}` })) }), [], 'rules of another tool are known by what they say')
  assert.deepEqual(told(tier, tier), [])
})

test('the templates are sound: no problem, nothing overlaps, nothing is left out', async () => {
  const { checkTable } = await import('@quancheng/process')
  for (const { id, table } of TEMPLATES) assert.deepEqual({ ...checkTable(table) }, { problems: [], warnings: [] }, id)
})
