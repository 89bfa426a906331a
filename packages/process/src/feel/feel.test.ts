import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FEEL_LIMITS, FeelDateTime, FeelError, compileFeel, compileUnaryTest } from './index.ts'

const SCOPE = {
  amount: 5000, level: 'vip', 金额: 12.5, 客户: { 等级: '金卡', 城市: ['杭州', '宁波'] }, empty: '', nothing: null, yes: true,
  items: [{ name: 'A', price: 10, qty: 2 }, { name: 'B', price: 3, qty: 5 }], numbers: [4, 1, 3], at: new Date('2026-11-22T01:02:03Z'),
}

/** Values print as JSON; dates and durations as their ISO text. */
function run(text: string, scope: Record<string, unknown> = SCOPE): unknown {
  const value = compileFeel(text).evaluate(scope)
  return typeof value === 'object' && value !== null && value.constructor !== Object && !Array.isArray(value) ? String(value) : value
}

const TABLE: [string, unknown][] = [
  // numbers
  ['1 + 2 * 3', 7], ['(1 + 2) * 3', 9], ['2 ** 3 ** 2', 64], ['-2 ** 2', 4], ['10 / 4', 2.5], ['1 / 0', null], ['0.1 + 0.2', 0.3],
  ['0.1 + 0.2 = 0.3', true], ['1.5e3', 1500], ['.5 + .5', 1], ['1 - - 1', 2], ['nothing + 1', null], ['"a" + 1', null], ['"a" + "b"', 'ab'],
  ['10 ** 400', null],
  // names and paths
  ['amount', 5000], ['金额 * 2', 25], ['客户.等级', '金卡'], ['客户.城市[1]', '杭州'], ['客户.不存在', null], ['missing', null], ['missing.a.b', null],
  ['items.name', ['A', 'B']], ['items[price > 5].name', ['A']], ['items[name = level].name', []], ['numbers[-1]', 3], ['numbers[0]', null], ['numbers[9]', null],
  ['numbers[item >= 3]', [4, 3]], ['{a: 1, "b c": 2}.a', 1], ['{a: {b: 3}}.a.b', 3], ['amount[1]', 5000],
  // comparison and three-valued logic
  ['amount > 4999', true], ['amount >= 5000 and level = "vip"', true], ['level != "vip"', false], ['nothing = null', true], ['missing != null', false],
  ['amount > nothing', null], ['amount = "5000"', null], ['[1, 2] = [1, 2]', true], ['{a: 1} = {a: 1}', true], ['{a: 1} = {a: 2}', false],
  ['true and null', null], ['false and null', false], ['null and false', false], ['true or null', true], ['null or true', true], ['false or null', null],
  ['null and null', null], ['yes and 1', null], ['not(yes)', false], ['not(null)', null], ['false or false', false], ['1 < 2 and 2 < 3', true],
  // between, in
  ['amount between 1 and 5000', true], ['amount between 1 and 2 or yes', true], ['nothing between 1 and 2', null], ['3 in [1..3]', true], ['3 in [1..3)', false],
  ['3 in [1..3[', false], ['1 in (1..3]', false], ['1 in ]1..3]', false], ['2 in (1, 2)', true], ['2 in (1, > 1)', true], ['5 in (< 3, [7..9])', false], ['level in ("vip", "金")', true],
  ['level in ["vip", "金"]', true], ['2 in [1..3] and yes', true], ['amount in > 4000', true], ['missing in (1, 2)', false], ['missing in [1..2]', null], ['1 + if yes then 1 else 2', 2], ['null in (null, 1)', true],
  // if, some, every, for
  ['if amount > 1000 then "大" else "小"', '大'], ['if null then 1 else 2', 2], ['if yes then if nothing then 1 else 2 else 3', 2],
  ['some x in numbers satisfies x > 3', true], ['every x in numbers satisfies x > 3', false], ['some x in numbers satisfies x > nothing', null],
  ['every x in [] satisfies x > 3', true], ['some x in numbers, y in numbers satisfies x + y = 8', true], ['for x in numbers return x * 2', [8, 2, 6]],
  ['for x in 1..3, y in 1..x return y', [1, 1, 2, 1, 2, 3]], ['for i in items return i.price * i.qty', [20, 15]], ['sum(for i in items return i.price * i.qty)', 35],
  // functions, names with blanks among them
  ['count(items)', 2], ['count(null)', 0], ['sum(1, 2, 3)', 6], ['sum([])', null], ['min(numbers)', 1], ['max(3, 9, 2)', 9], ['mean([1, 2])', 1.5], ['median(numbers)', 3],
  ['contains("通电测试", "电")', true], ['starts with(level, "v")', true], ['ends with(level, "x")', false], ['string length("话术😀")', 3], ['upper case("ab")', 'AB'],
  ['substring("全程服务", 3)', '服务'], ['substring("abcdef", -3, 2)', 'de'], ['substring before("a-b", "-")', 'a'], ['substring after("a-b", "-")', 'b'], ['string join(["a", "b"], "、")', 'a、b'],
  ['floor(-1.5)', -2], ['ceiling(1.2)', 2], ['floor(1.27, 1)', 1.2], ['decimal(2.5, 0)', 2], ['decimal(1.115, 2)', 1.12], ['round half up(2.5, 0)', 3], ['modulo(-5, 3)', 1], ['abs(-4)', 4],
  ['number("12.5")', 12.5], ['number("x")', null], ['string(12)', '12'], ['string([1, "a", {b: null}])', '[1, "a", {b: null}]'], ['list contains(numbers, 3)', true], ['index of([1, 2, 1], 1)', [1, 3]], ['append(numbers, 9)', [4, 1, 3, 9]],
  ['concatenate([1], [2, 3])', [1, 2, 3]], ['distinct values([1, 2, 1])', [1, 2]], ['flatten([1, [2, [3]]])', [1, 2, 3]], ['all(true, null)', null], ['any(false, true)', true],
  ['is defined(missing)', false], ['get or else(missing, 3)', 3], ['count("abc")', 1], ['upper case(3)', null], ['even(4) and odd(3)', true],
  // dates
  ['date("2026-11-22") < date("2026-11-23")', true], ['date("2026-02-30")', null], ['date(2026, 11, 22).weekday', 7], ['date("2026-01-31") + duration("P1M")', '2026-02-28'],
  ['date("2026-11-22") - date("2026-11-20") > duration("P1D")', true], ['date and time("2026-11-22T08:00:00+08:00") = date and time("2026-11-22T00:00:00Z")', true],
  ['date and time("2026-11-22T08:00:00+08:00") + @"PT2H"', '2026-11-22T10:00:00+08:00'], ['at > date and time("2026-01-01T00:00:00Z")', true], ['at.year', 2026], ['date(at)', '2026-11-22'],
  ['@"P3D".days', 3], ['duration("PT36H")', 'P1DT12H'], ['duration("P1Y").years', 1], ['date("2026-11-22") = "2026-11-22"', null], ['duration("PT1H") * 3', 'PT3H'], ['-@"PT1H"', '-PT1H'],
  // prototypes are out of reach
  ['__proto__', null], ['constructor', null], ['客户.constructor', null], ['客户.__proto__.constructor', null], ['numbers.length', [null, null, null]], ['level.length', null],
  ['toString', null], ['get value(客户, "__proto__")', null], ['hasOwnProperty', null],
  // writing habits
  ['= amount > 1', true], ['  =amount', 5000], ['amount // 注释\n > 1', true], ['/* 注 */ 1', 1], ['"a\\n\\u4e2d\\""', 'a\n中"'],
]

