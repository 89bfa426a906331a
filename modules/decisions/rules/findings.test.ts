import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTable, type DecisionTable } from '@quancheng/process'
import { templateTable } from '../templates/index.ts'
import { tryFields, tryVariables } from './fields.ts'
import { gapTests, placeOf } from './findings.ts'
import { setCell } from './edit.ts'

const tier = templateTable('customer-tier')
const placed = (table: DecisionTable) => { const { problems, warnings } = checkTable(table); return [...problems, ...warnings].map(each => { const p = placeOf(table, each); return [each.code, p.row, p.column, p.rows] }) }

test('what the check says is found in the sheet: the cell, the two rules, the head of a column', () => {
  assert.deepEqual(placed(setCell(tier, 2, 0, '>>', true)), [['FEEL_SYNTAX', 2, 0, [2]]])
  assert.deepEqual(placed(setCell(tier, 3, 2, '"铜卡"', true)), [['VALUE_NOT_ALLOWED', 3, 2, [3]]])
  assert.deepEqual(placed(setCell(tier, 3, 2, '金卡', true)), [['VALUE_NOT_QUOTED', 3, 2, [3]]])
  assert.deepEqual(placed(setCell(tier, 0, 0, '>= 100000', true)), [['RULE_OVERLAP', 1, null, [0, 1]], ['RULE_OVERLAP', 2, null, [0, 2]]])
  assert.deepEqual(placed({ ...tier, inputs: tier.inputs.with(1, { ...tier.inputs[1]!, expression: '' }) }), [['EXPRESSION_MISSING', -1, 1, []]])
})

test('a gap that the check found can be filled by a rule with its conditions written', () => {
  for (const [row, column, text] of [[0, 0, '>= 300000'], [2, 1, '< 3'], [5, 0, '[1..9000)']] as const) {
    const open = setCell(tier, row, column, text, true)
    const gaps = checkTable(open).warnings.filter(each => each.code === 'RULE_GAP')
    assert.ok(gaps.length > 0, text)
    const closed = gaps.reduce((table, gap, i) => { const tests = gapTests(open, gap.message); assert.ok(tests, gap.message); return { ...table, rules: [...table.rules, { id: `new-${i}`, tests, outputs: ['"普通"'], note: '' }] } }, open)
    assert.deepEqual([...checkTable(closed).warnings], [], text)
  }
  assert.equal(gapTests(tier, '没有规则覆盖：年消费额 其他值'), null)
})

test('the form for trying has one field for each thing that the columns look at, with its type and choices', () => {
  const discount = templateTable('discount-approval')
  assert.deepEqual(tryFields(discount).map(f => [f.label, f.type, f.options]), [['让价（%）', 'number', []], ['合同金额', 'number', []], ['客户等级', 'string', ['钻石', '金卡', '银卡', '普通']]])
  const table = { ...discount, inputs: [{ ...discount.inputs[0]!, expression: 'order.discount' }, { ...discount.inputs[1]!, expression: 'order.amount / 2' }, discount.inputs[2]!] }
  const fields = tryFields(table, ['order', 'tier', 'factor'])
  assert.deepEqual(fields.map(f => f.path.join('.')), ['order.discount', 'tier', 'factor'])
  assert.deepEqual(tryVariables(fields, { 'order.discount': '8', tier: '金卡', factor: '{"a": [1]}' }), { order: { discount: 8 }, tier: '金卡', factor: { a: [1] } })
  assert.deepEqual(tryVariables(fields, {}), { order: { discount: null }, tier: null, factor: null })
})
