import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileDecisionTable, decide } from './index.ts'
import { tableOf } from './testing.ts'
import type { DecisionTable, HitPolicy } from './types.ts'

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null))
}

function compiled(table: DecisionTable) {
  const { decisions, problems } = compileDecisionTable(table)
  assert.deepEqual(problems, [])
  return decisions!
}

function run(table: DecisionTable, variables: Record<string, unknown>) {
  return decide(compiled(table), table.id, variables)
}

function problemsOf(table: DecisionTable): string[] {
  return compileDecisionTable(table).problems.map((problem) => `${problem.elementId} ${problem.code}`)
}

const DISCOUNT = [['"金卡"', '>= 1000', '0.2'], ['"金卡"', '< 1000', '0.1'], ['"普通"', '-', '0']]

test('DMN a unique table finds its one rule and tells which, and what it looked at', () => {
  const table = tableOf('UNIQUE', ['等级', { expression: '金额', label: '消费金额', type: 'number' }], ['折扣'], DISCOUNT)
  const result = run(table, { 等级: '金卡', 金额: 1500 })
  assert.deepEqual({ ...result }, {
    value: 0.2, matched: ['r1'], problems: [], steps: [],
    inputs: [{ id: 'in1', label: '等级', value: '金卡' }, { id: 'in2', label: '消费金额', value: 1500 }],
  })
  assert.equal(run(table, { 等级: '普通', 金额: 1 }).value, 0)
  assert.deepEqual(run(table, { 等级: '游客', 金额: 1 }).matched, [])
  assert.equal(run(table, { 等级: '游客', 金额: 1 }).value, null)
})

test('DMN every hit policy gives its own result when several rules apply', () => {
  const rules = [['> 10', '"低"', '1'], ['> 20', '"高"', '5'], ['> 20', '"中"', '3'], ['> 90', '"高"', '2']]
  const outputs = [{ name: '级别', values: ['"高"', '"中"', '"低"'] }, { name: '分', values: [] }]
  const several = (policy: HitPolicy) => plain(run(tableOf(policy, ['x'], outputs, rules), { x: 50 }).value)
  assert.deepEqual(several('FIRST'), { 级别: '低', 分: 1 })
  assert.deepEqual(several('PRIORITY'), { 级别: '高', 分: 5 })
  assert.deepEqual(several('OUTPUT ORDER'), [{ 级别: '高', 分: 5 }, { 级别: '中', 分: 3 }, { 级别: '低', 分: 1 }])
  assert.deepEqual(several('RULE ORDER'), [{ 级别: '低', 分: 1 }, { 级别: '高', 分: 5 }, { 级别: '中', 分: 3 }])
  assert.deepEqual(several('COLLECT'), several('RULE ORDER'))
  const single = (aggregation: DecisionTable['aggregation'], x: number) => run(tableOf('COLLECT', ['x'], ['分'], [['> 10', '1'], ['> 20', '5'], ['> 20', '0.1 + 0.2']], { aggregation }), { x }).value
  assert.deepEqual([single('SUM', 50), single('MIN', 50), single('MAX', 50), single('COUNT', 50), single(null, 50)], [6.3, 0.3, 5, 3, [1, 5, 0.3]])
  assert.deepEqual([single('SUM', 5), single('COUNT', 5), single(null, 5)], [null, 0, []])
  const dates = tableOf('COLLECT', ['x'], ['日期'], [['-', '@"2026-03-01"'], ['-', '@"2026-01-01"']], { aggregation: 'MIN' })
  assert.equal(plain(run(dates, {}).value), '2026-01-01')
  const mixed = tableOf('COLLECT', ['x'], ['分'], [['-', '1'], ['-', '"a"']], { aggregation: 'SUM' })
  assert.equal(run(mixed, {}).value, null)
})

test('DMN rules that must not apply together are reported instead of one being picked', () => {
  const unique = run(tableOf('UNIQUE', ['x'], ['y'], [['> 1', '1'], ['> 2', '2'], ['> 9', '3']]), { x: 5 })
  assert.deepEqual([unique.value, unique.matched, unique.problems.map((p) => p.message)], [null, ['r1', 'r2'], ['“判断”的规则 1、规则 2同时命中，而只允许一条命中']])
  const any = tableOf('ANY', ['x'], ['y'], [['> 1', '1'], ['> 2', '1'], ['> 3', '2']])
  assert.deepEqual([run(any, { x: 3 }).value, run(any, { x: 3 }).matched], [1, ['r1', 'r2']])
  assert.deepEqual([run(any, { x: 5 }).value, run(any, { x: 5 }).problems[0]?.code], [null, 'RULES_CONFLICT'])
})

