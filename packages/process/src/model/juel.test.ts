import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFeel } from '../feel/index.ts'
import { translateJuel } from './juel.ts'

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
    ['${-a < 0}', { a: 1 }, true], ['${list.size() == 2}', { list: [1, 2] }, true], ["${'it''s' == 1}".replace("''", "\\'"), {}, null],
  ]
  for (const [text, variables, expected] of cases) assert.equal(value(text, variables), expected, text)
})

test('what has no harmless counterpart is refused with a sentence', () => {
  for (const text of ['${bean.run()}', '${now()}', '${a[0]}', '${a} and ${b}', 'x ${a}', '${a = 1}', '${fn:length(a)}', '${variables:base64(a)}', '${variables:equals(a.b, 1)}', '${variables:equals(a)}', '${task.assignee}', '${}', '${a +}', "${''.class.forName('x')}", `\${${'('.repeat(200)}a${')'.repeat(200)}}`, `\${${'!'.repeat(500)}a}`]) {
    const translated = translateJuel(text)
    assert.ok('reason' in translated, text)
    assert.match(translated.reason, /[\u4e00-\u9fff]/)
  }
})
