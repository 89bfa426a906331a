import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFeel } from '../feel/index.ts'
import { translateJuel, translateText } from './juel.ts'

const value = (text: string, variables: Record<string, unknown> = {}) => {
  const translated = translateJuel(text)
  assert.ok('feel' in translated, text)
  return compileFeel(translated.feel).evaluate(variables)
}

test('conditions of Camunda 7 mean the same in FEEL', () => {
  const cases: [string, Record<string, unknown>, unknown][] = [
    ['${a > 5}', { a: 6 }, true], ['${a > 5}', {}, null], ['#{approved}', { approved: true }, true], ["${x == 'y'}", { x: 'y' }, true], ['${x != "y"}', { x: 'z' }, true],
    ['${a && !b}', { a: true, b: false }, true], ['${!unset}', {}, true], ['${a || b}', { b: true }, true], ['${a and not b}', { a: true }, true], ['${a ge 3 and a lt 5}', { a: 3 }, true],
    ['${order.total * 2 + 1 >= 7 % 4}', { order: { total: 1 } }, true], ['${empty list}', { list: [] }, true], ['${empty name}', { name: 'x' }, false], ['${empty gone}', {}, true],
    ['${a > 1 ? b : c}', { a: 2, b: 'yes' }, 'yes'], ["${tags.contains('a')}", { tags: ['a'] }, true], ["${tags.contains('a')}", { tags: 'cat' }, true], ["${execution.getVariable('n') == 2}", { n: 2 }, true],
    ["${variables:equals(x, 'y')}", { x: 'y' }, true], ['${vars:getOrDefault(n, 7) > 5}', {}, true], ['${var:notEmpty(x)}', { x: 'a' }, true], ["${variables:containsAny(tags, 'a', 'b')}", { tags: ['b'] }, true], ['${variables:exists(x)}', {}, false], ["${var:gt('n', 10)}", { n: 11 }, true],
    ["${a[1] == 'y'}", { a: ['x', 'y'] }, true], ["${m['k'] > 1}", { m: { k: 2 } }, true], ["${m.get('k') == 2 && l.get(0) == 3}", { m: { k: 2 }, l: [3] }, true], ["${m.containsKey('x')}", { m: {} }, false], ["${execution.hasVariable('n')}", { n: 1 }, true],
    ["${s.toLowerCase() == 'ab'}", { s: 'AB' }, true], ["${s.equalsIgnoreCase('ab')}", { s: 'aB' }, true], ['${s.substring(1, 3)}', { s: 'abcd' }, 'bc'], ['${s.substring(2)}', { s: 'abcd' }, 'cd'],
    ['${-a < 0}', { a: 1 }, true], ['${list.size() == 2}', { list: [1, 2] }, true], ["${'it''s' == 1}".replace("''", "\\'"), {}, null],
  ]
  for (const [text, variables, expected] of cases) assert.equal(value(text, variables), expected, text)
})

test('what has no harmless counterpart is refused with a sentence', () => {
  for (const text of ['${bean.run()}', '${now()}', '${a[b]}', '${a} and ${b}', 'x ${a}', '${a = 1}', '${fn:length(a)}', '${variables:base64(a)}', '${variables:equals(a.b, 1)}', '${variables:equals(a)}', '${task.assignee}', '${}', '${a +}', "${''.class.forName('x')}", `\${${'('.repeat(200)}a${')'.repeat(200)}}`, `\${${'!'.repeat(500)}a}`]) {
    const translated = translateJuel(text)
    assert.ok('reason' in translated, text)
    assert.match(translated.reason, /[\u4e00-\u9fff]/)
  }
})

test('an attribute may be a text with expressions in it, and what is not set is left out', () => {
  const text = (source: string, variables: Record<string, unknown> = {}) => { const t = translateText(source); assert.ok('feel' in t, source); return compileFeel(t.feel).evaluate(variables) }
  assert.equal(text('订单 ${number} 的#{what}', { number: 7, what: '"付款"' }), '订单 7 的"付款"')
  assert.equal(text('${a}-${b}', { a: 'x' }), 'x-')
  assert.equal(text('${a}', { a: 5 }), 5, 'an expression alone keeps its type')
  for (const bad of ['a ${x', 'a ${bean.run()} b', '${a} ${']) assert.ok('reason' in translateText(bad), bad)
})