test('DMN the default output stands in when no rule applies', () => {
  const outputs = [{ name: 'a', default: '"无"' }, { name: 'b', default: 'x + 1' }]
  assert.deepEqual(plain(run(tableOf('UNIQUE', ['x'], outputs, [['> 10', '1', '2']]), { x: 5 }).value), { a: '无', b: 6 })
  assert.deepEqual(plain(run(tableOf('RULE ORDER', ['x'], outputs, [['> 10', '1', '2']]), { x: 5 }).value), [{ a: '无', b: 6 }])
})

test('DMN cells are FEEL: dates, durations, lists, negation, questions, other variables', () => {
  const hit = (cell: string, value: unknown, more: Record<string, unknown> = {}) => run(tableOf('UNIQUE', ['v'], ['y'], [[cell, 'true']]), { v: value, ...more }).value === true
  const date = (text: string) => new Date(text)
  const cases: [string, unknown, boolean][] = [
    ['', 1, true], ['-', null, true], ['"a"', 'a', true], ['"a", "b"', 'b', true], ['not("a", "b")', 'c', true], ['not("a", "b")', 'a', false], ['5', 5, true], ['5', '5', false], ['-5', -5, true], ['true', true, true], ['true', false, false],
    ['[1..10]', 10, true], ['[1..10)', 10, false], ['(1..10]', 1, false], ['< 5, > 10', 11, true], ['["a", "b"]', 'b', true], ['null', null, true], ['null', 1, false], ['not(null)', 1, true], ['limit', 7, true], ['> limit', 8, true],
    ['>= date and time("2026-01-01T00:00:00Z")', date('2026-06-01T00:00:00Z'), true], ['? * 2 > 10', 6, true], ['contains(?, "电")', '通电', true], ['limit > 3', 'x', true], ['limit > 3 and ? = "y"', 'x', false], ['list contains(?, "a")', ['a'], true],
    ['< 5', null, false], ['< 5', 'x', false], ['matches(?, "^1[3-9]\\d{9}$")'.replaceAll('\\', '\\\\'), '13812345678', true],
  ]
  for (const [cell, value, expected] of cases) assert.equal(hit(cell, value, { limit: 7 }), expected, `${cell} ← ${String(value)}`)
})

test('DMN inputs are brought into the declared type, and what does not fit is said', () => {
  const typed = (type: DecisionTable['inputs'][number]['type'], cell: string, v: unknown) => {
    const { value, problems } = run(tableOf('UNIQUE', [{ expression: 'v', label: '值', type }], ['y'], [[cell, 'true']]), { v })
    return problems[0]?.message ?? value
  }
  assert.equal(typed('date', '< @"2026-01-01"', '2025-12-31'), true)
  assert.equal(typed('date', '@"2026-11-22"', new Date('2026-11-22T10:00:00Z')), true)
  assert.equal(typed('number', '12.5', '12.50'), true)
  assert.equal(typed('dateTime', '> @"2026-01-01T00:00:00Z"', '2026-01-01T00:00:01Z'), true)
  assert.equal(typed('time', '[@"08:00:00"..@"18:00:00")', '17:59:00'), true)
  assert.equal(typed('dayTimeDuration', '> @"PT48H"', 'P3D'), true)
  assert.equal(typed('number', '> 1', '很多'), '“值”应为数字')
  assert.equal(typed('date', '> @"2026-01-01"', '明天'), '“值”应为日期')
  assert.equal(typed('string', '-', 5), '“值”应为文字')
  assert.equal(typed('yearMonthDuration', '-', 'P3D'), '“值”应为年月时长')
  assert.equal(typed('number', '-', null), true)
})

test('DMN values that are not allowed are reported for inputs, and for outputs already while compiling', () => {
  const table = tableOf('UNIQUE', [{ expression: '等级', values: ['"金卡"', '"银卡"'] }], ['y'], [['-', '1']])
  assert.deepEqual(run(table, { 等级: '钻石' }).problems, [{ code: 'INPUT_NOT_ALLOWED', elementId: 'in1', message: '“等级”的值不在允许值 "金卡"、"银卡" 之内' }])
  assert.equal(run(table, { 等级: '钻石' }).value, null)
  assert.equal(run(table, { 等级: '金卡' }).value, 1)
  assert.equal(run(table, {}).value, 1)
  assert.deepEqual(problemsOf(tableOf('UNIQUE', ['x'], [{ name: 'y', values: ['"a"', '"b"'] }], [['-', '"c"']])), ['r1 VALUE_NOT_ALLOWED'])
  const computed = run(tableOf('UNIQUE', ['x'], [{ name: 'y', values: ['[0..10]'] }], [['-', 'x * 2']]), { x: 6 })
  assert.deepEqual([computed.value, computed.problems[0]?.code], [null, 'OUTPUT_NOT_ALLOWED'])
})

