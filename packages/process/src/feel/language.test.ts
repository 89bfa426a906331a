import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFeel, compileUnaryTest } from './index.ts'

const SCOPE = {
  numbers: [4, 1, 3], 'monthly salary': 8000, 'Pre-Check': true, loan: { 'interest rate': 0.05 }, 金额: 12.5, nothing: null,
  orders: [{ id: 1, lines: [{ sku: 'A', qty: 2 }, { sku: 'B', qty: 1 }] }, { id: 2, lines: [{ sku: 'A', qty: 5 }] }],
}

function run(text: string, names: string[] = ['monthly salary', 'Pre-Check', 'interest rate']): unknown {
  const value = compileFeel(text, { names }).evaluate(SCOPE)
  return JSON.parse(JSON.stringify(value ?? null))
}

function check(table: [string, unknown][]): void {
  for (const [text, expected] of table) assert.deepEqual(run(text), expected, text)
}

test('FEEL functions are values: defined, named, passed on, called by name or place', () => check([
  ['{f: function(a, b) a - b, r: f(5, 3)}.r', 2], ['{f: function(a, b) a - b, r: f(b: 5, a: 3)}.r', -2], ['{f: function(a, b) a - b, r: f(1)}.r', null],
  ['{f: function(a, b) a - b, r: f(a: 1, c: 2)}.r', null], ['(function(x) x * 2)(21)', 42], ['{f: function(x: number) x, r: f("a")}.r', null], ['{f: function(x: number) x, r: f(1)}.r', 1],
  ['{make: function(n) function(x) x + n, r: make(3)(4)}.r', 7], ['{f: function(self, n) if n <= 1 then 1 else n * self(self, n - 1), r: f(f, 5)}.r', 120],
  ['for n in [1, 2] return {f: function(x) x * n}.f(10)', [10, 20]], ['{t: function(list, f) for x in list return f(x), r: t([1, 2], function(x) x + 1)}.r', [2, 3]],
  ['{f: function() 7, r: f()}.r', 7], ['{f: 3, r: f(1)}.r', null], ['{k: 2, f: function(x) x * k, r: f(4)}.r', 8], ['{f: function(金额) 金额 + 1, r: f(1)}.r', 2],
  ['string({f: function(a, b) a}.f)', 'function(a, b)'], ['function(a) a', null],
]))

test('FEEL built-in functions take named arguments too', () => check([
  ['substring(string: "foobar", start position: 4)', 'bar'], ['substring(start position: 2, string: "foobar", length: 2)', 'oo'], ['date(year: 2026, month: 1, day: 2)', '2026-01-02'],
  ['number(from: "1 000,5", decimal separator: ",", grouping separator: " ")', 1000.5], ['contains(match: "a", string: "abc")', true], ['sum(list: [1, 2])', 3], ['sort(list: [2, 1], precedes: function(x, y) x < y)', [1, 2]],
  ['number(from: "1,5", decimal separator: ",")', 1.5],
]))

test('FEEL names may have blanks and signs when they are known, or backticks', () => check([
  ['monthly salary * 12', 96000], ['if Pre-Check then 1 else 2', 1], ['loan.interest rate * 100', 5], ['{first name: "a", r: first name + "b"}.r', 'ab'], ['{first name: "a"}.first name', 'a'],
  ['`monthly salary` + 1', 8001], ['loan.`interest rate`', 0.05], ['for one thing in [1, 2] return one thing + 1', [2, 3]], ['{"a b": 1}.a b', 1], ['numbers[item > 1]', [4, 3]], ['monthly   salary', 8000],
]))

test('FEEL instance of tells the kinds of values apart', () => check([
  ['1 instance of number', true], ['"a" instance of string', true], ['1 instance of string', false], ['true instance of boolean', true], ['@"2026-01-01" instance of date', true], ['@"10:00:00" instance of time', true],
  ['@"2026-01-01T00:00:00" instance of date and time', true], ['@"P1D" instance of days and time duration', true], ['@"P1Y" instance of years and months duration', true], ['@"P1Y" instance of days and time duration', false],
  ['[1, 2] instance of list<number>', true], ['[1, "a"] instance of list<number>', false], ['[] instance of list<number>', true], ['{a: 1} instance of context<a: number>', true], ['{b: 1} instance of context<a: number>', false],
  ['{a: 1} instance of context', true], ['[1..2] instance of range<number>', true], ['null instance of Null', true], ['null instance of Any', false], ['3 instance of Any', true],
  ['(function(a) a) instance of function<number> -> number', true], ['3 instance of function', false],
]))

