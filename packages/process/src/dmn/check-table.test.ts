import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkTable, compileDecisionTable, decide, fromDmnXml, toDmnXml } from './index.ts'
import { dmn, tableOf } from './testing.ts'
import type { DecisionTable } from './types.ts'
import { AGGREGATIONS, HIT_POLICIES, VALUE_TYPES } from './types.ts'

function messages(table: DecisionTable): string[] {
  const { problems, warnings } = checkTable(table)
  return [...problems, ...warnings].map((finding) => finding.message)
}

const LEVEL = { expression: '等级', values: ['"金卡"', '"银卡"', '"普通"'] }

test('DMN check: overlaps and gaps of numbers and lists are told in words', () => {
  assert.deepEqual(messages(tableOf('UNIQUE', [{ expression: '金额', type: 'number' }, LEVEL], ['y'], [
    ['< 100', '-', '1'], ['[100..200]', '"金卡"', '2'], ['[100..500)', '"银卡", "普通"', '3'], ['[200..500)', '"金卡"', '4'], ['>= 600', '-', '5'],
  ])), ['规则 2 与规则 4 在 金额 200、等级 "金卡" 重叠', '没有规则覆盖：金额 [500..600)'])
  assert.deepEqual(messages(tableOf('UNIQUE', ['x'], ['y'], [['"a"', '1'], ['"b"', '2']])), ['没有规则覆盖：x 其他值'])
  assert.deepEqual(messages(tableOf('UNIQUE', [LEVEL], ['y'], [['"金卡"', '1'], ['not("金卡")', '2']])), [])
  assert.deepEqual(messages(tableOf('UNIQUE', [LEVEL], ['y'], [['"金卡"', '1'], ['"银卡"', '2']])), ['没有规则覆盖：等级 "普通"'])
  assert.deepEqual(messages(tableOf('UNIQUE', ['x', 'z'], ['y'], [['-', '-', '1'], ['-', '', '2']])), ['规则 1 与规则 2 在任何情况下都重叠'])
  assert.deepEqual(messages(tableOf('UNIQUE', [{ expression: 'ok', type: 'boolean' }], ['y'], [['true', '1']])), ['没有规则覆盖：ok 否'])
  assert.deepEqual(messages(tableOf('UNIQUE', [{ expression: '折扣', values: ['[0..1]'] }], ['y'], [['< 0.5', '1'], ['> 0.5', '2']])), ['没有规则覆盖：折扣 0.5'])
  assert.deepEqual(messages(tableOf('UNIQUE', ['x', 'z'], ['y'], [['< 5', '-', '1'], ['>= 5', '"a"', '2'], ['>= 5', 'not("a")', '3']])), [])
})

test('DMN check: dates have nothing between one day and the next', () => {
  const days = { expression: '日期', type: 'date' as const }
  assert.deepEqual(messages(tableOf('UNIQUE', [days], ['y'], [['<= @"2026-01-31"', '1'], ['>= @"2026-02-01"', '2']])), [])
  assert.deepEqual(messages(tableOf('UNIQUE', [days], ['y'], [['< @"2026-01-31"', '1'], ['> @"2026-02-03"', '2']])), ['没有规则覆盖：日期 [2026-01-31..2026-02-03]'])
})

test('DMN check: each hit policy is asked for what matters to it', () => {
  const rules = [['> 1', '1'], ['> 5', '2'], ['<= 1', '3']]
  assert.deepEqual(messages(tableOf('FIRST', ['x'], ['y'], rules)), ['规则 2 永远不会命中：规则 1 在它前面，并且已经包括了它'])
  assert.deepEqual(messages(tableOf('ANY', ['x'], ['y'], rules)), ['规则 1 与规则 2 在 x > 5 重叠'])
  assert.deepEqual(messages(tableOf('ANY', ['x'], ['y'], [['> 1', '1'], ['> 5', '1'], ['<= 1', '3']])), [])
  assert.deepEqual(messages(tableOf('COLLECT', ['x'], ['y'], rules.slice(0, 2))), [])
  assert.deepEqual(messages(tableOf('UNIQUE', ['x'], [{ name: 'y', default: '0' }], [['> 1', '1']])), [])
})

test('DMN check: expressions in cells are left out, and that is said', () => {
  assert.deepEqual(messages(tableOf('UNIQUE', ['x'], ['y'], [['? > limit', '1'], ['< 3', '2']])), ['“x”里有表达式，重叠与遗漏可能没有找全'])
  assert.deepEqual(messages(tableOf('UNIQUE', ['x', 'z'], ['y'], [['? > limit', '< 1', '1'], ['? > limit', '< 2', '2']])), [
    '“x”里有表达式，重叠与遗漏可能没有找全', '规则 1 与规则 2 在 z < 1 重叠', '没有规则覆盖：z >= 2',
  ])
})

