import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, api, refusal, withQuery } from './api.ts'

function answer(status: number, body: string): () => void {
  const real = globalThis.fetch
  globalThis.fetch = () => Promise.resolve(new Response(status === 204 ? null : body, { status }))
  return () => { globalThis.fetch = real }
}

test('an error of the server keeps its code, its sentence and its details', async () => {
  const restore = answer(409, '{"code":"ACTIVITY_UNFINISHED","message":"本活动尚未完成","details":{"missing":["照片"]}}')
  try {
    await assert.rejects(api.post('/tasks/1/complete'), (error: unknown) => error instanceof ApiError && error.status === 409 && error.code === 'ACTIVITY_UNFINISHED' && (error.details.missing as string[])[0] === '照片')
  } finally { restore() }
})

test('field errors are at hand for the form', () => {
  const error = refusal(400, '{"code":"INVALID","message":"有内容不正确","details":{"fields":[{"field":"phone","code":"PATTERN","message":"不是手机号"}]}}')
  assert.deepEqual(error.fields, [{ field: 'phone', code: 'PATTERN', message: '不是手机号' }])
})

test('an import refusal keeps the report that stands beside the message', () => {
  assert.deepEqual(refusal(422, '{"code":"IMPORT_REFUSED","message":"没有导入","total":3,"errors":[{"line":2}]}').details, { total: 3, errors: [{ line: 2 }] })
})

test('the HTML page of a proxy becomes a plain sentence', () => {
  const error = refusal(502, '<html>Bad Gateway</html>')
  assert.equal(error.code, 'UNREACHABLE')
  assert.match(error.message, /连不上服务器/)
})

test('a lost connection is told in plain words, with status 0', async () => {
  const real = globalThis.fetch
  globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'))
  try {
    await assert.rejects(api.get('/meta'), (error: unknown) => error instanceof ApiError && error.status === 0 && /连不上服务器|网络已断开/.test(error.message))
  } finally { globalThis.fetch = real }
})

test('filters are sent as JSON and empty parameters not at all', () => {
  assert.equal(withQuery('/customers', { filter: { tier: 'gold' }, q: '', after: null, limit: 20 }), '/customers?filter=%7B%22tier%22%3A%22gold%22%7D&limit=20')
})