test('FEEL loops: several lists, earlier names in later lists, partial, days, downwards', () => check([
  ['for i in 1..4 return if i = 1 then 1 else i * partial[-1]', [1, 2, 6, 24]], ['for i in 1..3 return count(partial)', [0, 1, 2]], ['for i in 3..1 return i', [3, 2, 1]], ['for o in orders, l in o.lines return l.qty', [2, 1, 5]],
  ['for d in @"2026-02-27"..@"2026-03-01" return string(d)', ['2026-02-27', '2026-02-28', '2026-03-01']], ['some o in orders, l in o.lines satisfies l.qty > 4', true], ['every o in orders, l in o.lines satisfies l.sku = "A"', false],
  ['for i in 1..2 return for j in 1..i return i * j', [[1], [2, 4]]], ['for i in 1..3 return partial', [[], [[]], [[], [[]]]]], ['for x in 5 return x', [5]],
]))

test('FEEL filters: by item, by fields, chained, with paths over lists', () => check([
  ['orders[id = 2].lines[1].sku', ['A']], ['orders[1].lines[qty > 1].sku', ['A']], ['orders[item.id > 1].id', [2]], ['flatten(orders.lines)[sku = "A"].qty', [2, 5]], ['[1, 2, 3, 4][item > 1][-1]', 4],
  ['[[1, 2], [3]][count(item) = 1]', [[3]]], ['"a"[item = "a"]', ['a']], ['nothing[item > 1]', []], ['numbers[1 + 1]', 1],
]))

test('FEEL ranges have ends, are values, and stand in Allen’s relations', () => check([
  ['[1..5].start', 1], ['(1..5].start included', false], ['(1..5].end included', true], ['[1..5] = [1..5]', true], ['[1..5] = (1..5]', false], ['[1..3] in ([1..3], [4..5])', true], ['@"2026-01-05" in [@"2026-01-01"..@"2026-02-01")', true],
  ['before(1, 10)', true], ['before(1, [1..10])', false], ['before(1, (1..10])', true], ['before([1..10), 10)', true], ['before([1..5], [6..10])', true], ['after(11, [1..10])', true], ['after([5..10], [1..5))', true],
  ['meets([1..5], [5..10])', true], ['meets([1..5), [5..10])', false], ['met by([5..10], [1..5])', true], ['overlaps([1..5], [3..8])', true], ['overlaps([1..5], [6..8])', false], ['overlaps([1..5], (5..8])', false], ['overlaps([1..5], [5..8])', true],
  ['overlaps before([1..5], [3..8])', true], ['overlaps before([3..8], [1..5])', false], ['overlaps before([1..5], (1..8])', true], ['overlaps before([1..5), [5..8])', false], ['overlaps after([3..8], [1..5])', true], ['overlaps after([1..5], [3..8])', false],
  ['finishes(10, [1..10])', true], ['finishes(10, [1..10))', false], ['finishes([5..10], [1..10])', true], ['finished by([1..10], 10)', true], ['finished by([1..10], [5..10])', true],
  ['includes([1..10], 5)', true], ['includes([1..10), 10)', false], ['includes([1..10], (1..10))', true], ['includes((1..10), [1..10])', false], ['during(5, [1..10])', true], ['during([4..6], [1..10])', true],
  ['starts(1, [1..10])', true], ['starts(1, (1..10])', false], ['starts([1..5], [1..10])', true], ['started by([1..10], [1..5])', true], ['coincides(5, 5)', true], ['coincides([1..5], [1..5])', true], ['coincides([1..5], [1..6])', false],
  ['before(1, "a")', null], ['meets(1, [1..2])', null], ['before(@"2026-01-01", @"2026-01-02")', true],
]))

