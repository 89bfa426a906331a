import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { code128 } from './code128.ts'

/** A reader for the tests: symbol values back to text, by the rules of the standard. */
function readBack(values: number[]): string {
  let set = values[0] === 105 ? 'C' : 'B', text = ''
  for (const v of values.slice(1, -2)) {
    if (set === 'B' && v === 99) set = 'C'
    else if (set === 'C' && v === 100) set = 'B'
    else text += set === 'B' ? String.fromCharCode(v + 32) : String(v).padStart(2, '0')
  }
  return text
}

test('the worked example PJJ123C has the check symbol 55 (start B)', () => {
  assert.deepEqual(code128('PJJ123C').values, [104, 48, 42, 42, 17, 18, 19, 35, 55, 106])
})

test('digits go two to a symbol: a request number takes 200 modules where set B alone would take 244', () => {
  const code = code128('HZ01-20261123-0001')
  assert.deepEqual(code.chunks, [{ set: 'B', text: 'HZ01-' }, { set: 'C', text: '20261123' }, { set: 'B', text: '-' }, { set: 'C', text: '0001' }])
  assert.equal(code.modules, 200)
  assert.deepEqual(code128('12345678').values.slice(0, 5), [105, 12, 34, 56, 78])
})

test('every symbol has eleven modules and the stop thirteen, bars and spaces of one to four', () => {
  const all = code128(Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join(''))
  assert.equal(all.modules, (all.values.length - 1) * 11 + 13)
  assert.ok(all.bars.every(b => b >= 1 && b <= 4))
  assert.equal(all.bars.length, (all.values.length - 1) * 6 + 7)
})

test('any printable text reads back, with the right check symbol', () => {
  fc.assert(fc.property(fc.stringMatching(/^[\x20-\x7e]{1,40}$/), text => {
    const { values } = code128(text)
    assert.equal(readBack(values), text)
    const sum = values.slice(0, -2).reduce((s, v, i) => s + (i === 0 ? v : v * i), 0)
    assert.equal(values.at(-2), sum % 103)
  }))
})

test('what is no printable ASCII is refused, and so is nothing at all', () => {
  for (const text of ['凭证', '', 'a\u001b']) assert.throws(() => code128(text))
})
