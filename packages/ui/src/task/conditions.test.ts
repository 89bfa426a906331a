import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hiddenFields, holdsWith } from './conditions.ts'

const field = (name: string, visibleWhen?: string, type = 'text', hidden?: boolean) => ({ name, type: type as 'text', ...(visibleWhen ? { visibleWhen } : {}), ...(hidden ? { hidden } : {}) })
/** `name=value` of one scope, `!` for a condition that cannot be worked out. */
const holds = (condition: string, scope: Record<string, unknown>): boolean => { const [name, value] = condition.split('='); return String(scope[name!] ?? '') === value }
const hidden = (fields: Parameters<typeof hiddenFields>[0], scope: Record<string, unknown>, values: Record<string, unknown>) => [...hiddenFields(fields, scope, values, holds)]

test('what is typed shows and hides fields at once, amounts as numbers', () => {
  const fields = [field('kind'), field('reason', 'kind=丙'), field('price', undefined, 'money'), field('big', 'price=1000')]
  assert.deepEqual(hidden(fields, {}, {}), ['reason', 'big'])
  assert.deepEqual(hidden(fields, { kind: '丙' }, {}), ['big'])
  assert.deepEqual(hidden(fields, { kind: '丙' }, { kind: '甲', price: '1000.00' }), ['reason'])
})

test('what was typed into a field that has gone counts for nothing, and what depended on it goes too', () => {
  const fields = [field('a'), field('b', 'a=1'), field('c', 'b=2')]
  assert.deepEqual(hidden(fields, {}, { a: '1', b: '2', c: 'x' }), [])
  assert.deepEqual(hidden(fields, {}, { a: '0', b: '2', c: 'x' }), ['b', 'c'])
})

test('conditions that bite their own tail end, and what only the server can tell stands as it said', () => {
  assert.ok(hidden([field('a', 'b='), field('b', 'a=')], {}, { a: '1', b: '1' }).length <= 2)
  assert.deepEqual(hidden([field('secret', undefined, 'text', true)], {}, {}), ['secret'])
})

test('a condition that cannot be read hides, one that is too much to work out does not', () => {
  const language = { compileFeel: (text: string) => { if (text === 'bad') throw new Error('syntax'); return { evaluate: () => { if (text === 'huge') throw new Error('too complex'); return text === 'yes' } } } }
  const told = holdsWith(language)
  assert.deepEqual(['yes', 'no', 'bad', 'huge'].map(text => told(text, {})), [true, false, false, true])
})