test('FEEL dates, times, zones and durations by the standard', () => check([
  ['@"10:30:00" + @"PT2H"', '12:30:00'], ['@"23:30:00" + @"PT1H"', '00:30:00'], ['@"10:30:00" - @"09:00:00"', 'PT1H30M'], ['time("10:30:00+08:00").time offset', 'PT8H'], ['@"10:30:00+08:00" = @"02:30:00Z"', true], ['time(10, 30, 0)', '10:30:00'],
  ['time(10, 30, 0, @"PT8H")', '10:30:00+08:00'], ['time("25:00:00")', null], ['time(@"2026-01-01T08:15:30.5Z")', '08:15:30.500Z'], ['@"10:30:00".minute', 30], ['@"10:30:00".year', null],
  ['date and time(@"2026-01-02", @"10:00:00")', '2026-01-02T10:00:00'], ['date and time("2026-01-02")', '2026-01-02T00:00:00'], ['@"2026-07-01T12:00:00@Europe/Paris" = @"2026-07-01T10:00:00Z"', true], ['@"2026-01-01T12:00:00@Europe/Paris" = @"2026-01-01T11:00:00Z"', true],
  ['@"2026-07-01T12:00:00@Asia/Shanghai".time offset', 'PT8H'], ['@"2026-07-01T12:00:00@Asia/Shanghai".timezone', 'Asia/Shanghai'], ['@"2026-07-01T12:00:00@Mars/Base"', null], ['@"2026-03-28T12:00:00@Europe/Paris" + @"PT24H"', '2026-03-29T13:00:00@Europe/Paris'],
  ['@"2026-02-28T12:00:00@Europe/Paris" + @"P1M"', '2026-03-28T12:00:00@Europe/Paris'], ['@"2026-02-28T12:00:00@Europe/Paris" + @"P2M" - @"2026-02-28T12:00:00@Europe/Paris"', 'P58DT23H'],
  ['years and months duration(@"2025-11-20", @"2026-12-19")', 'P1Y'], ['years and months duration(@"2026-12-19", @"2025-11-20")', '-P1Y'], ['years and months duration(@"2026-01-01", @"2026-03-01")', 'P2M'], ['@"P1Y2M"', 'P1Y2M'], ['@"P14M".years', 1], ['@"P14M".months', 2],
  ['@"P1D" / @"PT6H"', 4], ['@"P1D" / 2', 'PT12H'], ['@"P1Y" / @"P1M"', 12], ['@"P1D" / 0', null], ['@"P1Y" + @"P1D"', null], ['@"P1D" * 1.5', 'P1DT12H'], ['2 * @"P1M"', 'P2M'], ['abs(-3)', 3], ['@"PT1H" > @"PT59M"', true],
  ['day of week(@"2026-11-22")', 'Sunday'], ['day of year(@"2026-02-01")', 32], ['month of year(@"2026-02-01")', 'February'], ['week of year(@"2026-01-01")', 1], ['week of year(@"2027-01-01")', 53], ['last day of month(@"2028-02-10")', '2028-02-29'],
  ['@"2026-01-03" - @"2026-01-01T12:00:00Z"', 'P1DT12H'], ['@"2026-01-01" + @"PT25H"', '2026-01-02'], ['@"2026-13-01"', null], ['date(@"2026-01-01T23:00:00-05:00")', '2026-01-01'], ['@"2026-03-31" - @"P1M"', '2026-02-28'], ['duration("P1Y1D")', null],
  ['@"2026-01-01T00:00:00" < @"2026-01-01T00:00:01"', true], ['@"-PT30M"', '-PT30M'], ['@"PT0S"', 'PT0S'], ['@"PT1.5S"', 'PT1.5S'],
]))

