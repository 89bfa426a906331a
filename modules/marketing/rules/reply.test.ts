import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wantsOut } from './reply.ts'

test('MK-08 the whole of a reply has to say that somebody wants out', () => {
  for (const text of ['T', 'td', 'ＴＤ', '退订', ' 退订。', '回复TD', '回T', '【退订】', '不要再发了！', 'R', 'stop']) assert.equal(wantsOut(text), true, text)
  for (const text of ['退订了吗？', 'T恤还有吗', '不需要了，谢谢', '好', '回', '订']) assert.equal(wantsOut(text), false, text)
})
