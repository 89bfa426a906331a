import assert from 'node:assert/strict'
import { test } from 'node:test'
import { piecesOf } from './mentions.ts'

test('KB-05 who is called by name is found in the text, the longer of two names first', () => {
  assert.deepEqual(piecesOf('请 @李接班 和@李接看', ['李接', '李接班']).filter(p => p.named).map(p => p.text), ['@李接班', '@李接'])
  assert.deepEqual(piecesOf('没有 @王检', ['李接']), [{ text: '没有 @王检', named: false }])
  assert.deepEqual(piecesOf('(@a.b)', ['a.b']).filter(p => p.named).length, 1, 'a name is no pattern')
})