test('DMN check: what it says agrees with what decisions do', () => {
  const cell = fc.constantFrom('-', '< 2', '>= 2', '[1..3]', '(1..3)', '2', '1, 3', 'not(2)', '> 3', '!= 1')
  fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
    const table = tableOf('UNIQUE', ['a', 'b'], ['y'], rows.map((row, i) => [...row, String(i)]))
    const { decisions } = compileDecisionTable(table)
    const { warnings } = checkTable(table)
    let [overlap, gap] = [false, false]
    for (let a = 0; a <= 4; a += 0.5) {
      for (let b = 0; b <= 4; b += 0.5) {
        const { matched } = decide(decisions!, 'table', { a, b })
        if (matched.length > 1) overlap = true
        if (!matched.length) gap = true
      }
    }
    assert.equal(warnings.some((w) => w.code === 'RULE_OVERLAP'), overlap, 'overlap')
    assert.equal(warnings.some((w) => w.code === 'RULE_GAP'), gap, 'gap')
  }), { numRuns: 200 })
})

test('DMN check: a large table is judged soon or not at all', () => {
  const rules = Array.from({ length: 300 }, (_, i) => [`[${i * 10}..${i * 10 + 10})`, `"${i % 7}"`, `> ${i}`, String(i)])
  const { warnings } = checkTable(tableOf('UNIQUE', ['a', 'b', 'c'], ['y'], rules))
  assert.ok(warnings.length > 0 && warnings.length <= 40)
  const many = Array.from({ length: 1500 }, (_, i) => [String(i), '1'])
  assert.deepEqual(checkTable(tableOf('UNIQUE', ['a'], ['y'], many)).warnings.map((w) => w.code), ['NOT_ANALYSED'])
})

const word = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.trim().replace(/[\u0000-\u001f\ufffe\uffff]/g, '').trim()).filter((text) => text.isWellFormed())
const feel = fc.constantFrom('-', '', '< 5', '"a", "b"', 'x <= 3 and "a&b" != "<c>"', '"行\n二"', '[1..2)')
const type = fc.constantFrom(...VALUE_TYPES)
const values = fc.subarray(['"a"', '"b, c"', '[1..5]', '< 3'])

const tables: fc.Arbitrary<DecisionTable> = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3 })).chain(([inputs, outputs]) => fc.record({
  id: fc.constant('t1'), name: word.map((text) => text || '表'), hitPolicy: fc.constantFrom(...HIT_POLICIES), aggregation: fc.option(fc.constantFrom(...AGGREGATIONS)),
  inputs: fc.tuple(...Array.from({ length: inputs }, (_, i) => fc.record({ id: fc.constant(`i${i}`), label: word, expression: feel, type, values }))),
  outputs: fc.tuple(...Array.from({ length: outputs }, (_, i) => fc.record({ id: fc.constant(`o${i}`), name: word.map((text) => text || `n${i}`), label: word, type, values, default: fc.option(fc.constantFrom('1', '"x"')) }))),
  rules: fc.array(fc.record({ tests: fc.array(feel, { minLength: inputs, maxLength: inputs }), outputs: fc.array(feel, { minLength: outputs, maxLength: outputs }), note: word }), { maxLength: 4 })
    .map((rules) => rules.map((rule, i) => ({ id: `r${i}`, ...rule }))),
}))

test('DMN a table comes back from its XML as it went in', () => {
  fc.assert(fc.property(tables, (table) => {
    const { table: back, problems } = fromDmnXml(toDmnXml(table))
    assert.deepEqual(problems, [])
    assert.deepEqual(back, structuredClone(table))
  }), { numRuns: 300 })
})

test('DMN a file is opened as a table only when it is one', () => {
  const literal = '<decision id="l" name="L"><literalExpression><text>1</text></literalExpression></decision>'
  const table = '<decision id="t" name="T"><decisionTable><output /></decisionTable></decision>'
  const codes = (body: string, id?: string) => fromDmnXml(dmn(body), id).problems.map((p) => p.code)
  assert.deepEqual(codes(literal), ['NOT_A_TABLE'])
  assert.deepEqual(codes(literal + table), ['DECISION_SEVERAL'])
  assert.deepEqual(codes(literal + table, 't'), [])
  assert.deepEqual(codes(table, 'zz'), ['DECISION_NONE'])
  assert.equal(fromDmnXml(dmn(table)).table?.id, 't')
  assert.equal(fromDmnXml('<a/>').table, null)
})