test('DMN a table that cannot work is refused with everything that is wrong', () => {
  const bad = tableOf('PRIORITY', ['', 'a +'], ['y', 'y'], [['> > 3', '-', '1', '2'], ['-', '1'], ['-', '-', 'evil(1)', '"x']], { aggregation: 'SUM' })
  assert.deepEqual(problemsOf(bad).toSorted(), [
    'in1 EXPRESSION_MISSING', 'in2 FEEL_SYNTAX', 'out2 NAME_DUPLICATE', 'r1 FEEL_SYNTAX', 'r2 RULE_SHAPE', 'r3 FEEL_SYNTAX', 'r3 FEEL_UNKNOWN_FUNCTION',
    'table AGGREGATION_INVALID', 'table AGGREGATION_INVALID', 'table OUTPUT_VALUES_MISSING',
  ])
  assert.deepEqual(problemsOf(tableOf('UNIQUE', ['x'], [], [])), ['table TABLE_EMPTY'])
  assert.deepEqual(problemsOf(tableOf('UNIQUE', ['x'], ['__proto__', 'b'], [])), ['out1 NAME_INVALID'])
  const { warnings } = compileDecisionTable(tableOf('UNIQUE', ['等级'], ['y'], [['金卡', '银卡']]))
  assert.deepEqual(warnings.map((w) => w.message), ['规则 1 的“等级”写的 金卡 会当作变量；如果是文字，请加引号："金卡"', '规则 1 的“y”写的 银卡 会当作变量；如果是文字，请加引号："银卡"'])
})

test('DMN decisions share an allowance and stop at its end', () => {
  const table = tableOf('COLLECT', ['x'], ['y'], [['-', 'count(for a in 1..30000 return a)']])
  const decisions = compiled(table)
  const meter = { steps: 0 }
  decide(decisions, 'table', {}, meter)
  assert.ok(meter.steps > 30_000)
  assert.throws(() => { for (let i = 0; i < 10; i += 1) decide(decisions, 'table', {}, meter) }, { code: 'FEEL_TOO_COMPLEX' })
  assert.throws(() => decide(decisions, 'nobody', {}), { code: 'DECISION_UNKNOWN' })
})

/** A slow and simple reading of a table, to compare with. */
function oracle(rows: [string, string][], a: string, b: number): string[] {
  const fitsA = (cell: string) => cell === '-' || cell.split(', ').includes(`"${a}"`)
  const fitsB = (cell: string) => cell === '-' || (cell.startsWith('<') ? b < Number(cell.slice(2)) : cell.startsWith('>=') ? b >= Number(cell.slice(3)) : b === Number(cell))
  return rows.flatMap(([x, y], i) => (fitsA(x) && fitsB(y) ? [`r${i + 1}`] : []))
}

test('DMN the index over a column changes nothing about which rules apply', () => {
  const cellA = fc.constantFrom('-', '"a"', '"b"', '"c"', '"a", "b"', '"d", "a"')
  const cellB = fc.constantFrom('-', '< 3', '>= 3', '5', '< 9')
  fc.assert(fc.property(fc.array(fc.tuple(cellA, cellB), { minLength: 1, maxLength: 30 }), fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(10), (rows, a, b) => {
    const result = run(tableOf('RULE ORDER', ['a', 'b'], ['y'], rows.map((row, i) => [...row, String(i)])), { a, b })
    assert.deepEqual(result.matched, oracle(rows, a, b))
    assert.deepEqual(result.value, oracle(rows, a, b).map((id) => Number(id.slice(1)) - 1))
  }), { numRuns: 300 })
})

test('DMN prototypes are out of reach of a table', () => {
  assert.equal(run(tableOf('UNIQUE', ['constructor'], ['y'], [['null', 'true']]), {}).value, true)
  assert.equal(run(tableOf('UNIQUE', ['v.__proto__'], ['y'], [['null', 'true']]), { v: {} }).value, true)
})