test('FEEL patterns: the safe part of regular expressions', () => check([
  ['matches("13812345678", "^1[3-9]\\\\d{9}$")', true], ['matches("23812345678", "^1[3-9]\\\\d{9}$")', false], ['matches("foobar", "fo*b")', true], ['matches("foobar", "^Fo", "i")', true], ['matches("a\\nb", "a.b")', false], ['matches("a\\nb", "a.b", "s")', true],
  ['matches("a\\nb", "^b$", "m")', true], ['matches("hello", " h e l l o ", "x")', true], ['matches("a.b", "a.b", "q")', true], ['matches("axb", "a.b", "q")', false], ['matches("(", "(", "q")', true], ['matches("空调", "^\\\\p{Han}+$")', true], 
  ['matches("ab", "^(a|b){2}$")', true], ['matches("abc", "^(a|b){2}$")', false], ['matches("", "^$")', true], ['matches(3, "a")', null], ['matches("a]", "[\\\\]]")', true], ['matches("a-b", "a[-x]b")', true], ['matches("b", "[^a]")', true], ['matches("😀", "^.$")', true],
  ['matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "^(a+)+$")', false], ['matches("aaa", "^a{2,3}$")', true], ['matches("aaaa", "^a{2,3}$")', false], ['matches("ac", "^ab?c$")', true], ['matches("A1_中", "^\\\\w+$")', true],
  ['replace("banana", "a", "o")', 'bonono'], ['replace("2026-11-22", "(\\\\d+)-(\\\\d+)-(\\\\d+)", "$3/$2/$1")', '22/11/2026'], ['replace("abc", "[a-z]", "#")', '###'], ['replace("a1b22", "[0-9]+", "<$0>")', 'a<1>b<22>'], ['replace("abracadabra", "a.*a", "*")', '*'],
  ['replace("abracadabra", "a.*?a", "*")', '*c*bra'], ['replace("abc", "x*", "-")', null], ['replace("abc", "b", "$")', null], ['replace("abc", "b", "\\\\$")', 'a$c'], ['replace("aAa", "a", "x", "i")', 'xxx'], ['replace("abcd", "(ab)|(cd)", "[$1|$2]")', '[ab|][|cd]'],
  ['split("John Doe", "\\\\s")', ['John', 'Doe']], ['split("a;b;;c", ";")', ['a', 'b', '', 'c']], ['split("杭州，宁波、温州", "[，、]")', ['杭州', '宁波', '温州']], ['split("abc", "")', null], ['extract("编号 A12、B7", "[A-Z]\\\\d+")', ['A12', 'B7']],
]))

test('FEEL refuses patterns that are wrong or need more than a finite machine', () => {
  for (const pattern of ['(a', 'a)', '[a', 'a**', '*a', '(?=a)', '(?<n>a)', '(a)\\\\1', 'a{3,2}', '\\\\q', '[z-a]', 'a{1000}{1000}', '(((a{99}){99}){99})', '((?:){9999}){9999}a{2', '\\\\p{Weird}']) {
    assert.throws(() => compileFeel(`matches("a", "${pattern}")`), { code: 'FEEL_SYNTAX' }, pattern)
    assert.equal(compileFeel('matches("a", p)').evaluate({ p: JSON.parse(`"${pattern}"`) }), null, pattern)
  }
  assert.throws(() => compileFeel('matches("a", "a", "z")'), { code: 'FEEL_SYNTAX' })
  assert.equal(compileFeel('matches("b", p)').evaluate({ p: '((?:){9999}){900}b' }), null)
})

test('FEEL string, number, list and context functions of the standard', () => check([
  ['"\\U01F600"', '😀'], ['"\\u4e2d"', '中'], ['string length("\\U01F600")', 1], ['round up(5.5, 0)', 6], ['round up(-5.5, 0)', -6], ['round down(-5.5, 0)', -5], ['round half down(5.5, 0)', 5], ['round half up(-5.5, 0)', -6], ['round up(1.121, 2)', 1.13],
  ['log(10) > 2.30258 and log(10) < 2.30259', true], ['exp(0)', 1], ['log(0)', null], ['product([2, 3, 4])', 24], ['stddev(2, 4, 7, 5)', 2.08166599946613], ['stddev([1])', null], ['mode([6, 1, 9, 6, 1])', [1, 6]], ['mode([])', []], ['number("1,000.5", ",", ".")', 1000.5],
  ['sort([3, 1, 2])', [1, 2, 3]], ['sort([3, 1, 2], function(x, y) x > y)', [3, 2, 1]], ['sort([1, "a"])', null], ['sort(orders, function(a, b) a.id > b.id).id', [2, 1]], ['insert before([1, 3], 2, 2)', [1, 2, 3]], ['insert before([1], 5, 2)', null], ['remove([1, 2, 3], -1)', [1, 2]],
  ['list replace([2, 4, 7], 3, 6)', [2, 4, 6]], ['list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)', [5, 5, 7, 8]], ['union([1, 2], [2, 3])', [1, 2, 3]], ['string join(["a", null, "c"])', 'ac'], ['is(1, 1)', true], ['is(1, "1")', false], ['is(null, null)', true],
  ['context([{key: "a", value: 1}, {key: "b", value: 2}])', { a: 1, b: 2 }], ['context([{key: "a", value: 1}, {key: "a", value: 2}])', null], ['context put({x: 1}, "y", 2)', { x: 1, y: 2 }], ['context put({x: {y: 1}}, ["x", "y"], 3)', { x: { y: 3 } }],
  ['context merge([{x: 1, y: 0}, {y: 2}])', { x: 1, y: 2 }], ['get entries({a: 1})', [{ key: 'a', value: 1 }]], ['get value({a: {b: 2}}, ["a", "b"])', 2], ['{a: 1, b: a + 1, c: a + b}.c', 3], ['context put({}, "__proto__", 1).toString', null],
  ['count(get entries(context put({}, "__proto__", {a: 1})))', 1], ['sublist([1, 2, 3], -2)', [2, 3]], ['mean([1, "a"])', null],
]))

