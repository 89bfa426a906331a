import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileDecisionTable, type ValueType } from '@quancheng/process'
import { readTest, testWords, writeTest } from './cell.ts'
import { typedOutput, typedTest, typedValues } from './typed.ts'

const compiles = (text: string, type: ValueType) => {
  const { problems } = compileDecisionTable({ id: 't', name: '表', hitPolicy: 'FIRST', aggregation: null, inputs: [{ id: 'i', label: '列', expression: 'x', type, values: [] }], outputs: [{ id: 'o', name: 'o', label: '', type: 'any', values: [], default: null }], rules: [{ id: 'r', tests: [text], outputs: ['1'], note: '' }] })
  assert.deepEqual(problems, [], text)
}

test('what people type into a condition becomes FEEL where only one thing can be meant', () => {
  const table: Array<[ValueType, string, string]> = [
    ['string', '金卡', '"金卡"'], ['string', '金卡、银卡', '"金卡", "银卡"'], ['string', '金卡，"银卡"', '"金卡", "银卡"'], ['string', '“金卡”', '"金卡"'], ['string', '不是普通', 'not("普通")'], ['string', '除普通、银卡外', 'not("普通", "银卡")'], ['string', '≠普通', 'not("普通")'],
    ['string', '非标', '"非标"'], ['string', '-', '-'], ['string', '', '-'], ['string', '任意', '-'], ['string', 'not("普通")', 'not("普通")'], ['string', '=级别', '级别'], ['string', 'starts with(?, "A")', 'starts with(?, "A")'], ['string', '"他说，好"', '"他说，好"'],
    ['number', '≥10000', '>= 10000'], ['number', '＞＝ 5', '>= 5'], ['number', '100~200', '[100..200]'], ['number', '1-5', '[1..5]'], ['number', '5,000', '5000'], ['number', '5, 6', '5, 6'], ['number', '不低于 3', '>= 3'], ['number', '超过10', '> 10'], ['number', '20以下', '<= 20'],
    ['number', '[1..5)', '[1..5)'], ['number', '-3', '-3'], ['number', '<5', '< 5'],
    ['boolean', '是', 'true'], ['boolean', '否', 'false'],
    ['date', '2026-1-5', '@"2026-01-05"'], ['date', '>= 2026年1月5日', '>= @"2026-01-05"'], ['date', '2026-01-01 至 2026/12/31', '[@"2026-01-01"..@"2026-12-31"]'], ['date', '[2026-01-01..2026-06-30)', '[@"2026-01-01"..@"2026-06-30")'], ['date', '@"2026-01-01"', '@"2026-01-01"'],
    ['time', '08:30', '@"08:30:00"'],
  ]
  for (const [type, from, to] of table) { assert.equal(typedTest(from, type), to, `${type} ${from}`); compiles(to, type) }
})

test('what is FEEL already stays as it is, however often it passes', () => {
  for (const [type, text] of [['string', '"金卡", "银卡"'], ['string', 'not("普通")'], ['number', '[1..5)'], ['number', '>= 10000'], ['number', '< 5, > 9'], ['date', '[@"2026-01-01"..@"2026-12-31"]'], ['boolean', 'true'], ['any', 'x * 2 > ?']] as const) assert.equal(typedTest(text, type), text)
})

test('results get their quotes too; an equals sign says that it is an expression', () => {
  assert.deepEqual([typedOutput('金卡', 'string'), typedOutput('"金卡"', 'string'), typedOutput('=amount * 0.1', 'string'), typedOutput('amount * 0.1', 'number'), typedOutput('1,200', 'number'), typedOutput('是', 'boolean'), typedOutput('', 'string'), typedOutput('2026-3-1', 'date')],
    ['"金卡"', '"金卡"', 'amount * 0.1', 'amount * 0.1', '1200', 'true', '', '@"2026-03-01"'])
  assert.deepEqual(typedValues('钻石、金卡\n"银卡"；普通', 'string'), ['"钻石"', '"金卡"', '"银卡"', '"普通"'])
  assert.deepEqual(typedValues('0~100', 'number'), ['[0..100]'])
})

test('the usual forms can be read, said in words, and written back the same', () => {
  const table: Array<[string, string]> = [['-', '任意'], ['"金卡", "银卡"', '金卡、银卡'], ['not("普通")', '除 普通 外'], ['>= 10000', '≥ 10000'], ['[50000..200000)', '50000 ~ 200000（不含）'], ['@"2026-01-01"', '2026-01-01'], ['true', '是'], ['"a\\"b"', 'a"b']]
  for (const [text, words] of table) {
    assert.equal(testWords(text), words)
    assert.equal(writeTest(readTest(text)), text)
  }
  assert.equal(readTest('starts with(?, "A")').kind, 'text')
  assert.equal(testWords('count(?) > 2'), 'count(?) > 2')
  assert.equal(testWords('< 5, [8..9]'), '< 5、8 ~ 9')
})
