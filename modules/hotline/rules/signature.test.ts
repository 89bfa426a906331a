import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, signatureOf } from './signature.ts'

test('CE-06 a message counts only with its own signature, over its own text, within five minutes', () => {
  const now = new Date('2026-11-23T01:00:00Z'), at = String(now.getTime() / 1000), body = '{"a":1}', sign = signatureOf('s', at, body)
  assert.equal(judge('s', at, sign, body, now), 'ok')
  assert.equal(judge('s', at, `sha256=${sign.toUpperCase()}`, body, now), 'ok')
  assert.equal(judge('s', at, sign, '{"a":2}', now), 'signature')
  assert.equal(judge('other', at, sign, body, now), 'signature')
  assert.equal(judge('s', String(Number(at) + 1), sign, body, now), 'signature', 'the time is signed too')
  assert.equal(judge('s', undefined, sign, body, now), 'signature')
  assert.equal(judge('s', at, 'abc', body, now), 'signature')
  assert.equal(judge('s', at, sign, body, new Date(now.getTime() + 5 * 60_000)), 'ok')
  assert.equal(judge('s', at, sign, body, new Date(now.getTime() + 5 * 60_000 + 1)), 'time')
  assert.equal(judge('s', at, sign, body, new Date(now.getTime() - 5 * 60_000 - 1)), 'time')
})