test('FEEL unary tests take questions, ranges of dates, lists and negations', () => {
  const cases: [string, unknown, boolean | null][] = [
    ['金额 > 10', 'x', true], ['金额 > 100', 'x', false], ['? > 3 and ? < 9', 5, true], ['not(contains(?, "a"))', 'bcd', true], ['not(contains(?, "a")) or ? = "a"', 'a', true], ['> 10, < 2', 1, true], ['["a", "b"], "c"', 'b', true],
    ['in_list', 'b', true], ['not(in_list)', 'b', false], ['some x in ? satisfies x > 3', [1, 5], true], ['count(?) > 1', [1, 5], true], ['null', 3, false], ['not(null)', 3, true], ['true', true, true], ['[1..5], 9', 9, true], ['not(null)', null, false],
    ['starts with(?, "HZ")', 'HZ01', true], ['= 3', 3, true], ['!= 3', 4, true], ['金额 > 10', true, true], ['金额 > 10', false, false], ['-3', -3, true], ['- ', 'any', true],
  ]
  for (const [text, input, expected] of cases) assert.equal(compileUnaryTest(text).evaluate(input, { 金额: 12, in_list: ['a', 'b'] }), expected, text)
  assert.equal(compileUnaryTest('< @"2026-01-01"').evaluate(new Date('2025-01-01T00:00:00Z')), null)
})

test('FEEL functions of the tenant cannot run off the stack or past the budget', () => {
  const deep = ['{f: function(self, n) if n = 0 then 0 else 1 + self(self, n - 1), r: f(f, 100000)}.r', '{f: function(self) self(self), r: f(f)}.r']
  const wide = ['{f: function(self, n) if n = 0 then 0 else self(self, n - 1) + self(self, n - 1), r: f(f, 60)}.r', 'sort(for i in 1..5000 return i, function(a, b) count(for x in 1..1000 return x) > 0)', 'for i in 1..90000 return partial', 'matches(string join(for i in 1..9000 return "aaaaaaaaa"), "(a?){200}b")']
  for (const text of [...deep, ...wide]) assert.throws(() => compileFeel(text).evaluate({}), { code: 'FEEL_TOO_COMPLEX' }, text)
  assert.equal(compileFeel('{f: function(self, n) if n = 0 then 0 else 1 + self(self, n - 1), r: f(f, 100)}.r').evaluate({}), 100)
  const long = { t: 'x'.repeat(90_000), z: '2026-07-01T12:00:00@Europe/Paris' }
  const heavy = ['string(for a in 1..90000 return t)', 'string(for a in 1..90000 return context put({}, t, 1))', 'for i in 1..90000 return date and time(z)', 'for i in 1..90000 return matches("a", "[abc]{900}" + string(i))']
  for (const text of heavy) assert.throws(() => compileFeel(text).evaluate(long), { code: 'FEEL_TOO_COMPLEX' }, text)
  assert.throws(() => compileFeel(`for i in 1..90000 return ${'i + '.repeat(900)}1`).evaluate({}), { code: 'FEEL_TOO_COMPLEX' })
  const meter = { steps: 0 }
  compileUnaryTest('count(for x in 1..1000 return x) > ?').evaluate(1, {}, meter)
  assert.ok(meter.steps > 1000, String(meter.steps))
})