test('FEEL expressions give the values of the table', () => {
  for (const [text, expected] of TABLE) assert.deepEqual(run(text), expected, text)
})

test('FEEL names the variables an expression reads, not its loop variables or functions', () => {
  assert.deepEqual(compileFeel('金额 > 1 and some x in list satisfies x.a = level').variables, ['金额', 'list', 'level'])
  assert.deepEqual(compileFeel('string length(name)').variables, ['name'])
})

test('FEEL refuses bad syntax with the position', () => {
  const cases: [string, number][] = [
    ['', 0], ['1 +', 3], ['(1', 2], ['amount > > 3', 9], ['"open', 0], ['a b', 2], ['if a then b', 11], ['金额 ＞ 3', 3], ['a = 1;', 5], ['[1, 2', 5], ['= 1 + * 2', 6],
    ['x in', 4], ['function(a, a) a', 12], ['function(a) external {}', 12], ['substring("a")', 0], ['{a 1}', 4], ['"\\q"', 1], ['a.1', 1], [']1,2]', 2],
  ]
  for (const [text, position] of cases) {
    assert.throws(() => compileFeel(text), (e: unknown) => e instanceof FeelError && e.code === 'FEEL_SYNTAX' && (e.position === position || assert.fail(`${text}: ${e.position}`)), text)
  }
  assert.throws(() => compileFeel('now()'), { code: 'FEEL_UNKNOWN_FUNCTION', position: 0 })
  assert.throws(() => compileFeel('evil(1)'), { code: 'FEEL_UNKNOWN_FUNCTION', position: 0 })
  assert.throws(() => compileFeel('a.b(1)'), { code: 'FEEL_SYNTAX' })
})

