import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clean, paragraphs } from './clean.ts'
import { widthOf, wrap } from './wrap.ts'

test('Chinese characters count two columns, letters and digits one', () => {
  assert.deepEqual(['取机A1', '￥320', '𠮷', '…'].map(widthOf), [6, 5, 2, 2])
})

test('no line is wider than the paper and nothing is lost', () => {
  for (const columns of [10, 16, 32, 48]) {
    for (const text of ['客户说开机三分钟后自动关机，屏幕先闪两下；插上电源也一样。', 'ThinkPad X1 Carbon Gen 12 主板短路', 'x'.repeat(100), '中'.repeat(77)]) {
      const lines = wrap(text, columns)
      for (const line of lines) assert.ok(widthOf(line) <= columns, `${columns}: ${line}`)
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''))
    }
  }
})

test('a closing mark never begins a line, a word is not broken where it fits', () => {
  assert.deepEqual(wrap('屏幕先闪两下，然后', 12), ['屏幕先闪两', '下，然后'])
  assert.deepEqual(wrap('型号 ThinkPad X1', 10), ['型号', 'ThinkPad', 'X1'])
  assert.deepEqual(wrap('   ', 10), [])
})

test('what somebody typed cannot command the printer: ESC, GS, NUL, bidi marks and pictures are dropped', () => {
  assert.equal(clean('张\u001b@\u001dV\u0000三\u202e\u200b😀'), '张@V三')
  assert.equal(clean('一\r\n二\t三'), '一 二 三')
  assert.equal(clean('保修© ™ 王\u{20BB7}'), '保修© ™ 王\u{20BB7}')
  assert.deepEqual(paragraphs('一、三十天内取机\n\n二、配件\u001b不退\r\n'), ['一、三十天内取机', '二、配件不退'])
})
