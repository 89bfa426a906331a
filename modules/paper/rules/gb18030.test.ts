import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeGb18030 } from './gb18030.ts'

test('known codes: ASCII one byte, common characters two, rare ones four', () => {
  assert.equal(encodeGb18030('A1~').toString('hex'), '41317e')
  assert.equal(encodeGb18030('取机凭证').toString('hex'), 'c8a1bbfac6bed6a4')
  assert.equal(encodeGb18030('￥320.00').toString('hex'), 'a3a43332302e3030')
  assert.equal(encodeGb18030('\u0080').toString('hex'), '81308130')
  assert.equal(encodeGb18030('𠮷').toString('hex'), '9534b235')
  assert.equal(new TextDecoder('gb18030').decode(encodeGb18030('𠮷野家')), '𠮷野家')
})

test('every assigned character of the basic plane comes back as it was; a lone surrogate becomes a question mark', () => {
  const decoder = new TextDecoder('gb18030')
  let wrong = 0
  for (let from = 0; from < 0x10000; from += 0x400) {
    if (from >= 0xd800 && from < 0xe000) continue
    const text = Array.from({ length: 0x400 }, (_, i) => String.fromCharCode(from + i)).join('')
    const back = new TextDecoder('gb18030', { ignoreBOM: true }).decode(encodeGb18030(text))
    for (let i = 0; i < 0x400; i++) if (back[i] !== text[i] && !/[\p{Co}\uFFFD]/u.test(text[i]!)) wrong++
  }
  assert.equal(wrong, 0)
  assert.equal(decoder.decode(encodeGb18030('a\ud800b')), 'a?b')
})