test('FEEL stops what would cost too much', () => {
  const list = Array.from({ length: 1000 }, (_, i) => i)
  const costly: [string, Record<string, unknown>][] = [
    ['for a in l, b in l, c in l return a', { l: list }], ['count(for a in 1..1000000000 return a)', {}], ['some a in l, b in l satisfies a + b < 0', { l: list }],
    ['string join(for a in 1..90000 return "abcdefgh")', {}], ['distinct values(concatenate(l, l))', { l: list }],
    ['flatten(for a in 1..200 return for b in 1..200 return l)', { l: list }], ['string(for a in 1..200 return l)', { l: list }],
    ['for a in 1..90000 return upper case(t)', { t: 'x'.repeat(90_000) }], ['for a in 1..90000 return t + "x"', { t: 'x'.repeat(90_000) }],
    ['every a in 1..90000 satisfies t = u', { t: 'x'.repeat(90_000), u: `${'x'.repeat(89_999)}x` }], ['every a in 1..90000 satisfies l = m', { l: list, m: [...list] }],
  ]
  for (const [text, scope] of costly) assert.throws(() => compileFeel(text).evaluate(scope), { code: 'FEEL_TOO_COMPLEX' }, text)
  assert.throws(() => compileFeel('('.repeat(200) + '1' + ')'.repeat(200)), { code: 'FEEL_TOO_COMPLEX' })
  assert.throws(() => compileFeel('-'.repeat(200) + '1'), { code: 'FEEL_TOO_COMPLEX' })
  assert.throws(() => compileFeel('1' + '+1'.repeat(1500)), { code: 'FEEL_TOO_COMPLEX' })
  assert.throws(() => compileFeel('a'.repeat(FEEL_LIMITS.length + 1)), { code: 'FEEL_TOO_COMPLEX' })
  assert.equal(compileFeel('1' + '+1'.repeat(900)).evaluate({}), 901)
})

test('FEEL unary tests decide as a decision table cell does', () => {
  const cases: [string, unknown, boolean | null][] = [
    ['-', 1, true], ['< 5', 4, true], ['< 5', 5, false], ['"a", "b"', 'b', true], ['[1..5]', 5, true], ['(1..5)', 5, false], ['not("a", "b")', 'c', true], ['not(< 5)', 3, false],
    ['? * 2 > 10', 6, true], ['limit', 7, true], ['> limit', 8, true], ['null', null, true], ['< 5', null, null], ['-5', -5, true], ['contains(?, "电")', '通电', true], ['[1..2], [8..9]', 9, true],
  ]
  for (const [text, input, expected] of cases) assert.equal(compileUnaryTest(text).evaluate(input, { limit: 7 }), expected, text)
  assert.deepEqual(compileUnaryTest('> limit, ? = other').variables, ['limit', 'other'])
})

test('FEEL never throws anything but its own errors, whatever is typed', () => {
  const words = fc.constantFrom('1', '0.5', '"a"', 'a', '金额', 'if', 'then', 'else', 'for', 'in', 'return', 'some', 'satisfies', 'and', 'or', 'not', '(', ')', '[', ']', '{', '}', '..', '.', ',', ':', '+', '-', '**', '/', '<', '>=', '=', '!=', 'sum', 'date', 'between', 'null', 'true', '@', '?', 'count(', 'string length(')
  fc.assert(fc.property(fc.array(words, { maxLength: 14 }), fc.anything(), (parts, value) => {
    try {
      compileFeel(parts.join(' ')).evaluate({ a: value, 金额: 3 })
    } catch (error) {
      assert.ok(error instanceof FeelError, String(error))
    }
  }), { numRuns: 3000 })
})

test('FEEL keeps a JavaScript Date as an instant', () => {
  assert.ok(compileFeel('at').evaluate(SCOPE) instanceof FeelDateTime)
})
